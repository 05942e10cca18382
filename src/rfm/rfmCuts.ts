import { between, quantileCutsInto } from '../kernels/quickselect.ts'

/**
 * The `bins - 1` type-7 quantiles that divide `values` into equal parts, `values` untouched. A row of weight w counts
 * as w customers. Private to this folder: the caller has checked that there are rows and that all are finite.
 */
export function cutPoints(values: ArrayLike<number>, weights: Float64Array, bins: number): Float64Array {
  const scratch = Float64Array.from(values)
  const cuts = new Float64Array(bins - 1)
  if (weights.every((weight) => weight === 1)) quantileCutsInto(scratch, cuts)
  else weightedCutsInto(scratch, weights, cuts)
  return cuts
}

/** Quantiles of the rows as if each stood there `weight` times: where the running weight passes a position. */
function weightedCutsInto(values: Float64Array, weights: Float64Array, cuts: Float64Array): void {
  const order = Uint32Array.from(values, (_, row) => row).sort((a, b) => values[a]! - values[b]!)
  const parts = cuts.length + 1
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
    const rank = Math.floor(position / parts)
    // A remainder of whole numbers, for whole weights: nothing is rounded, as without weights.
    const share = (position % parts) / parts
    const low = statistic(rank)
    const [keptAt, keptUpTo] = [at, upTo]
    cuts[i] = share > 0 ? between(low, statistic(rank + 1), share) : low
    at = keptAt
    upTo = keptUpTo
  }
}
