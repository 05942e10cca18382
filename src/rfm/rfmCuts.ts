import { between } from '../kernels/quickselect.ts'
import { orderStatistics } from './orderStatistics.ts'

/**
 * The `bins - 1` type-7 quantiles that divide `values` into equal parts, `values` untouched. A row of weight w counts
 * as w customers. Private to this folder: the caller has checked that there are rows and that all are finite.
 */
export function cutPoints(values: Float64Array | Uint32Array, weights: Float64Array, bins: number): Float64Array {
  return areOne(weights) ? plainCuts(values, bins) : weightedCuts(values, weights, bins)
}

function areOne(weights: Float64Array): boolean {
  for (let row = 0; row < weights.length; row++) if (weights[row] !== 1) return false
  return true
}

function plainCuts(values: Float64Array | Uint32Array, bins: number): Float64Array {
  const last = values.length - 1
  // The position last · part / bins as a whole and a remainder of integers: nothing is rounded.
  const shares = Float64Array.from({ length: bins - 1 }, (_, i) => ((last * (i + 1)) % bins) / bins)
  const ranks = new Uint32Array(2 * shares.length)
  shares.forEach((share, i) => {
    const rank = Math.floor((last * (i + 1)) / bins)
    ranks[2 * i] = rank
    ranks[2 * i + 1] = share > 0 ? rank + 1 : rank
  })
  const found = orderStatistics(values, ranks)
  return shares.map((share, i) => between(found[2 * i]!, found[2 * i + 1]!, share))
}

/** Quantiles of the rows as if each stood there `weight` times: where the running weight passes a position. */
function weightedCuts(values: Float64Array | Uint32Array, weights: Float64Array, bins: number): Float64Array {
  const cuts = new Float64Array(bins - 1)
  const order = Uint32Array.from(values, (_, row) => row).sort((a, b) => values[a]! - values[b]!)
  let last = -1
  for (const weight of weights) last += weight
  let at = 0
  let upTo = weights[order[0]!]!
  /** The order statistic at a whole position counted from 0; positions must not fall from call to call. */
  const statistic = (position: number): number => {
    while (upTo <= position && at < order.length - 1) upTo += weights[order[++at]!]!
    return values[order[at]!]!
  }
  for (let i = 0; i < cuts.length; i++) {
    const position = Math.max(0, last * (i + 1))
    const rank = Math.floor(position / bins)
    // A remainder of whole numbers, for whole weights: nothing is rounded, as without weights.
    const share = (position % bins) / bins
    const low = statistic(rank)
    const [keptAt, keptUpTo] = [at, upTo]
    cuts[i] = share > 0 ? between(low, statistic(rank + 1), share) : low
    at = keptAt
    upTo = keptUpTo
  }
  return cuts
}
