import { compensatedSum } from '../../math/compensatedSum.ts'
import { type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { diagnose, type FittedDiagnostics } from '../fitDiagnostics.ts'
import { type PurchaseHistories, thinned } from '../purchaseHistories.ts'
import { bgNbdEdge, isAtBgNbdEdge } from './bgNbdEdges.ts'
import { bgNbdObjective } from './bgNbdLikelihood.ts'
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

/** From here on, a sixteenth of the histories finds the neighbourhood of the optimum first. */
const MANY = 20_000
const STRIDE = 16

/** The best θ = (ln r, ln α, ln a, ln b), sought from a point nearby where one is known. */
export function minimizeBgVariant(
  histories: PurchaseHistories,
  variant: BgVariant,
  known?: readonly number[],
): Minimum {
  const isAtEdge = isAtBgNbdEdge
  const start = startingPoint(histories, variant)
  const near = known ?? (histories.count < MANY ? start : roughly(histories, variant, start))
  // A sixteenth may lie at an edge where the whole does not: then it says nothing.
  const from = isAtEdge(near) ? start : near
  return minimizeNewton(bgNbdObjective(histories, variant), from, { isAtEdge })
}

function roughly(histories: PurchaseHistories, variant: BgVariant, start: readonly number[]): readonly number[] {
  const sample = bgNbdObjective(thinned(histories, STRIDE), variant)
  return minimizeNewton(sample, start, { tolerance: 1e-3, isAtEdge: isAtBgNbdEdge }).point
}

/** Rates with a coefficient of variation of √2 about the observed mean, and one purchase in four the last. */
export function startingPoint({ repeats, weights, times, timeAtEnd }: PurchaseHistories, { k }: BgVariant): number[] {
  let phases = 0
  let exposure = 0
  for (let i = 0; i < repeats.length; i++) {
    phases += weights[i]! * k * repeats[i]!
    exposure += weights[i]! * times[timeAtEnd[i]!]!
  }
  return [0.5, (0.5 * exposure) / phases, 0.5, 1.5].map(Math.log)
}
