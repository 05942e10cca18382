import { badOption, checkObject } from '../../core/checks.ts'
import { checkModel } from '../checkModel.ts'
import { groupRows } from '../groupRows.ts'
import type { TransactionHistories } from '../periodHistories.ts'
import type { PurchaseModel } from '../purchaseModel.ts'
import { type CovariateEffect, signOn } from './covariateEffect.ts'
import type { PurchaseCovariatesModel } from './purchaseCovariates.ts'
import { columnsOf } from './withCovariates.ts'

/** The covariates of one customer, by column. */
export interface CovariateValues {
  readonly purchases?: Readonly<Record<string, number>>
  readonly dropout?: Readonly<Record<string, number>>
}

/** Groups of customers with equal covariates. */
export interface CustomerModels<Model> {
  /** Group of each row. */
  readonly groupOf: Uint32Array
  /** The model without covariates of each group. */
  readonly models: readonly Model[]
}

/**
 * The model without covariates of a customer with given ones, to be asked of new customers, histories and the like.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless there is a finite number for each column that the model was fitted on
 * @example
 * const described = withCovariates(summary, { purchases: featureMatrix({ app }) })
 * const inApp = modelOfCustomer(fitPurchaseCovariates(described, { base: 'bgNbd' }), { purchases: { app: 1 } })
 * expectedPurchasesOfNewCustomer(inApp, 52) // 1.452…
 */
export function modelOfCustomer(model: PurchaseCovariatesModel, covariates: CovariateValues): PurchaseModel {
  checkModel('modelOfCustomer', model, ['purchaseCovariates'])
  checkObject('modelOfCustomer', 'covariates', covariates)
  return plainModel(model, (effect) =>
    effect.columns.map((column) => {
      const role = effect.covariates as keyof CovariateValues
      const value = covariates[role]?.[column]
      if (value !== undefined && Number.isFinite(value)) return value
      throw badOption('modelOfCustomer', `covariates.${role}.${column}`, 'a finite number', value)
    }),
  )
}

/** The plain models of customers, one for each distinct row of covariates. */
export function customerModels(
  caller: string,
  model: PurchaseCovariatesModel,
  summary: TransactionHistories,
): CustomerModels<PurchaseModel> {
  const columns = model.effects.map((effect) => columnsOf(caller, summary, effect))
  const { groupOf, rowOf } = groupRows(columns.flat())
  const models = Array.from(rowOf, (row) => plainModel(model, (_, i) => columns[i]!.map((column) => column[row]!)))
  return { groupOf, models }
}

function plainModel(
  { base, params, effects, timeUnit }: PurchaseCovariatesModel,
  valuesOf: (effect: CovariateEffect, index: number) => readonly number[],
): PurchaseModel {
  const own = withLeavingOdds(movedParams(params, effects, valuesOf))
  return { kind: base, version: 1, timeUnit, params: own, diagnostics: { source: 'given' } } as PurchaseModel
}

/** Where covariates moved how many stay for each customer who leaves at once, the odds of that, as the plain model has them. */
function withLeavingOdds(params: PurchaseCovariatesModel['params']): object {
  if (!('customersPerStayer' in params)) return params
  const { customersPerStayer, ...others } = params
  return { ...others, leavingOdds: Math.max(customersPerStayer! - 1, 1 / MOST) }
}

/** Parameters, moved by what effects make of covariates. */
export function movedParams<Params extends object>(
  params: Params,
  effects: readonly CovariateEffect[],
  valuesOf: (effect: CovariateEffect, index: number) => readonly number[],
): Params {
  const own = { ...params } as Record<string, number>
  effects.forEach((effect, i) => {
    const values = valuesOf(effect, i)
    const score = effect.coefficients.reduce((sum, coefficient, j) => sum + coefficient * values[j]!, 0)
    for (const parameter of effect.on) {
      const moved = own[parameter]! * Math.exp(signOn(parameter) * score)
      own[parameter] = Math.min(Math.max(moved, 1 / MOST), MOST)
    }
  })
  return own as unknown as Params
}

/** Where coefficients run off, parameters beyond this are as good as at it, and still numbers. */
const MOST = 1e300
