import { checkNoOthers, checkNumber, checkObject, checkOptions } from '../../core/checks.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import { diagnose, type FitDiagnostics } from '../fitDiagnostics.ts'
import { givenParams } from '../givenParams.ts'
import { atOnceOrNeverEdge, edgeScale, paretoNbdEdge } from './paretoNbdEdges.ts'
import { bestParetoNbd } from './paretoNbdFit.ts'

/**
 * Parameters of the Pareto/NBD model. Customers buy at rates that follow Gamma(`r`, `alpha`), with mean r / alpha a time
 * unit, and leave at rates that follow Gamma(`s`, `beta`), with mean s / beta a time unit.
 */
export interface ParetoNbdParams {
  readonly r: number
  readonly alpha: number
  readonly s: number
  readonly beta: number
  /**
   * Only in the limit where some customers leave at once and the others never, with `s` and `beta` 0: the odds of leaving
   * at once, P(at once) / P(never), that of (1 + t / beta)^s − 1 for any t.
   */
  readonly leavingOdds?: number
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
 * close to the edge that the likelihood is the limit's to about 1e-6. The limit in which some leave at once and the
 * others never lies further out than doubles go; there the parameters are the limit's own, with `leavingOdds`.
 *
 * @param summary - one row a customer; x = `repeats`, t_x = `ageAtLast`, T = `age`
 * @returns a model in the time unit of the summary
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers; `BAD_SHAPE` if a customer
 *   repeated within no time
 * @see Schmittlein, Morrison & Colombo (1987), "Counting Your Customers: Who Are They and What Will They Do Next?",
 *   Management Science 33(1)
 * @example
 * const model = fitParetoNbd(summary)
 * model.params.s // 0.6062 for the CDNOW sample in weeks
 */
export function fitParetoNbd(summary: CustomerSummary): ParetoNbdModel {
  checkSummary('fitParetoNbd', summary)
  const histories = purchaseHistories('fitParetoNbd', summary)
  const scale = edgeScale(histories)
  const { minimum, isLimit } = bestParetoNbd(histories)
  const [r, alpha, third, beta] = minimum.point.map(Math.exp) as [number, number, number, number]
  const atEdge = isLimit ? atOnceOrNeverEdge(minimum.point, scale) : paretoNbdEdge(minimum.point, scale)
  const reducesTo = minimum.ended === 'converged' && !isLimit ? undefined : atEdge
  const parameters = isLimit ? AT_ONCE_OR_NEVER_PARAMETERS : PARETO_NBD_PARAMETERS
  return {
    kind: 'paretoNbd',
    version: 1,
    timeUnit: summary.timeUnit,
    params: isLimit ? { r, alpha, s: 0, beta: 0, leavingOdds: third } : { r, alpha, s: third, beta },
    diagnostics: diagnose(minimum, parameters, compensatedSum(histories.weights), reducesTo),
  }
}

/**
 * A Pareto/NBD model from known parameters, such as those of a paper.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0, or `s` and `beta` are 0 beside
 *   `leavingOdds`
 * @example
 * paretoNbdModel({ params: { r: 0.553, alpha: 10.58, s: 0.606, beta: 11.67 }, timeUnit: 'week' })
 */
export function paretoNbdModel(options: {
  readonly params: ParetoNbdParams
  readonly timeUnit: TimeUnit
}): ParetoNbdModel {
  const caller = 'paretoNbdModel'
  const { params, timeUnit, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'paretoNbd',
    version: 1,
    timeUnit: checkUnit(caller, timeUnit),
    params: checkParetoNbdParams(caller, params),
    diagnostics: { source: 'given' },
  }
}

/** A copy of `params`; `BAD_OPTION` unless they are those of the model, or of its limit. */
export function checkParetoNbdParams(caller: string, params: ParetoNbdParams): ParetoNbdParams {
  const { leavingOdds, ...others } = checkObject(caller, 'params', params)
  if (leavingOdds === undefined) return givenParams(caller, others, ['r', 'alpha', 's', 'beta'])
  checkNumber(caller, 'params.s', params.s, 0, 0)
  checkNumber(caller, 'params.beta', params.beta, 0, 0)
  return { ...givenParams(caller, { ...others, leavingOdds }, ['r', 'alpha', 'leavingOdds']), s: 0, beta: 0 }
}

/** The parameters of the model, as their logarithms stand in θ. */
export const PARETO_NBD_PARAMETERS: readonly string[] = ['r', 'alpha', 's', 'beta']
/** Those of the limit in which some customers leave at once and the others never. */
export const AT_ONCE_OR_NEVER_PARAMETERS: readonly string[] = ['r', 'alpha', 'leavingOdds']
