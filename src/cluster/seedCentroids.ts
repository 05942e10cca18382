import type { Random } from '../core/random.ts'
import { lowerDistancesInto, rowAtWeight } from '../kernels/plusPlus.ts'
import type { Points } from './points.ts'

/**
 * Chooses `k` rows as first centroids, greedy k-means++: each next one is the best of 2 + ⌊ln k⌋ rows drawn with
 * probability proportional to the squared distance to the centroids so far. The caller has checked that there are
 * `k` different rows.
 *
 * @see Arthur & Vassilvitskii (2007), "k-means++: the advantages of careful seeding", section 2.2 and, for the greedy
 * choice, section 5
 */
export function seedCentroids(points: Points, k: number, random: Random): Float64Array {
  const { rows, stride, values } = points
  const trials = 2 + Math.floor(Math.log(k))
  const centroids = new Float64Array(k * stride)
  let nearest = new Float64Array(rows).fill(Number.POSITIVE_INFINITY)
  let tried = new Float64Array(rows)
  let best = new Float64Array(rows)
  const keep = (c: number, row: number): void => {
    centroids.set(values.subarray(row * stride, (row + 1) * stride), c * stride)
  }
  const first = random.below(rows)
  keep(0, first)
  let potential = lowerDistancesInto(values, stride, first, nearest, nearest)
  for (let c = 1; c < k; c++) {
    let chosen = 0
    let least = Number.POSITIVE_INFINITY
    for (let trial = 0; trial < trials; trial++) {
      const row = rowAtWeight(nearest, random.unit() * potential)
      const left = lowerDistancesInto(values, stride, row, nearest, tried)
      if (left >= least) continue
      least = left
      chosen = row
      ;[best, tried] = [tried, best]
    }
    keep(c, chosen)
    potential = least
    ;[nearest, best] = [best, nearest]
  }
  return centroids
}
