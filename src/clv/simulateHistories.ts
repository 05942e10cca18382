import { checkList, checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSeed, randomFrom } from '../core/random.ts'
import { gammaVariate } from '../core/variates.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { customerSummaryFromColumns } from '../table/customerSummaryFromColumns.ts'
import type { BgBbModel } from './bgBb/bgBb.ts'
import { checkModel, SPEND_KINDS, TRANSACTION_KINDS } from './checkModel.ts'
import type { PurchaseCovariatesModel } from './covariates/purchaseCovariates.ts'
import { spendScales } from './covariates/spendScales.ts'
import { type CustomerCovariates, type DescribedSummary, withCovariates } from './covariates/withCovariates.ts'
import { processesOf } from './customerProcesses.ts'
import type { SpendModel } from './gammaGamma/gammaGamma.ts'
import { type PeriodHistories, periodHistoriesFromColumns } from './periodHistories.ts'
import { type PurchaseModel, processOf, type TransactionModel } from './purchaseModel.ts'

/** Options of `simulateHistories` for customers in periods. */
export interface SimulatePeriodsOptions {
  /** How long ago each customer bought first: in the time unit of the model, whole numbers for periods. */
  readonly ages: ArrayLike<number>
  /** Determines every draw. @default 1 */
  readonly seed?: number
}

/** Options of `simulateHistories`. */
export interface SimulateHistoriesOptions extends SimulatePeriodsOptions {
  /** How much the customers spend a purchase; with covariates, `covariates` must have those. @default no money */
  readonly spend?: SpendModel
  /** What is known of the customers, a row each, for models with covariates; the summary carries them. @default nothing */
  readonly covariates?: CustomerCovariates
}

/**
 * Customers who behave as a model says, watched from their first purchase on: for trying out a forecast, and for finding
 * out how much of a result is chance. Purchases come at any instant; several on a day stay several. Linear in the
 * purchases.
 *
 * @param model - with covariates, each customer has those of their row of `covariates`
 * @returns a summary with x = `repeats`, t_x = `ageAtLast`, T = `age`, or such histories in periods under BG/BB
 * @throws {ClienteleError} `BAD_OPTION` for a seed that is none; `BAD_SHAPE` if an age is not
 *   finite or below 0, or no whole number of at most 100,000 periods, or if covariates are missing or of another length
 * @see Fader, Hardie & Lee (2005), section 2, for what BG/NBD assumes
 * @example
 * const ages = new Float64Array(1000).fill(52)
 * simulateHistories(model, { ages, spend }).repeats.reduce((sum, x) => sum + x) // 1413 repeats, near the 1,440 expected
 */
export function simulateHistories(model: BgBbModel, options: SimulatePeriodsOptions): PeriodHistories
export function simulateHistories(
  model: PurchaseModel | PurchaseCovariatesModel,
  options: SimulateHistoriesOptions & { readonly covariates: CustomerCovariates },
): DescribedSummary
export function simulateHistories(model: PurchaseModel, options: SimulateHistoriesOptions): CustomerSummary
export function simulateHistories(
  model: TransactionModel | PurchaseCovariatesModel,
  options: SimulateHistoriesOptions,
): CustomerSummary | PeriodHistories {
  const caller = 'simulateHistories'
  checkModel(caller, model, [...TRANSACTION_KINDS, 'purchaseCovariates'])
  const { ages, seed = 1, spend, covariates, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkList(caller, 'ages', ages)
  if (spend !== undefined) checkModel(caller, spend, SPEND_KINDS, 'spend')
  checkAges(caller, ages, model.timeUnit === 'period')
  const random = randomFrom(checkSeed(caller, seed))
  const customers = ages.length
  const repeats = new Uint32Array(customers)
  const ageAtLast = new Float64Array(customers)
  if (model.timeUnit === 'period') {
    const { simulate } = processOf(model)
    for (let customer = 0; customer < customers; customer++) bought(customer, simulate(random, ages[customer]!))
    return periodHistoriesFromColumns({ repeats, lastPeriod: ageAtLast, periods: ages })
  }
  const { timeUnit } = model
  const described = (summary: CustomerSummary): CustomerSummary =>
    covariates === undefined ? summary : withCovariates(summary, covariates)
  // Nobody has bought again yet, and covariates are known already.
  const newcomers = described(customerSummaryFromColumns({ repeats, ageAtLast, age: ages }, { timeUnit }))
  const { of } = processesOf(caller, model, newcomers)
  const scales = spend === undefined ? undefined : spendScales(caller, spend, newcomers)
  const meanRepeatValue = new Float64Array(customers)
  const total = new Float64Array(customers).fill(Number.NaN)
  for (let customer = 0; customer < customers; customer++) {
    const x = bought(customer, of(customer).simulate(random, ages[customer]!))
    if (spend === undefined) continue
    const { p, q } = spend.params
    const scale = scales![customer]! / gammaVariate(q, random)
    const money = x > 0 ? scale * gammaVariate(p * x, random) : 0
    meanRepeatValue[customer] = x > 0 ? money / x : 0
    total[customer] = money + scale * gammaVariate(p, random)
  }
  const columns = { repeats, ageAtLast, age: ages, meanRepeatValue, total }
  return described(customerSummaryFromColumns(columns, { timeUnit, ...(spend && { currency: spend.currency }) }))

  /** Writes down what a customer bought; returns how often. */
  function bought(customer: number, times: readonly number[]): number {
    repeats[customer] = times.length
    ageAtLast[customer] = times.at(-1) ?? 0
    return times.length
  }
}

function checkAges(caller: string, ages: ArrayLike<number>, isInPeriods: boolean): void {
  for (let customer = 0; customer < ages.length; customer++) {
    const age = ages[customer]!
    const isAge = isInPeriods ? Number.isInteger(age) && age <= 100_000 : Number.isFinite(age)
    if (isAge && age >= 0) continue
    const rule = isInPeriods ? 'whole numbers from 0 to 100000' : 'finite numbers of at least 0'
    throw new ClienteleError('BAD_SHAPE', `${caller}: "ages" must be ${rule}, got ${age} for customer ${customer}`)
  }
}
