import { checkNoOthers, checkOptions, checkTimeUnit } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import { type Duration, durationIn } from '../core/timeUnit.ts'
import type { PurchaseAges } from '../table/purchaseAges.ts'
import { checkModel, PURCHASE_KINDS } from './checkModel.ts'
import { type PurchaseModel, processOf } from './purchaseModel.ts'

/** Options of `aliveHistory`. */
export interface AliveHistoryOptions {
  /** Time from one point to the next. @default { days: 1 } */
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
 * Linear in the steps.
 *
 * @param history - when the customer bought, in the time unit of `model`; of `purchaseAges`, or written down
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_SHAPE` unless ages ascend from 0 to at most
 *   `age`; `BAD_OPTION` for a model of periods or with covariates, a step that is no duration, or more than 1,000,000 of them
 * @see Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD Model"
 * @example
 * const history = { timeUnit: 'week', ages: [0, 2, 3, 8], age: 40 } as const
 * aliveHistory(model, history, { step: { weeks: 1 } }).alive[40] // 0.0821…
 */
export function aliveHistory(
  model: PurchaseModel,
  history: PurchaseAges,
  options: AliveHistoryOptions = {},
): AliveHistory {
  const caller = 'aliveHistory'
  checkModel(caller, model, PURCHASE_KINDS)
  checkForm(caller, 'history', history, PURCHASE_AGES)
  checkTimeUnit(caller, model, history)
  checkAges(caller, history)
  const { step: stepLength = { days: 1 }, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const { ages, age: end } = history
  const step = durationIn(caller, 'step', stepLength, model.timeUnit)
  // Ages in weeks are sevenths, whose sums round: a purchase a rounding error after its point is on it.
  const slack = 1e-9 * step
  const points = Math.floor((end + slack) / step) + 1
  if (points > MOST_POINTS) {
    throw new ClienteleError(
      'BAD_OPTION',
      `${caller}: "step" must be longer: ${points} points are more than ${MOST_POINTS}`,
    )
  }
  const { logDropoutOdds } = processOf(model)
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

function checkAges(caller: string, { ages, age }: PurchaseAges): void {
  const isAscending = Array.from(ages).every((value, i) => (i === 0 ? value === 0 : value > ages[i - 1]!))
  if (ages.length > 0 && isAscending && Number.isFinite(age) && ages[ages.length - 1]! <= age) return
  throw new ClienteleError('BAD_SHAPE', `${caller}: "ages" must ascend from 0 to at most "age", ${age}`)
}
