import { squaredDistance } from './rowMajor.ts'

/**
 * Writes the nearest centroid of each row, the first of equally near ones, and returns the sum of squared distances
 * (compensated, so that the order of rows moves no more than the last digit).
 */
export function nearestCentroidInto(
  points: Float64Array, //    in   n × stride, row-major, padded
  centroids: Float64Array, // in   k × stride
  k: number,
  stride: number, //          a multiple of 4
  labels: Uint16Array, //     out  n
): number {
  let inertia = 0
  let lost = 0
  for (let i = 0, at = 0; i < labels.length; i++, at += stride) {
    let best = 0
    let least = squaredDistance(points, at, centroids, 0, stride)
    for (let c = 1, atC = stride; c < k; c++, atC += stride) {
      const distance = squaredDistance(points, at, centroids, atC, stride)
      if (distance < least) {
        least = distance
        best = c
      }
    }
    labels[i] = best
    const sum = inertia + least
    lost += inertia >= least ? inertia - sum + least : least - sum + inertia
    inertia = sum
  }
  return inertia + lost
}

/** First assignment of Hamerly's algorithm: nearest centroids, sums of their rows, and the distances to two nearest. */
export function startBoundsInto(
  points: Float64Array, //    in   n × stride, row-major, padded
  centroids: Float64Array, // in   k × stride
  k: number,
  stride: number, //          a multiple of 4
  labels: Uint16Array, //     out  n
  upper: Float64Array, //     out  n: distance to the nearest centroid
  lower: Float64Array, //     out  n: distance to the second nearest
  sums: Float64Array, //      out  k × stride
  counts: Float64Array, //    out  k
): void {
  sums.fill(0)
  counts.fill(0)
  for (let i = 0, at = 0; i < labels.length; i++, at += stride) {
    let best = 0
    let least = Number.POSITIVE_INFINITY
    let second = Number.POSITIVE_INFINITY
    for (let c = 0, atC = 0; c < k; c++, atC += stride) {
      const distance = squaredDistance(points, at, centroids, atC, stride)
      if (distance < least) {
        second = least
        least = distance
        best = c
      } else if (distance < second) second = distance
    }
    labels[i] = best
    upper[i] = Math.sqrt(least)
    lower[i] = Math.sqrt(second)
    counts[best]!++
    const atBest = best * stride
    for (let j = 0; j < stride; j++) sums[atBest + j]! += points[at + j]!
  }
}

/**
 * One assignment of Hamerly's algorithm. A row whose upper bound on the distance to its own centroid does not exceed
 * its lower bound on the distance to any other cannot change, and is left without a single distance. Rows that are
 * equally near to two centroids stay, so each change lowers the objective and the iteration must end.
 *
 * Returns the number of rows that changed; their sums and counts are moved along.
 *
 * @see Hamerly (2010), "Making k-means even faster", SDM, algorithm 1
 */
export function reassignInto(
  points: Float64Array, //     in      n × stride, row-major, padded
  centroids: Float64Array, //  in      k × stride
  k: number,
  stride: number, //           a multiple of 4
  moved: Float64Array, //      in      k: how far each centroid has moved since the last assignment
  halfGaps: Float64Array, //   in      k: half the distance to the nearest other centroid
  labels: Uint16Array, //      in/out  n
  upper: Float64Array, //      in/out  n
  lower: Float64Array, //      in/out  n
  sums: Float64Array, //       in/out  k × stride
  counts: Float64Array, //     in/out  k
): number {
  // The lower bound of a row falls by the furthest move of any *other* centroid.
  let furthest = 0
  let farthestMove = 0
  let nextMove = 0
  for (let c = 0; c < k; c++) {
    const move = moved[c]!
    if (move > farthestMove) {
      nextMove = farthestMove
      farthestMove = move
      furthest = c
    } else if (move > nextMove) nextMove = move
  }
  let changes = 0
  for (let i = 0; i < labels.length; i++) {
    const own = labels[i]!
    let above = upper[i]! + moved[own]!
    const below = lower[i]! - (own === furthest ? nextMove : farthestMove)
    lower[i] = below
    upper[i] = above
    const bound = Math.max(below, halfGaps[own]!)
    if (above <= bound) continue
    const at = i * stride
    let least = squaredDistance(points, at, centroids, own * stride, stride)
    above = Math.sqrt(least)
    upper[i] = above
    if (above <= bound) continue
    let best = own
    let second = Number.POSITIVE_INFINITY
    for (let c = 0, atC = 0; c < k; c++, atC += stride) {
      if (c === own) continue
      const distance = squaredDistance(points, at, centroids, atC, stride)
      if (distance < least) {
        second = least
        least = distance
        best = c
      } else if (distance < second) second = distance
    }
    lower[i] = Math.sqrt(second)
    if (best === own) continue
    upper[i] = Math.sqrt(least)
    labels[i] = best
    changes++
    counts[own]!--
    counts[best]!++
    const atOwn = own * stride
    const atBest = best * stride
    for (let j = 0; j < stride; j++) {
      const x = points[at + j]!
      sums[atOwn + j]! -= x
      sums[atBest + j]! += x
    }
  }
  return changes
}

/** Writes half the distance of each centroid to its nearest other: closer than that, a row can be no other's. */
export function halfGapsInto(
  centroids: Float64Array, // in   k × stride
  k: number,
  stride: number, //          a multiple of 4
  halfGaps: Float64Array, //  out  k
): void {
  for (let c = 0; c < k; c++) {
    let least = Number.POSITIVE_INFINITY
    for (let o = 0; o < k; o++) {
      if (o !== c) least = Math.min(least, squaredDistance(centroids, c * stride, centroids, o * stride, stride))
    }
    halfGaps[c] = Math.sqrt(least) / 2
  }
}

/** Writes the sum of the rows of each cluster. */
export function sumRowsInto(
  points: Float64Array, //  in   n × stride, row-major, padded
  stride: number,
  labels: Uint16Array, //   in   n
  sums: Float64Array, //    out  k × stride
): void {
  sums.fill(0)
  for (let i = 0, at = 0; i < labels.length; i++, at += stride) {
    const atOwn = labels[i]! * stride
    for (let j = 0; j < stride; j++) sums[atOwn + j]! += points[at + j]!
  }
}

/** Sum of squared distances of the rows to the centroids of their own clusters. */
export function inertiaOf(
  points: Float64Array, //    in   n × stride, row-major, padded
  centroids: Float64Array, // in   k × stride
  stride: number, //          a multiple of 4
  labels: Uint16Array, //     in   n
): number {
  let inertia = 0
  for (let i = 0, at = 0; i < labels.length; i++, at += stride) {
    inertia += squaredDistance(points, at, centroids, labels[i]! * stride, stride)
  }
  return inertia
}
