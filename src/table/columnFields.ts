import type { EventFields } from './tableDraft.ts'
import type { EventColumns } from './tableFromColumns.ts'

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
