import { dayText, parseDay } from '../core/calendar.ts'
import { badOption, checkInteger, checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { type Duration, durationIn } from '../core/timeUnit.ts'
import { checkTable } from '../table/checkTable.ts'
import type { EventTable } from '../table/eventTable.ts'
import { lastDay } from '../table/lastDay.ts'

/** Cut-offs to learn from and one to be judged by. */
export interface ChurnCutoffs {
  /** Ascending; the future of each ends before `evaluation`. */
  readonly training: readonly string[]
  /** Its future is the last that the data covers. */
  readonly evaluation: string
}

/** Options of `defaultCutoffs`. */
export interface DefaultCutoffsOptions {
  /** How long customers must stay away to count as churned, in whole days. */
  readonly horizon: Duration
  /** Last day that the data covers, `YYYY-MM-DD`. @default the last day with an event */
  readonly asOf?: string
  /** Most training cut-offs, 1 to 100. @default 4 */
  readonly training?: number
}

/**
 * Chooses cut-offs by the data's own length: the latest future is kept to judge by, the ones before it, end to end, are
 * learnt from, as many as leave one horizon of history before the first. Nothing learnt from overlaps what judges.
 *
 * @throws {ClienteleError} `BAD_OPTION` if `asOf` is no day or the horizon no whole number of days; `NOT_ENOUGH_DATA`, with
 *   the days that are missing, if the data covers less than three horizons
 * @example
 * defaultCutoffs(table, { horizon: { weeks: 13 }, asOf: '1998-06-30' })
 * // { training: ['1997-04-02', '1997-07-02', '1997-10-01', '1997-12-31'], evaluation: '1998-04-01' }
 */
export function defaultCutoffs(table: EventTable, options: DefaultCutoffsOptions): ChurnCutoffs {
  const caller = 'defaultCutoffs'
  checkTable(caller, table)
  const { horizon, asOf = lastDay(table), training = 4, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkInteger(caller, 'training', training, 1, 100)
  const days = durationIn(caller, 'horizon', horizon, 'day')
  if (!Number.isInteger(days)) throw badOption(caller, 'horizon', 'a whole number of days', days)
  const end = parseDay(caller, 'asOf', asOf) + 1
  const covered = end - firstDay(caller, table)
  const count = Math.min(training, Math.floor(covered / days) - 2)
  if (count < 1) {
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `${caller}: to learn and to judge takes three horizons, ${3 * days} days; up to ${asOf} the data covers ` +
        `${Math.max(covered, 0)}, so ${3 * days - Math.max(covered, 0)} are missing`,
    )
  }
  const evaluation = end - days
  return {
    training: Array.from({ length: count }, (_, k) => dayText(evaluation - (count - k) * days)),
    evaluation: dayText(evaluation),
  }
}

function firstDay(caller: string, table: EventTable): number {
  if (table.day.length === 0) throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: the table has no events`)
  return table.day.reduce((first, day) => Math.min(first, day))
}
