import { ClienteleError } from '../core/errors.ts'
import { checkSeed, randomFrom } from '../core/random.ts'
import { gammaVariate } from '../core/variates.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { customerSummaryFromColumns } from '../table/customerSummaryFromColumns.ts'
import type { BgBbModel } from './bgBb/bgBb.ts'
import type { GammaGammaModel } from './gammaGamma/gammaGamma.ts'
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
  /** How much the customers spend a purchase. @default no money */
  readonly spend?: GammaGammaModel
}

/**
 * Customers who behave as a model says, watched from their first purchase on: for trying out a forecast, and for finding
 * out how much of a result is chance. Purchases come at any instant; several on a day stay several. Linear in the
 * purchases.
 *
 * @returns a summary with x = `repeats`, t_x = `ageAtLast`, T = `age`, or such histories in periods under BG/BB
 * @throws {ClienteleError} `BAD_OPTION` for a seed that is none; `BAD_SHAPE` if an age is not
 *   finite or below 0, or no whole number of at most 100,000 periods
 * @see Fader, Hardie & Lee (2005), section 2, for what BG/NBD assumes
 * @example
 * const ages = new Float64Array(1000).fill(52)
 * simulateHistories(model, { ages, spend }).repeats.reduce((sum, x) => sum + x) // 1413 repeats, near the 1,440 expected
 */
export function simulateHistories(model: BgBbModel, options: SimulatePeriodsOptions): PeriodHistories
export function simulateHistories(model: PurchaseModel, options: SimulateHistoriesOptions): CustomerSummary
export function simulateHistories(
  model: TransactionModel,
  options: SimulateHistoriesOptions,
): CustomerSummary | PeriodHistories {
  const caller = 'simulateHistories'
  const { ages, seed = 1, spend } = options
  checkAges(caller, ages, model.timeUnit === 'period')
  const { simulate } = processOf(model)
  const random = randomFrom(checkSeed(caller, seed))
  const customers = ages.length
  const repeats = new Uint32Array(customers)
  const ageAtLast = new Float64Array(customers)
  const meanRepeatValue = new Float64Array(customers)
  const total = new Float64Array(customers).fill(Number.NaN)
  for (let customer = 0; customer < customers; customer++) {
    const times = simulate(random, ages[customer]!)
    const x = times.length
    repeats[customer] = x
    ageAtLast[customer] = x > 0 ? times[x - 1]! : 0
    if (spend === undefined) continue
    const { p, q, v } = spend.params
    const scale = v / gammaVariate(q, random)
    const money = x > 0 ? scale * gammaVariate(p * x, random) : 0
    meanRepeatValue[customer] = x > 0 ? money / x : 0
    total[customer] = money + scale * gammaVariate(p, random)
  }
  if (model.timeUnit === 'period') return periodHistoriesFromColumns({ repeats, lastPeriod: ageAtLast, periods: ages })
  return customerSummaryFromColumns(
    { repeats, ageAtLast, age: ages, meanRepeatValue, total },
    { timeUnit: model.timeUnit, ...(spend && { currency: spend.currency }) },
  )
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
