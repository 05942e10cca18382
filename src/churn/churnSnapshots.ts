import { dayText, parseDay } from '../core/calendar.ts'
import { badOption, checkList, checkNoOthers, checkOptions } from '../core/checks.ts'
import { checkForm, type Form } from '../core/form.ts'
import { checkUnit, type Duration, durationIn, type TimeUnit } from '../core/timeUnit.ts'
import { checkTable } from '../table/checkTable.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { EventTable } from '../table/eventTable.ts'
import type { FeatureMatrix } from '../table/featureMatrix.ts'
import { holdout } from '../table/holdout.ts'
import { checkChurnColumns, defaultChurnColumns } from './churnColumns.ts'
import { churnFeatures } from './churnFeatures.ts'

/**
 * What was known of each customer at one or more cut-offs, and whether they bought afterwards. Snapshots stand one below
 * the other: rows `offsets[s]` up to `offsets[s + 1]` are the customers of `summaries[s]`, in its order.
 */
export interface Snapshots {
  /** First days of the futures, `YYYY-MM-DD`, ascending. */
  readonly cutoffs: readonly string[]
  readonly horizonDays: number
  readonly timeUnit: TimeUnit
  /** One row a customer and cut-off, made of events before the cut-off. */
  readonly matrix: FeatureMatrix
  /** 1 if the customer had no purchase day from the cut-off on for the horizon, 0 otherwise. */
  readonly labels: Uint8Array
  /** First row of each snapshot, and at the end the number of rows. */
  readonly offsets: Uint32Array
  /** What the customers of each snapshot had done before its cut-off. */
  readonly summaries: readonly CustomerSummary[]
}

const SNAPSHOTS: Form = {
  is: 'snapshots, as churnSnapshots makes them',
  fields: {
    labels: 'typed array',
    offsets: 'typed array',
    matrix: 'object',
    summaries: 'list',
    cutoffs: 'list',
    timeUnit: 'text',
  },
}

/** Throws `BAD_OPTION` unless `snapshots` are what `churnSnapshots` makes. */
export function checkSnapshots(caller: string, snapshots: Snapshots): void {
  checkForm(caller, 'snapshots', snapshots, SNAPSHOTS)
}

/** Options of `churnSnapshots`. */
export interface ChurnSnapshotsOptions {
  /** First days of the futures, `YYYY-MM-DD`, all different. */
  readonly cutoffs: readonly string[]
  /** How long customers must stay away to count as churned, in whole days. */
  readonly horizon: Duration
  /** Unit of the durations. @default 'week' */
  readonly timeUnit?: TimeUnit
  /** Last day that the data covers, `YYYY-MM-DD`. @default the last day with an event */
  readonly asOf?: string
  /** Columns of the matrix. @default `defaultChurnColumns(table)` */
  readonly columns?: readonly string[]
}

/**
 * Looks at customers as they stood at each cut-off, and at what they did next. Features see the days before the cut-off
 * only, labels the days from it on, so that nothing can leak from the one to the other.
 *
 * Linear in events × cut-offs.
 *
 * @throws {ClienteleError} `BAD_OPTION` without cut-offs, for one that comes twice or is no day, or for an unknown column;
 *   `NOT_ENOUGH_DATA` if a future runs past the data or nobody had bought before a cut-off
 * @example
 * const snapshots = churnSnapshots(table, { cutoffs: ['1997-10-01', '1998-01-01'], horizon: { weeks: 13 } })
 * snapshots.labels[0] // 0, as that customer bought from 1997-10-01 to 1997-12-30
 */
export function churnSnapshots(table: EventTable, options: ChurnSnapshotsOptions): Snapshots {
  const caller = 'churnSnapshots'
  checkTable(caller, table)
  const {
    cutoffs: days,
    horizon,
    timeUnit = 'week',
    asOf,
    columns = defaultChurnColumns(table),
    ...others
  } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkUnit(caller, timeUnit)
  checkChurnColumns(caller, columns)
  const horizonDays = durationIn(caller, 'horizon', horizon, 'day')
  const cutoffs = checkedCutoffs(caller, days)
  const parts = cutoffs.map((cutoff) => {
    const { after } = holdout(table, { cutoff, horizon, timeUnit, ...(asOf === undefined ? {} : { asOf }) })
    const dayBefore = dayText(parseDay(caller, 'cutoffs', cutoff) - 1)
    return { ...churnFeatures(table, { asOf: dayBefore, timeUnit, columns }), after }
  })
  const offsets = new Uint32Array(parts.length + 1)
  parts.forEach(({ matrix }, s) => {
    offsets[s + 1] = offsets[s]! + matrix.rows
  })
  const labels = new Uint8Array(offsets[parts.length]!)
  parts.forEach(({ after }, s) => {
    after.purchaseDays.forEach((days, row) => {
      labels[offsets[s]! + row] = days === 0 ? 1 : 0
    })
  })
  return {
    cutoffs,
    horizonDays,
    timeUnit,
    matrix: stacked(parts.map(({ matrix }) => matrix)),
    labels,
    offsets,
    summaries: parts.map(({ summary }) => summary),
  }
}

function checkedCutoffs(caller: string, cutoffs: readonly string[]): string[] {
  if (checkList(caller, 'cutoffs', cutoffs).length === 0) throw badOption(caller, 'cutoffs', 'at least one day', 'none')
  const sorted = cutoffs.map((cutoff) => dayText(parseDay(caller, 'cutoffs', cutoff))).sort()
  sorted.forEach((cutoff, s) => {
    if (cutoff === sorted[s - 1]) throw badOption(caller, 'cutoffs', 'days that are all different', cutoff)
  })
  return sorted
}

/** Matrices of the same columns, one below the other. */
function stacked(parts: readonly FeatureMatrix[]): FeatureMatrix {
  const { columns } = parts[0]!
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  const values = new Float64Array(columns.length * rows)
  let first = 0
  for (const part of parts) {
    for (let j = 0; j < columns.length; j++) {
      values.set(part.values.subarray(j * part.rows, (j + 1) * part.rows), j * rows + first)
    }
    first += part.rows
  }
  return { columns, rows, values }
}
