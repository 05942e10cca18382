import { parseDay } from '../../core/calendar.ts'
import { checkList, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { checkSeed, randomFrom } from '../../core/random.ts'
import { daysIn } from '../../core/timeUnit.ts'
import { customerSummaryFromColumns } from '../../table/customerSummaryFromColumns.ts'
import { checkModel } from '../checkModel.ts'
import { processesOf } from '../customerProcesses.ts'
import type { CalendarHistories } from './calendarHistories.ts'
import { checkPurchaseCalendar, type PurchaseCalendar } from './purchaseCalendar.ts'
import type { SeasonalPurchasesModel } from './seasonalPurchases.ts'
import { withCalendar } from './withCalendar.ts'

/** Options of `simulateSeasonalHistories`. */
export interface SimulateSeasonalOptions {
  /** The day on which each customer bought first, such as `'1997-01-01'`; the calendar must reach from there to `asOf`. */
  readonly firstDays: readonly string[]
  /** Last day observed, inclusive. */
  readonly asOf: string
  /** Determines every draw. @default 1 */
  readonly seed?: number
}

/**
 * Customers who behave as a seasonal model says, from their first purchase up to a day. Purchases come at any instant and
 * count by the day, as in data: several on a day are one. Linear in the purchases.
 *
 * @throws {ClienteleError} `BAD_OPTION` for a seed or a day that is none; `BAD_SHAPE` if a customer begins after `asOf`;
 *   as `withCalendar`, if the calendar ends too early
 * @see Fader, Hardie & Lee (2005), section 2, for what BG/NBD assumes
 * @example
 * const seasonal = fitSeasonalPurchases(histories, calendar)
 * const firstDays = Array.from({ length: 500 }, () => '1997-01-06')
 * simulateSeasonalHistories(seasonal, calendar, { firstDays, asOf: '1997-09-30' }).customers.length // 500
 */
export function simulateSeasonalHistories(
  model: SeasonalPurchasesModel,
  calendar: PurchaseCalendar,
  options: SimulateSeasonalOptions,
): CalendarHistories {
  const caller = 'simulateSeasonalHistories'
  checkModel(caller, model, ['seasonalPurchases'])
  checkPurchaseCalendar(caller, calendar)
  const { firstDays, asOf, seed = 1, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const lastDay = parseDay(caller, 'asOf', asOf)
  const first = Int32Array.from(checkList(caller, 'firstDays', firstDays), (day) => parseDay(caller, 'firstDays', day))
  const late = first.findIndex((day) => day > lastDay)
  if (late >= 0) {
    throw new ClienteleError('BAD_SHAPE', `${caller}: customer ${late} begins on ${firstDays[late]}, after ${asOf}`)
  }
  const { timeUnit } = model
  const unit = daysIn(timeUnit)
  const random = randomFrom(checkSeed(caller, seed))
  const zeros = new Float64Array(first.length)
  const age = Float64Array.from(first, (day) => (lastDay - day) / unit)
  const newcomers = customerSummaryFromColumns({ repeats: zeros, ageAtLast: zeros, age }, { timeUnit })
  const beginnings = {
    timeUnit,
    lastDay,
    day: first,
    offsets: Uint32Array.from({ length: first.length + 1 }, (_, c) => c),
  }
  const { customers } = newcomers
  const { of } = processesOf(caller, model, withCalendar(newcomers, { ...beginnings, customers }, calendar))
  const days = Array.from(first, (begin, c) => {
    const repeats = of(c).simulate(random, age[c]!)
    return [...new Set([begin, ...repeats.map((time) => begin + Math.round(time * unit))])]
  })
  const offsets = new Uint32Array(first.length + 1)
  days.forEach((own, c) => {
    offsets[c + 1] = offsets[c]! + own.length
  })
  return { customers, timeUnit, offsets, day: Int32Array.from(days.flat()), lastDay }
}
