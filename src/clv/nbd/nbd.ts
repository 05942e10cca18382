import { checkNoOthers, checkOptions } from '../../core/checks.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import { diagnose, type FitDiagnostics } from '../fitDiagnostics.ts'
import { isLevel } from '../fitEdges.ts'
import { givenParams } from '../givenParams.ts'
import { bestWithoutRepeats, hasRepeats, isWithoutRepeats, logLongest, NO_REPEATS } from '../noRepeats.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'
import { nbdObjective, startingPoint } from './nbdLikelihood.ts'

/** Parameters of the NBD model. Customers buy at rates that follow Gamma(`r`, `alpha`), with mean r / alpha a time unit. */
export interface NbdParams {
  readonly r: number
  readonly alpha: number
}

/** An NBD model: plain data that survives `structuredClone`. */
export interface NbdModel {
  readonly kind: 'nbd'
  readonly version: 1
  readonly timeUnit: TimeUnit
  readonly params: NbdParams
  readonly diagnostics: FitDiagnostics
}

/**
 * Fits the NBD model, in which customers buy at rates of their own and nobody ever leaves, by maximum likelihood:
 * Newton's method with exact derivatives over the distinct histories. It is the baseline of the models with dropout,
 * which reduce to it where nobody leaves. Where customers differ no more than chance makes them, or almost nobody
 * repeats, `diagnostics.verdict` is `'boundary'` and `diagnostics.reducesTo` says so.
 *
 * @param summary - one row a customer; x = `repeats`, T = `age`; t_x does not matter
 * @returns a model in the time unit of the summary
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers; `BAD_SHAPE` if a customer
 *   repeated within no time
 * @see Ehrenberg (1959), "The Pattern of Consumer Purchases", Applied Statistics 8(1)
 * @example
 * fitNbd(summary).params.r // 0.3847… for the CDNOW sample in weeks
 */
export function fitNbd(summary: CustomerSummary): NbdModel {
  checkSummary('fitNbd', summary)
  const histories = purchaseHistories('fitNbd', summary)
  const minimum = minimizeNbd(histories)
  const [r, alpha] = minimum.point.map(Math.exp) as [number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : nbdEdge(minimum.point)
  return {
    kind: 'nbd',
    version: 1,
    timeUnit: summary.timeUnit,
    params: { r, alpha },
    diagnostics: diagnose(minimum, ['r', 'alpha'], compensatedSum(histories.weights), reducesTo),
  }
}

/**
 * An NBD model from known parameters, such as those of a paper.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
 * @example
 * nbdModel({ params: { r: 0.385, alpha: 12.07 }, timeUnit: 'week' })
 */
export function nbdModel(options: { readonly params: NbdParams; readonly timeUnit: TimeUnit }): NbdModel {
  const caller = 'nbdModel'
  const { params, timeUnit, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'nbd',
    version: 1,
    timeUnit: checkUnit(caller, timeUnit),
    params: givenParams(caller, params, ['r', 'alpha']),
    diagnostics: { source: 'given' },
  }
}

/** The |ln r| at which the likelihood is the limit's, for up to some 10^7 purchases. */
const EDGE = 32

/** The best θ = (ln r, ln α), sought from a point nearby where one is known. */
export function minimizeNbd(histories: PurchaseHistories, known?: readonly number[]): Minimum {
  if (!hasRepeats(histories)) return bestWithoutRepeats([logLongest(histories.times)])
  const isFarOut = ([logR]: readonly number[]): boolean => Math.abs(logR!) > EDGE
  const from = known === undefined || isFarOut(known) ? startingPoint(histories) : known
  return minimizeNewton(nbdObjective(histories), from, { isAtEdge: (theta, here) => isFarOut(theta) && isLevel(here) })
}

function nbdEdge(theta: readonly number[]): string | undefined {
  if (isWithoutRepeats(theta)) return NO_REPEATS
  const logR = theta[0]!
  if (Math.abs(logR) < EDGE / 2) return undefined
  return logR > 0
    ? 'Poisson: one purchase rate for all customers (r and alpha to infinity)'
    : 'almost no customer repeats, the few others at all rates (r to 0)'
}
