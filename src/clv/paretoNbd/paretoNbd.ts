import { checkPositive } from '../../core/checks.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import { diagnose, type FitDiagnostics } from '../fitDiagnostics.ts'
import { type PurchaseHistories, thinned } from '../purchaseHistories.ts'
import { type EdgeScale, isAtParetoNbdEdge, paretoNbdEdge } from './paretoNbdEdges.ts'
import { paretoNbdObjective } from './paretoNbdLikelihood.ts'

/**
 * Parameters of the Pareto/NBD model. Customers buy at rates that follow Gamma(`r`, `alpha`), with mean r / alpha a time
 * unit, and leave at rates that follow Gamma(`s`, `beta`), with mean s / beta a time unit.
 */
export interface ParetoNbdParams {
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
}

/** A Pareto/NBD model: plain data that survives `structuredClone`. */
export interface ParetoNbdModel {
  readonly kind: 'paretoNbd'
  readonly version: 1
  readonly timeUnit: TimeUnit
  readonly params: ParetoNbdParams
  readonly diagnostics: FitDiagnostics
}

/**
 * Fits the Pareto/NBD model ("buy till you die") to purchase histories by maximum likelihood: Newton's method with exact
 * derivatives over the distinct histories. Where the likelihood rises towards an edge, as when nobody ever leaves,
 * `diagnostics.verdict` is `'boundary'`, `diagnostics.reducesTo` names the simpler model, and the parameters stand so
 * close to the edge that the likelihood is the limit's to about 1e-6.
 *
 * @param summary - one row a customer; x = `repeats`, t_x = `ageAtLast`, T = `age`
 * @returns a model in the time unit of the summary
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers, or if no customer repeated; `BAD_SHAPE` if a customer
 *   repeated within no time
 * @see Schmittlein, Morrison & Colombo (1987), "Counting Your Customers: Who Are They and What Will They Do Next?",
 *   Management Science 33(1)
 * @example
 * const model = fitParetoNbd(summary)
 * model.params.s // 0.6062 for the CDNOW sample in weeks
 */
export function fitParetoNbd(summary: CustomerSummary): ParetoNbdModel {
  const histories = purchaseHistories('fitParetoNbd', summary)
  const minimum = minimizeParetoNbd(histories)
  const [r, alpha, s, beta] = minimum.point.map(Math.exp) as [number, number, number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : paretoNbdEdge(minimum.point, edgeScale(histories))
  return {
    kind: 'paretoNbd',
    version: 1,
    timeUnit: summary.timeUnit,
    params: { r, alpha, s, beta },
    diagnostics: diagnose(minimum, ['r', 'alpha', 's', 'beta'], compensatedSum(histories.weights), reducesTo),
  }
}

/**
 * A Pareto/NBD model from known parameters, such as those of a paper.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
 * @example
 * paretoNbdModel({ params: { r: 0.553, alpha: 10.58, s: 0.606, beta: 11.67 }, timeUnit: 'week' })
 */
export function paretoNbdModel(options: {
  readonly params: ParetoNbdParams
  readonly timeUnit: TimeUnit
}): ParetoNbdModel {
  const check = (name: keyof ParetoNbdParams): number =>
    checkPositive('paretoNbdModel', `params.${name}`, options.params[name])
  return {
    kind: 'paretoNbd',
    version: 1,
    timeUnit: checkUnit('paretoNbdModel', options.timeUnit),
    params: { r: check('r'), alpha: check('alpha'), s: check('s'), beta: check('beta') },
    diagnostics: { source: 'given' },
  }
}

/** From here on, a sixteenth of the histories finds the neighbourhood of the optimum first. */
const MANY = 20_000
const STRIDE = 16

/** The best θ = (ln r, ln α, ln s, ln β), sought from a point nearby where one is known. */
export function minimizeParetoNbd(histories: PurchaseHistories, known?: readonly number[]): Minimum {
  const scale = edgeScale(histories)
  const isAtEdge = (theta: readonly number[], here: Expansion): boolean => isAtParetoNbdEdge(theta, here, scale)
  const start = startingPoint(histories)
  const objective = paretoNbdObjective(histories)
  if (known === undefined && histories.count < MANY) return minimizeNewton(objective, start, { isAtEdge })
  const near =
    known === undefined
      ? minimizeNewton(paretoNbdObjective(thinned(histories, STRIDE)), start, { tolerance: 1e-3, isAtEdge })
      : minimizeNewton(objective, known, { isAtEdge })
  if (known !== undefined && near.ended === 'converged') return near
  // A sixteenth may lie at an edge where the whole does not: then it says nothing.
  return minimizeNewton(objective, near.ended === 'converged' ? near.point : start, { isAtEdge })
}

/** Rates with a coefficient of variation of √2 about the observed mean, and lives of the order of the observation. */
export function startingPoint({ repeats, weights, times, timeAtEnd }: PurchaseHistories): number[] {
  let purchases = 0
  let exposure = 0
  let customers = 0
  for (let i = 0; i < repeats.length; i++) {
    customers += weights[i]!
    purchases += weights[i]! * repeats[i]!
    exposure += weights[i]! * times[timeAtEnd[i]!]!
  }
  return [0.5, (0.5 * exposure) / purchases, 0.5, (0.5 * exposure) / customers].map(Math.log)
}

export function edgeScale({ repeats, weights, times }: PurchaseHistories): EdgeScale {
  const squares = weights.map((customers, i) => customers * (repeats[i]! + 1) ** 2)
  return {
    customers: compensatedSum(weights),
    squares: compensatedSum(squares),
    longest: times[times.length - 1]!,
  }
}
