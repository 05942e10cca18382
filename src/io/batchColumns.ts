import { CHANNELS, EVENT_TYPES } from '../table/customerEvent.ts'
import { lazyColumn } from '../table/lazyColumn.ts'
import type { EventFields, TableDraft } from '../table/tableDraft.ts'
import type { EventColumns } from '../table/tableFromColumns.ts'
import type { CodedEvents } from './codedEvents.ts'
import { ownText } from './ownText.ts'

/**
 * The events of a batch as columns. What is not in its draft is in `extras`, by row.
 */
export function batchColumns(draft: TableDraft, coded: CodedEvents, extras: readonly EventFields[]): EventColumns {
  const { accepted, isPlain } = draft
  const columns = {
    time: draft.time.subarray(0, accepted),
    value: draft.value.subarray(0, accepted),
    ...(isPlain ? {} : mixedColumns(draft)),
    ...extraColumns(extras, accepted),
  }
  const hasOrders = (!isPlain && coded.order.some(Boolean)) || extras.some(({ order }) => order !== undefined)
  return Object.defineProperties(columns, {
    customer: lazyColumn(() => customersOf(coded)),
    ...(hasOrders ? { order: lazyColumn(() => ordersOf(coded, extras)) } : {}),
  }) as typeof columns & Pick<EventColumns, 'customer'>
}

/** The columns that events other than purchases may need. */
function mixedColumns(draft: TableDraft): Pick<EventColumns, 'value' | 'type' | 'channel'> {
  const { accepted } = draft
  const value = draft.value.subarray(0, accepted)
  const type = draft.type.subarray(0, accepted)
  const channel = draft.channel.subarray(0, accepted)
  return {
    // NaN is a cancellation of the whole order, which columns write as no value.
    value: value.some(Number.isNaN) ? Array.from(value, (money) => (Number.isNaN(money) ? undefined : money)) : value,
    ...(type.some(Boolean) ? { type: Array.from(type, (code) => EVENT_TYPES[code]!) } : {}),
    ...(channel.some(Boolean) ? { channel: Array.from(channel, (code) => CHANNELS[code]!) } : {}),
  }
}

function customersOf({ customer, customers }: CodedEvents): string[] {
  return Array.from(customer, (code) => customers[code]!)
}

function ordersOf({ order, orders }: CodedEvents, extras: readonly EventFields[]): (string | undefined)[] {
  return Array.from(order, (code, row) => (code > 0 ? orders[code - 1]! : ownOrNone(extras[row]?.order)))
}

const EXTRAS = ['currency', 'id', 'source'] as const

/** The columns that hold anything, of those that a draft does not keep as they came. */
function extraColumns(extras: readonly EventFields[], rows: number): Partial<EventColumns> {
  const column = (part: (typeof EXTRAS)[number]): (string | undefined)[] =>
    Array.from({ length: rows }, (_, row) => ownOrNone(extras[row]?.[part]))
  const isUsed = (part: (typeof EXTRAS)[number]): boolean => extras.some((fields) => fields[part] !== undefined)
  return Object.fromEntries(EXTRAS.filter(isUsed).map((part) => [part, column(part)]))
}

function ownOrNone(value: unknown): string | undefined {
  return value === undefined ? undefined : ownText(String(value))
}
