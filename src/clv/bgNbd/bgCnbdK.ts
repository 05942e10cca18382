import { checkFlag, checkInteger, checkLength, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import type { FittedDiagnostics, GivenDiagnostics } from '../fitDiagnostics.ts'
import { givenParams } from '../givenParams.ts'
import { BG_NBD_PARAMETERS, type BgNbdParams, fitBgVariant } from './bgNbdFit.ts'
import { totalOfGaps } from './gapLikelihood.ts'

/** Parameters of (M)BG/CNBD-k: gaps have k phases, and `r` and `alpha` are of the rate of phases, k times that of purchases. */
export interface BgCnbdKParams extends BgNbdParams {
  /** Erlang phases of a gap, 1 to 12: 1 is chance as in BG/NBD, more is ever greater regularity. */
  readonly k: number
}

/** The log-likelihood that the best parameters for one k reach. */
export interface RegularityLikelihood {
  readonly k: number
  readonly logLikelihood: number
}

/** How a fit of (M)BG/CNBD-k went. */
export interface BgCnbdKDiagnostics extends FittedDiagnostics {
  /** Every k that was tried, ascending; −∞ where a customer repeated within no time, which phases make impossible. */
  readonly profile: readonly RegularityLikelihood[]
  /** What k was judged by: all purchase times, or the last of each customer only. */
  readonly evidence: 'gaps' | 'histories'
}

/** A BG/CNBD-k or MBG/CNBD-k model: BG/NBD for customers who buy more regularly than by chance. Plain data. */
export interface BgCnbdKModel {
  readonly kind: 'bgCnbdK'
  readonly version: 1
  readonly timeUnit: TimeUnit
  /** Whether customers may leave right after the first purchase: MBG/CNBD-k. */
  readonly modified: boolean
  readonly params: BgCnbdKParams
  readonly diagnostics: BgCnbdKDiagnostics | GivenDiagnostics
}

/** Options of `fitBgCnbdK`. */
export interface BgCnbdKOptions {
  /** Erlang phases of a gap, 1 to 12. @default the likeliest */
  readonly k?: number
  /** Whether customers may leave right after the first purchase: MBG/CNBD-k. @default false */
  readonly modified?: boolean
  /** For each row, the sum of the logarithms of the gaps, as of `logGaps`: better evidence of k. @default none */
  readonly logGaps?: Float64Array
}

/**
 * Fits BG/CNBD-k or MBG/CNBD-k to purchase histories by maximum likelihood, as `fitBgNbd` fits BG/NBD, for one k or each
 * from 1 to 12, of which the likeliest is kept. Given k, (x, t_x, T) is all that the parameters depend on. For k itself
 * it says less than the gaps do: without `logGaps` the likelihood is that of (x, t_x, T), as if the times between were
 * not known, and with them that of all purchase times. Either is BG/NBD's for k = 1, so each compares with BG/NBD, but not
 * with the other.
 *
 * @param summary - one row a customer; x = `repeats`, t_x = `ageAtLast`, T = `age`
 * @returns a model in the time unit of the summary; `diagnostics.profile` has the likelihood of every k tried
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers; `BAD_SHAPE` if a customer repeated within no time and k is
 *   given and above 1, or `logGaps` is of another length; `BAD_OPTION` unless k is a whole number from 1 to 12
 * @see Platzer & Reutterer (2016), "Ticking Away the Moments: Timing Regularity Helps to Better Predict Customer
 *   Activity", Marketing Science 35(5)
 * @example
 * fitBgCnbdK(summary).params.k // 1, as CDNOW is bought from by chance
 * fitBgCnbdK(summary, { k: 2 }).params.r // 0.2269…
 */
export function fitBgCnbdK(summary: CustomerSummary, options: BgCnbdKOptions = {}): BgCnbdKModel {
  const caller = 'fitBgCnbdK'
  checkSummary(caller, summary)
  const { k, modified = false, logGaps, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkFlag(caller, 'modified', modified)
  if (logGaps !== undefined) checkLength(caller, 'logGaps', logGaps, summary.repeats.length)
  const orders = k === undefined ? Array.from({ length: MOST_PHASES }, (_, i) => i + 1) : [checkPhases(caller, 'k', k)]
  const histories = purchaseHistories(caller, summary)
  const early = modified ? 1 : 0
  const fits = possible(caller, orders, summary).map((order) => ({
    k: order,
    ...fitBgVariant(histories, { early, k: order }, totalOfGaps(order, summary, logGaps)),
  }))
  const best = fits.reduce((one, other) =>
    other.diagnostics.logLikelihood > one.diagnostics.logLikelihood ? other : one,
  )
  return {
    kind: 'bgCnbdK',
    version: 1,
    timeUnit: summary.timeUnit,
    modified,
    params: { k: best.k, ...best.params },
    diagnostics: {
      ...best.diagnostics,
      profile: orders.map((order) => ({
        k: order,
        logLikelihood: fits.find((fit) => fit.k === order)?.diagnostics.logLikelihood ?? Number.NEGATIVE_INFINITY,
      })),
      evidence: logGaps === undefined ? 'histories' : 'gaps',
    },
  }
}

/**
 * A BG/CNBD-k or MBG/CNBD-k model from known parameters.
 *
 * @param options - `modified` as in `fitBgCnbdK`, false by default
 * @throws {ClienteleError} `BAD_OPTION` unless k is a whole number from 1 to 12 and the others are finite numbers above 0
 * @example
 * bgCnbdKModel({ params: { k: 2, r: 0.5, alpha: 5, a: 0.8, b: 2.4 }, timeUnit: 'week', modified: true })
 */
export function bgCnbdKModel(options: {
  readonly params: BgCnbdKParams
  readonly timeUnit: TimeUnit
  readonly modified?: boolean
}): BgCnbdKModel {
  const caller = 'bgCnbdKModel'
  const { params, timeUnit, modified = false, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const rest = givenParams(caller, params, BG_NBD_PARAMETERS)
  return {
    kind: 'bgCnbdK',
    version: 1,
    timeUnit: checkUnit(caller, timeUnit),
    modified: checkFlag(caller, 'modified', modified),
    params: { k: checkPhases(caller, 'params.k', params.k), ...rest },
    diagnostics: { source: 'given' },
  }
}

/** Beyond this, purchases are as good as scheduled. */
const MOST_PHASES = 12

function checkPhases(caller: string, name: string, k: number): number {
  return checkInteger(caller, name, k, 1, MOST_PHASES)
}

/** The orders under which the histories are possible: a gap of no time is none where gaps have phases. */
function possible(caller: string, orders: readonly number[], { repeats, ageAtLast }: CustomerSummary): number[] {
  const row = repeats.findIndex((x, i) => x > 0 && !(ageAtLast[i]! > 0))
  const some = orders.filter((order) => order === 1 || row < 0)
  if (some.length > 0) return some
  throw new ClienteleError('BAD_SHAPE', `${caller}: row ${row} has ${repeats[row]} repeats within no time`)
}
