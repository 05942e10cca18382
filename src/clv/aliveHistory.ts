import { badOption, checkNoOthers, checkOptions, checkTimeUnit } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import { type Duration, daysIn, durationIn } from '../core/timeUnit.ts'
import type { PurchaseAges } from '../table/purchaseAges.ts'
import type { BgBbModel } from './bgBb/bgBb.ts'
import { CUSTOMER_KINDS, checkModel } from './checkModel.ts'
import type { CustomerModel, SummaryModel } from './customerProcesses.ts'
import { type OneCustomer, processOfOne } from './oneCustomer.ts'
import type { PurchasePeriods } from './purchasePeriods.ts'

/** Options of `aliveHistory`. */
export interface AliveHistoryOptions extends Omit<OneCustomer, 'firstPurchase'> {
  /** Time from one point to the next, whole days under a seasonal model. @default { days: 1 }, or each period */
  readonly step?: Duration
}

/** P(alive) along the history of one customer, as `aliveHistoryPlot` draws it. */
export interface AliveHistory {
  /** Time unit of the model. */
  readonly unit: 'day' | 'week' | 'period'
  /** Time since the first purchase, in the unit of the model: 0, one step, two steps, … up to the end of observation. */
  readonly age: Float64Array
  /** P(alive) as it was known at each age; purchases of that moment count. */
  readonly alive: Float64Array
  /** Times of the purchases since the first, which is one of them. */
  readonly purchases: Float64Array
}

/**
 * What one would have said of a customer's P(alive) as time went by: it jumps with each purchase and falls in silence.
 * At each point it is what `probabilityAlive` says of the history so far. A model with covariates must know those of the
 * customer, and a seasonal one the calendar and the day of the first purchase. Linear in the steps; under BG/BB, each costs
 * the periods since the last purchase.
 *
 * @param history - when the customer bought, in the time unit of `model`: of `purchaseAges`, for BG/BB of
 *   `purchasePeriods`, or written down
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_SHAPE` unless ages ascend from 0 to at most
 *   `age`, in whole periods or, under a seasonal model, whole days, or if its calendar does not reach so far; `BAD_OPTION`
 *   for a step that is no duration, or more than 1,000,000 of them, or where covariates, calendar or first day are missing
 * @see Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD Model"
 * @example
 * const history = { timeUnit: 'week', ages: [0, 2, 3, 8], age: 40 } as const
 * aliveHistory(model, history, { step: { weeks: 1 } }).alive[40] // 0.0821…
 */
export function aliveHistory(model: SummaryModel, history: PurchaseAges, options?: AliveHistoryOptions): AliveHistory
export function aliveHistory(model: BgBbModel, history: PurchasePeriods): AliveHistory
export function aliveHistory(
  model: CustomerModel,
  history: PurchaseAges | PurchasePeriods,
  options: AliveHistoryOptions = {},
): AliveHistory {
  const caller = 'aliveHistory'
  checkModel(caller, model, CUSTOMER_KINDS)
  checkForm(caller, 'history', history, PURCHASE_AGES)
  checkTimeUnit(caller, model, history)
  checkAges(caller, history)
  const { step: stepLength, covariates, calendar, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const { ages, age: end, firstPurchase } = history as PurchaseAges
  const step = stepOf(caller, model, stepLength)
  checkGrain(caller, model, history, step)
  // Ages in weeks are sevenths, whose sums round: a purchase a rounding error after its point is on it.
  const slack = 1e-9 * step
  const points = Math.floor((end + slack) / step) + 1
  if (points > MOST_POINTS) {
    throw new ClienteleError(
      'BAD_OPTION',
      `${caller}: "step" must be longer: ${points} points are more than ${MOST_POINTS}`,
    )
  }
  const { logDropoutOdds } = processOfOne(caller, model, { covariates, calendar, firstPurchase })
  const age = Float64Array.from({ length: points }, (_, point) => Math.min(point * step, end))
  let x = 0
  const alive = age.map((now) => {
    while (x + 1 < ages.length && ages[x + 1]! <= now + slack) x++
    return 1 / (1 + Math.exp(logDropoutOdds(x, ages[x]!, Math.max(now, ages[x]!))))
  })
  return { unit: model.timeUnit, age, alive, purchases: Float64Array.from(ages) }
}

const MOST_POINTS = 1_000_000

const PURCHASE_AGES: Form = {
  is: 'the purchases of a customer, as purchaseAges makes them',
  fields: { ages: 'list', age: 'number', timeUnit: 'text' },
}

function checkAges(caller: string, { ages, age }: PurchaseAges | PurchasePeriods): void {
  const isAscending = Array.from(ages).every((value, i) => (i === 0 ? value === 0 : value > ages[i - 1]!))
  if (ages.length > 0 && isAscending && Number.isFinite(age) && ages[ages.length - 1]! <= age) return
  throw new ClienteleError('BAD_SHAPE', `${caller}: "ages" must ascend from 0 to at most "age", ${age}`)
}

function stepOf(caller: string, { timeUnit }: CustomerModel, step: Duration | undefined): number {
  if (timeUnit !== 'period') return durationIn(caller, 'step', step ?? { days: 1 }, timeUnit)
  if (step === undefined) return 1
  throw badOption(caller, 'step', 'left out for a model of periods, each of which is a point', step)
}

/** Periods are whole, and so are the days of a calendar. */
function checkGrain(
  caller: string,
  { kind, timeUnit }: CustomerModel,
  { ages, age }: PurchaseAges | PurchasePeriods,
  step: number,
): void {
  if (kind !== 'seasonalPurchases' && timeUnit !== 'period') return
  const [grain, name] = timeUnit === 'period' ? [1, 'periods'] : [daysIn(timeUnit), 'days']
  const isWhole = (time: number): boolean =>
    Math.abs(grain * time - Math.round(grain * time)) < 1e-9 * (1 + grain * time)
  if (!isWhole(step)) throw badOption(caller, 'step', 'whole days under a seasonal model', step)
  if (Array.from(ages).every(isWhole) && isWhole(age)) return
  throw new ClienteleError('BAD_SHAPE', `${caller}: "ages" and "age" must be whole ${name} under this model`)
}
