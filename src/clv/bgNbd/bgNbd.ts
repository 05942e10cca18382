import { checkPositive } from '../../core/checks.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { diagnose, type FitDiagnostics } from '../fitDiagnostics.ts'
import { type PurchaseHistories, purchaseHistories, thinned } from '../purchaseHistories.ts'
import { bgNbdEdge, isAtBgNbdEdge } from './bgNbdEdges.ts'
import { bgNbdObjective } from './bgNbdLikelihood.ts'

/**
 * Parameters of the BG/NBD model. Customers buy at rates that follow Gamma(`r`, `alpha`), with mean r / alpha a time
 * unit, and leave after each repeat purchase with probabilities that follow Beta(`a`, `b`).
 */
export interface BgNbdParams {
  readonly r: number
  readonly alpha: number
  readonly a: number
  readonly b: number
}

/** A BG/NBD model: plain data that survives `structuredClone`. */
export interface BgNbdModel {
  readonly kind: 'bgNbd'
  readonly version: 1
  readonly timeUnit: TimeUnit
  readonly params: BgNbdParams
  readonly diagnostics: FitDiagnostics
}

/**
 * Fits the BG/NBD model ("buy till you die") to purchase histories by maximum likelihood: Newton's method with exact
 * derivatives over the distinct histories. Where the likelihood rises towards an edge, as when nobody ever leaves,
 * `diagnostics.verdict` is `'boundary'`, `diagnostics.reducesTo` names the simpler model, and the parameters stand so
 * close to the edge that the likelihood is the limit's to about 1e-6.
 *
 * @param summary - one row a customer; x = `repeats`, t_x = `ageAtLast`, T = `age`
 * @returns a model in the time unit of the summary
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers, or if no customer repeated; `BAD_SHAPE` if a customer
 *   repeated within no time
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model",
 *   Marketing Science 24(2), equation 6
 * @example
 * const model = fitBgNbd(summary)
 * model.params.r // 0.2426 for the CDNOW sample in weeks
 */
export function fitBgNbd(summary: CustomerSummary): BgNbdModel {
  const histories = purchaseHistories('fitBgNbd', summary)
  const minimum = minimizeBgNbd(histories)
  const [r, alpha, a, b] = minimum.point.map(Math.exp) as [number, number, number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : bgNbdEdge(minimum.point)
  return {
    kind: 'bgNbd',
    version: 1,
    timeUnit: summary.timeUnit,
    params: { r, alpha, a, b },
    diagnostics: diagnose(minimum, ['r', 'alpha', 'a', 'b'], compensatedSum(histories.weights), reducesTo),
  }
}

/**
 * A BG/NBD model from known parameters, such as those of a paper.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
 * @example
 * bgNbdModel({ params: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, timeUnit: 'week' })
 */
export function bgNbdModel(options: { readonly params: BgNbdParams; readonly timeUnit: TimeUnit }): BgNbdModel {
  const check = (name: keyof BgNbdParams): number => checkPositive('bgNbdModel', `params.${name}`, options.params[name])
  return {
    kind: 'bgNbd',
    version: 1,
    timeUnit: checkUnit('bgNbdModel', options.timeUnit),
    params: { r: check('r'), alpha: check('alpha'), a: check('a'), b: check('b') },
    diagnostics: { source: 'given' },
  }
}

/** From here on, a sixteenth of the histories finds the neighbourhood of the optimum first. */
const MANY = 20_000
const STRIDE = 16

/** The best θ = (ln r, ln α, ln a, ln b), sought from a point nearby where one is known. */
export function minimizeBgNbd(histories: PurchaseHistories, known?: readonly number[]): Minimum {
  const start = startingPoint(histories)
  const near = known ?? (histories.count < MANY ? start : roughly(histories, start))
  // A sixteenth may lie at an edge where the whole does not: then it says nothing.
  const from = isAtBgNbdEdge(near) ? start : near
  return minimizeNewton(bgNbdObjective(histories), from, { isAtEdge: isAtBgNbdEdge })
}

function roughly(histories: PurchaseHistories, start: readonly number[]): readonly number[] {
  const sample = bgNbdObjective(thinned(histories, STRIDE))
  return minimizeNewton(sample, start, { tolerance: 1e-3, isAtEdge: isAtBgNbdEdge }).point
}

/** Rates with a coefficient of variation of √2 about the observed mean, and one purchase in four the last. */
function startingPoint({ repeats, weights, times, timeAtEnd }: PurchaseHistories): number[] {
  let purchases = 0
  let exposure = 0
  for (let i = 0; i < repeats.length; i++) {
    purchases += weights[i]! * repeats[i]!
    exposure += weights[i]! * times[timeAtEnd[i]!]!
  }
  return [0.5, (0.5 * exposure) / purchases, 0.5, 1.5].map(Math.log)
}
