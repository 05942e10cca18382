import { compensatedSum } from '../../math/compensatedSum.ts'
import { type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { bestMinimum, promisingStarts } from '../bestMinimum.ts'
import { diagnose, type FittedDiagnostics } from '../fitDiagnostics.ts'
import { bestWithoutRepeats, hasRepeats, logLongest } from '../noRepeats.ts'
import { type PurchaseHistories, thinned } from '../purchaseHistories.ts'
import { bgNbdEdge, isAtBgNbdEdge, isFarOut } from './bgNbdEdges.ts'
import { bgNbdObjective } from './bgNbdLikelihood.ts'
import { otherStartingPoints, startingPoint } from './bgNbdStarts.ts'
import type { BgVariant } from './bgVariant.ts'

/**
 * Parameters of the BG/NBD family. Customers buy at rates that follow Gamma(`r`, `alpha`), with mean r / alpha a time
 * unit, and leave after purchases with probabilities that follow Beta(`a`, `b`).
 */
export interface BgNbdParams {
  /** Shape of the rates: the smaller, the more customers differ. */
  readonly r: number
  /** Rate parameter of the rates, a time. */
  readonly alpha: number
  /** With `b`, the mean dropout probability a / (a + b). */
  readonly a: number
  /** The larger a + b, the more alike customers are in dropout. */
  readonly b: number
}

/** The likeliest parameters of one member of the family, and how the search went. */
export interface BgNbdFit {
  readonly params: BgNbdParams
  readonly diagnostics: FittedDiagnostics
}

/**
 * Fits one member of the BG/NBD family to histories.
 *
 * @param constant - what the log-likelihood has beside the objective, of data and k alone
 */
export function fitBgVariant(histories: PurchaseHistories, variant: BgVariant, constant = 0): BgNbdFit {
  const minimum = minimizeBgVariant(histories, variant)
  const [r, alpha, a, b] = minimum.point.map(Math.exp) as [number, number, number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : bgNbdEdge(minimum.point, variant)
  const whole = { ...minimum, value: minimum.value - constant }
  return {
    params: { r, alpha, a, b },
    diagnostics: diagnose(whole, ['r', 'alpha', 'a', 'b'], compensatedSum(histories.weights), reducesTo),
  }
}

/** The parameters of the model, as their logarithms stand in θ. */
export const BG_NBD_PARAMETERS: readonly (keyof BgNbdParams)[] = ['r', 'alpha', 'a', 'b']

/** Up to here, histories are searched from every start; beyond, a sample of them says which starts are worth it. */
const FEW = 2000
const SAMPLE = 500
/** From here on, a sixteenth of the histories finds the neighbourhood of the optimum first. */
const MANY = 20_000
const STRIDE = 16
/** A start with so much less log-likelihood of a sample than its best would be in vain. */
const FAR_BELOW = 20

/** The best θ = (ln r, ln α, ln a, ln b), sought from a point nearby where one is known. */
export function minimizeBgVariant(
  histories: PurchaseHistories,
  variant: BgVariant,
  known?: readonly number[],
): Minimum {
  if (!hasRepeats(histories)) return bestWithoutRepeats([logLongest(histories.times), 0, 0])
  const isAtEdge = isAtBgNbdEdge
  const objective = bgNbdObjective(histories, variant)
  if (known !== undefined) {
    return minimizeNewton(objective, isFarOut(known) ? startingPoint(histories, variant) : known, { isAtEdge })
  }
  if (histories.count <= FEW) {
    const starts = [startingPoint(histories, variant), ...otherStartingPoints(histories, variant, objective)]
    return bestMinimum(objective, starts, { isAtEdge })
  }
  const sample = thinned(histories, Math.ceil(histories.count / SAMPLE))
  const few = bgNbdObjective(sample, variant)
  const start = startingPoint(sample, variant)
  const starts = [start, ...otherStartingPoints(sample, variant, few)]
  const { near, better } = promisingStarts(few, starts, { isAtEdge }, FAR_BELOW)
  // A sample may lie at an edge where the whole does not: then it says nothing.
  const usual = isFarOut(near) ? start : near
  const closer = histories.count < MANY ? usual : roughly(thinned(histories, STRIDE), variant, usual)
  return bestMinimum(objective, [isFarOut(closer) ? start : closer, ...better], { isAtEdge })
}

function roughly(sample: PurchaseHistories, variant: BgVariant, start: readonly number[]): readonly number[] {
  return minimizeNewton(bgNbdObjective(sample, variant), start, { tolerance: 1e-2, isAtEdge: isAtBgNbdEdge }).point
}
