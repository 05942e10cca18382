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
export function spendStart(histories: SpendHistories): SpendStart {
  const { centre, variance, typical } = logMoments(histories)
  const shape = shapeOfSpread(variance / 2)
  return {
    axes: { centre, unit: Math.min(1, Math.sqrt(variance)) },
    point: [Math.log(shape / typical), Math.log(shape), 0],
  }
}

/** The geometric mean of m, the variance of ln m, and the harmonic mean of x. */
function logMoments({ repeats, starts, means, weights }: SpendHistories): {
  centre: number
  variance: number
  typical: number
} {
  const first = means[0]!
  let [customers, inverses, sum, squares] = [0, 0, 0, 0]
  for (let group = 0; group < repeats.length; group++) {
    for (let i = starts[group]!; i < starts[group + 1]!; i++) {
      const weight = weights === undefined ? 1 : weights[i]!
      const ratio = means[i]! / first
      // Where means hardly differ, their distance is exact, and their ratio would be rounded.
      const apart = ratio > 0.5 && ratio < 2 ? Math.log1p((means[i]! - first) / first) : Math.log(ratio)
      customers += weight
      inverses += weight / repeats[group]!
      sum += weight * apart
      squares += weight * apart * apart
    }
  }
  const middle = sum / customers
  return {
    centre: first * Math.exp(middle),
    variance: Math.max(0, squares / customers - middle * middle),
    typical: customers / inverses,
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
