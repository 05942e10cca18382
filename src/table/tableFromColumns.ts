import { checkLength, checkList, checkNoOthers, checkObject } from '../core/checks.ts'
import type { CustomerEvent } from './customerEvent.ts'
import type { EventTable, EventTableOptions } from './eventTable.ts'
import { finishTable } from './finishTable.ts'
import { tableOfPurchases } from './purchaseColumns.ts'
import { addEvent, type EventFields, resolveTableOptions, tableDraft } from './tableDraft.ts'

/** Events as columns of equal length, one value an event. A field that is left out is left out of every event. */
export interface EventColumns {
  readonly customer: ArrayLike<string | number | bigint>
  /** As in `CustomerEvent`: dates, ms since 1970 UTC, or ISO 8601 text. */
  readonly time: ArrayLike<Date | number | string>
  /** Money; needed where there are purchases or refunds. */
  readonly value?: ArrayLike<number | undefined>
  /** @default all are purchases */
  readonly type?: ArrayLike<CustomerEvent['type']>
  readonly order?: ArrayLike<string | undefined>
  readonly currency?: ArrayLike<string | undefined>
  readonly channel?: ArrayLike<NonNullable<CustomerEvent['channel']> | undefined>
  readonly id?: ArrayLike<string | undefined>
  readonly source?: ArrayLike<string | undefined>
}

/**
 * Groups events that stand in columns by customer, oldest first: `eventTable` without the objects.
 *
 * Purchases with nothing but customer, time and value take a short way: some 10 ns an event for whole-number ids in a
 * typed array and times and values in `Float64Array`. They are put in order only when the table's times or values are
 * first read, which a summary does not need. Until then, and for good if they are in order already, the table keeps the
 * columns `time` and `value` themselves instead of copies: do not write to them afterwards. Many purchases by ascending
 * numbers of customers and by day are summed up at once, for 32 bytes a customer, which makes their summaries quick.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if the columns differ in length, and as `eventTable`
 * @example
 * const table = eventTableFromColumns({
 *   customer: Uint32Array.of(1, 2, 1),
 *   time: ['2024-05-02', '2024-05-03', '2024-06-01'],
 *   value: Float64Array.of(30, 12, 25),
 * })
 * table.customers // ['1', '2']
 */
export function eventTableFromColumns(columns: EventColumns, options: EventTableOptions = {}): EventTable {
  const caller = 'eventTableFromColumns'
  checkEventColumns(caller, columns)
  const { customer, time, value, type, order, currency, channel, id, source } = columns
  const { zone, currency: tableCurrency } = resolveTableOptions(caller, options)
  const more = type ?? order ?? currency ?? channel ?? id ?? source
  const isPlain = value !== undefined && more === undefined && customer.length > 0
  const purchases = isPlain ? tableOfPurchases({ customer, time, value }, zone, tableCurrency) : undefined
  if (purchases !== undefined) return purchases
  const draft = tableDraft(caller, customer.length, options)
  const fieldsAt = columnFields(columns)
  for (let i = 0; i < customer.length; i++) addEvent(draft, i, fieldsAt(i))
  return finishTable(draft)
}

/** Throws unless `columns` are lists (`BAD_OPTION`) of one length (`BAD_SHAPE`), with those that every event needs. */
export function checkEventColumns(caller: string, columns: EventColumns): void {
  const { customer, time, value, type, order, currency, channel, id, source, ...others } = checkObject(
    caller,
    'columns',
    columns,
  )
  checkNoOthers(caller, others)
  const rows = checkList(caller, 'customer', customer).length
  checkLength(caller, 'time', time, rows)
  for (const [name, column] of Object.entries({ value, type, order, currency, channel, id, source })) {
    if (column !== undefined) checkLength(caller, name, column, rows)
  }
}

/** Reads the events of columns row by row, as `addEvent` takes them. */
export function columnFields(columns: EventColumns): (row: number) => EventFields {
  const { customer, time, value, type, order, currency, channel, id, source } = columns
  return (row) => ({
    type: type === undefined ? 'purchase' : type[row],
    customer: customer[row],
    time: time[row],
    value: value?.[row],
    order: order?.[row],
    currency: currency?.[row],
    channel: channel?.[row],
    id: id?.[row],
    source: source?.[row],
  })
}
