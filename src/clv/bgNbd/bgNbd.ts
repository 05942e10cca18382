import { checkNoOthers, checkOptions } from '../../core/checks.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import type { FitDiagnostics } from '../fitDiagnostics.ts'
import { givenParams } from '../givenParams.ts'
import { BG_NBD_PARAMETERS, type BgNbdParams, fitBgVariant } from './bgNbdFit.ts'
import { BG_NBD } from './bgVariant.ts'

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
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers; `BAD_SHAPE` if a customer
 *   repeated within no time
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model",
 *   Marketing Science 24(2), equation 6
 * @example
 * const model = fitBgNbd(summary)
 * model.params.r // 0.2426 for the CDNOW sample in weeks
 */
export function fitBgNbd(summary: CustomerSummary): BgNbdModel {
  checkSummary('fitBgNbd', summary)
  const fit = fitBgVariant(purchaseHistories('fitBgNbd', summary), BG_NBD)
  return { kind: 'bgNbd', version: 1, timeUnit: summary.timeUnit, ...fit }
}

/**
 * A BG/NBD model from known parameters, such as those of a paper.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
 * @example
 * bgNbdModel({ params: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, timeUnit: 'week' })
 */
export function bgNbdModel(options: { readonly params: BgNbdParams; readonly timeUnit: TimeUnit }): BgNbdModel {
  const caller = 'bgNbdModel'
  const { params, timeUnit, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'bgNbd',
    version: 1,
    timeUnit: checkUnit(caller, timeUnit),
    params: givenParams(caller, params, BG_NBD_PARAMETERS),
    diagnostics: { source: 'given' },
  }
}
