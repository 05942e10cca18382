import type { CovariateBaseName } from '../../../src/clv/covariates/covariateBase.ts'
import type { CovariateEffect, MovedParameter } from '../../../src/clv/covariates/covariateEffect.ts'
import { type SeasonalPurchasesModel, seasonalPurchasesModel } from '../../../src/clv/covariates/seasonalPurchases.ts'
import type { TimeUnit } from '../../../src/core/timeUnit.ts'

/** An effect of the covariate `app` on one parameter. */
export function effectOn(parameter: MovedParameter): CovariateEffect {
  const covariates = parameter === 'alpha' ? 'purchases' : 'dropout'
  return { covariates, on: [parameter], columns: ['app'], coefficients: [0.4] }
}

/** Ordinary parameters of each base. */
export const BASE_PARAMS = {
  bgNbd: { r: 0.6, alpha: 9, a: 0.8, b: 2.5 },
  mbgNbd: { r: 0.6, alpha: 9, a: 0.8, b: 2.5 },
  paretoNbd: { r: 0.6, alpha: 9, s: 0.7, beta: 14 },
} as const

/** A model of each base in which the covariate `season` of the calendar moves everybody. */
export function seasonalOf(
  base: CovariateBaseName,
  coefficient = 0.8,
  timeUnit: TimeUnit = 'day',
): SeasonalPurchasesModel {
  const effects = [{ covariates: 'purchases', on: ['alpha'], columns: ['season'], coefficients: [coefficient] }]
  const given = { base, params: BASE_PARAMS[base], effects, timeUnit } as Parameters<typeof seasonalPurchasesModel>[0]
  return seasonalPurchasesModel(given)
}
