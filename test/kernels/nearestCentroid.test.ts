import { describe, expect, test } from 'vitest'
import { exchangeRowsInto } from '../../src/kernels/exchangeRows.ts'
import {
  halfGapsInto,
  inertiaOf,
  nearestCentroidInto,
  reassignInto,
  startBoundsInto,
} from '../../src/kernels/nearestCentroid.ts'
import { gatherRowsInto, paddedStride, squaredDistance } from '../../src/kernels/rowMajor.ts'

const N = 700
const K = 5

/** Points without chance: fractional parts of multiples of square roots of primes. */
function pointsOf(dimensions: number): Float64Array {
  const stride = paddedStride(dimensions)
  const columns = Float64Array.from(
    { length: N * dimensions },
    (_, at) => ((at % N) * Math.sqrt([2, 3, 5, 7, 11][Math.floor(at / N)]!)) % 1,
  )
  const points = new Float64Array(N * stride)
  gatherRowsInto(
    columns,
    N,
    dimensions,
    Uint32Array.from({ length: N }, (_, row) => row),
    stride,
    points,
  )
  return points
}

describe.each([1, 2, 4, 5])('%i dimensions', (dimensions) => {
  const stride = paddedStride(dimensions)
  const points = pointsOf(dimensions)
  const distance = (row: number, centroids: Float64Array, c: number): number =>
    squaredDistance(points, row * stride, centroids, c * stride, stride)

  test('padding leaves distances as they are', () => {
    let sum = 0
    for (let j = 0; j < dimensions; j++) sum += (points[j]! - points[stride + j]!) ** 2
    // 1e-15: four partial sums are added in another order.
    expect(Math.abs(squaredDistance(points, 0, points, stride, stride) - sum)).toBeLessThan(1e-15)
  })

  test('bounds never hide a nearer centroid, while centroids wander', () => {
    const centroids = points.slice(0, K * stride)
    const labels = new Uint16Array(N)
    const [upper, lower] = [new Float64Array(N), new Float64Array(N)]
    const [sums, counts, moved, halfGaps] = [
      new Float64Array(K * stride),
      new Float64Array(K),
      new Float64Array(K),
      new Float64Array(K),
    ]
    startBoundsInto(points, centroids, K, stride, labels, upper, lower, sums, counts)
    for (let step = 1; step <= 30; step++) {
      const before = centroids.slice()
      for (let c = 0; c < K; c++) {
        for (let j = 0; j < dimensions; j++)
          centroids[c * stride + j] =
            points[((step * 13 + c * 97) % N) * stride + j]! * 0.1 + before[c * stride + j]! * 0.9
        moved[c] = Math.sqrt(squaredDistance(centroids, c * stride, before, c * stride, stride))
      }
      halfGapsInto(centroids, K, stride, halfGaps)
      reassignInto(points, centroids, K, stride, moved, halfGaps, labels, upper, lower, sums, counts)
      const nearest = new Uint16Array(N)
      const inertia = nearestCentroidInto(points, centroids, K, stride, nearest)
      labels.forEach((label, row) => {
        expect(distance(row, centroids, label)).toBe(distance(row, centroids, nearest[row]!))
      })
      // 1e-13 relative: one of the sums is compensated.
      expect(Math.abs(inertiaOf(points, centroids, stride, labels) / inertia - 1)).toBeLessThan(1e-13)
    }
    for (let c = 0; c < K; c++) {
      const own = Array.from(labels.keys()).filter((row) => labels[row] === c)
      expect(counts[c]).toBe(own.length)
      for (let j = 0; j < dimensions; j++) {
        const sum = own.reduce((total, row) => total + points[row * stride + j]!, 0)
        // 1e-11: sums of hundreds of values below 1 that were moved to and fro.
        expect(Math.abs(sums[c * stride + j]! - sum)).toBeLessThan(1e-11)
      }
    }
  })

  test('each exchange lowers the inertia, and bounds stay bounds', () => {
    const centroids = points.slice(0, K * stride)
    const labels = new Uint16Array(N)
    const [upper, lower] = [new Float64Array(N), new Float64Array(N)]
    const [sums, counts, moved] = [new Float64Array(K * stride), new Float64Array(K), new Float64Array(K)]
    startBoundsInto(points, centroids, K, stride, labels, upper, lower, sums, counts)
    for (let c = 0; c < K; c++) {
      for (let j = 0; j < stride; j++) centroids[c * stride + j] = sums[c * stride + j]! / counts[c]!
    }
    // Nothing is known of the new means: 0 makes the first pass look at every row.
    lower.fill(0)
    for (let row = 0; row < N; row++) upper[row] = Math.sqrt(distance(row, centroids, labels[row]!))
    let inertia = inertiaOf(points, centroids, stride, labels)
    let moves = 1
    for (let pass = 0; pass < 200 && moves > 0; pass++) {
      moves = exchangeRowsInto(
        points,
        centroids,
        K,
        stride,
        labels,
        upper,
        lower,
        counts,
        new Float64Array(K * stride),
        moved,
      )
      const next = inertiaOf(points, centroids, stride, labels)
      if (moves > 0) expect(next).toBeLessThan(inertia)
      inertia = next
      for (let row = 0; row < N; row++) {
        // 1e-12: bounds are sums of roots.
        expect(upper[row]).toBeGreaterThan(Math.sqrt(distance(row, centroids, labels[row]!)) - 1e-12)
        for (let c = 0; c < K; c++) {
          if (c !== labels[row]) expect(lower[row]).toBeLessThan(Math.sqrt(distance(row, centroids, c)) + 1e-12)
        }
      }
    }
    expect(moves).toBe(0)
  })
})
