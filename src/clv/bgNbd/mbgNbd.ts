import { checkNoOthers, checkOptions } from '../../core/checks.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import type { FitDiagnostics } from '../fitDiagnostics.ts'
import { givenParams } from '../givenParams.ts'
import { BG_NBD_PARAMETERS, type BgNbdParams, fitBgVariant } from './bgNbdFit.ts'
import { MBG_NBD } from './bgVariant.ts'

/**
 * An MBG/NBD model: BG/NBD in which a customer may leave right after the first purchase too, so that who bought once is
 * not taken to be there for ever. Plain data that survives `structuredClone`.
 */
export interface MbgNbdModel {
  readonly kind: 'mbgNbd'
  readonly version: 1
  readonly timeUnit: TimeUnit
  readonly params: BgNbdParams
  readonly diagnostics: FitDiagnostics
}

/**
 * Fits the MBG/NBD model to purchase histories by maximum likelihood, as `fitBgNbd` fits BG/NBD, with the same
 * certificate.
 *
 * @param summary - one row a customer; x = `repeats`, t_x = `ageAtLast`, T = `age`
 * @returns a model in the time unit of the summary
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers; `BAD_SHAPE` if a customer
 *   repeated within no time
 * @see Batislam, Denizel & Filiztekin (2007), "Empirical Validation and Comparison of Models for Customer Base
 *   Analysis", International Journal of Research in Marketing 24(3), equation 8; Hoppe & Wagner (2007), "Customer Base
 *   Analysis: The Case for a Central Variant of the Betageometric/NBD Model"
 * @example
 * const modified = fitMbgNbd(summary)
 * modified.params.r // 0.5248… for the CDNOW sample in weeks
 */
export function fitMbgNbd(summary: CustomerSummary): MbgNbdModel {
  checkSummary('fitMbgNbd', summary)
  const fit = fitBgVariant(purchaseHistories('fitMbgNbd', summary), MBG_NBD)
  return { kind: 'mbgNbd', version: 1, timeUnit: summary.timeUnit, ...fit }
}

/**
 * An MBG/NBD model from known parameters, such as those of a paper.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
 * @example
 * mbgNbdModel({ params: { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }, timeUnit: 'week' })
 */
export function mbgNbdModel(options: { readonly params: BgNbdParams; readonly timeUnit: TimeUnit }): MbgNbdModel {
  const caller = 'mbgNbdModel'
  const { params, timeUnit, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'mbgNbd',
    version: 1,
    timeUnit: checkUnit(caller, timeUnit),
    params: givenParams(caller, params, BG_NBD_PARAMETERS),
    diagnostics: { source: 'given' },
  }
}
