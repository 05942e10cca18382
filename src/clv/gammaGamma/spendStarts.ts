import type { Expansion } from '../../math/minimizeNewton.ts'
import { startBesideEdge } from '../bestMinimum.ts'
import { type SpendAxes, thetaAt } from './spendAxes.ts'
import type { SpendHistories } from './spendHistories.ts'

/** What a few customers say of where to search. */
export interface SpendStart {
  readonly axes: SpendAxes
  /** p, q and μ that give the means about the spread that they have, half of it among the customers. */
  readonly point: readonly number[]
}

/** Where to begin, by moments of the logarithms of the means. Linear, so best asked of a sample. */
export function spendStart({ repeats, starts, means, weights }: SpendHistories): SpendStart {
  const x = new Float64Array(means.length)
  repeats.forEach((count, group) => {
    x.fill(count, starts[group], starts[group + 1])
  })
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const mean = (of: (i: number) => number): number => weights.reduce((sum, weight, i) => sum + weight * of(i), 0) / all
  // By how much means exceed one of them is exact where they hardly differ; their logarithms would be rounded.
  const first = means[0]!
  const logs = means.map((value) => Math.log1p((value - first) / first))
  const middle = mean((i) => logs[i]!)
  const variance = mean((i) => (logs[i]! - middle) ** 2)
  const shape = shapeOfSpread(variance / 2)
  const typical = 1 / mean((i) => 1 / x[i]!)
  const centre = first * Math.exp(middle)
  return {
    axes: { centre, unit: Math.min(1, Math.sqrt(variance)) },
    point: [Math.log(shape / typical), Math.log(shape), 0],
  }
}

/** Where ψ′, the variance of the logarithm of a gamma variable, is about this large: by 1/z + 1/z², too large by a little. */
function shapeOfSpread(variance: number): number {
  return (1 + Math.sqrt(1 + 4 * variance)) / (2 * variance)
}

/** The usual start of a fit in θ = (ln p, ln q, ln v). */
export function gammaGammaStart(histories: SpendHistories): number[] {
  const { axes, point } = spendStart(histories)
  return thetaAt(point, axes)
}

/** How far from the usual start others lie on the way to an edge, in powers of e. */
const BESIDE = 7

/** The usual start, and ones beside the limits of one spend distribution for all customers, and of one amount for each. */
export function startsWithin(objective: (point: readonly number[]) => Expansion, usual: readonly number[]): number[][] {
  const beside = (i: number): number[] => {
    const start = usual.map((value, j) => (j === i ? value + BESIDE : value))
    return startBesideEdge(objective, start, i)
  }
  return [[...usual], beside(1), beside(0)]
}

/** How far beyond an edge a search may begin so that it cannot leave it. */
const BEYOND = 60

/**
 * Starts at those limits, of what is best there: where the data hardly tell how near, as where all customers have as many
 * repeats and means that hardly differ, no search from within arrives.
 */
export function startsAtEdges([, besideQ, besideP]: readonly (readonly number[])[]): number[][] {
  const [lnP, , shift] = besideQ as [number, number, number]
  const [, lnQ, otherShift] = besideP as [number, number, number]
  return [
    [lnP, Math.max(lnP, 0) + BEYOND, shift],
    [Math.max(lnQ, 0) + BEYOND, lnQ, otherShift],
  ]
}
