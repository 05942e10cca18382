import { groupByCodeInto } from '../kernels/groupByCode.ts'
import { sortGroupsInto } from '../kernels/sortGroups.ts'
import { EVENT_TYPES } from './customerEvent.ts'
import type { EventLedger, EventTable } from './eventTable.ts'
import { looseByCodes } from './loosePurchases.ts'
import { spanOf } from './purchaseSpan.ts'
import { givenNames, purchaseTable } from './purchaseTable.ts'
import type { TableDraft } from './tableDraft.ts'

/** Sorts a draft by customer and time into a table. */
export function finishTable(draft: TableDraft): EventTable {
  return draft.isPlain ? plainTable(draft) : mixedTable(draft)
}

function plainTable(draft: TableDraft): EventTable {
  const { accepted } = draft
  const customers = draft.customers.names()
  const time = firstRows(draft.time, accepted)
  const value = firstRows(draft.value, accepted)
  const codes = draft.code.subarray(0, accepted)
  const purchases = looseByCodes(codes, customers.length, { time, value, span: spanOf(time, value)!, zone: draft.zone })
  return purchaseTable(purchases, givenNames(customers), draft.currency, ledgerOf(draft))
}

/** The part of a column that is used. A draft is not read again, so the table may keep it, unless it is much longer. */
function firstRows(column: Float64Array, rows: number): Float64Array {
  return 8 * (column.length - rows) <= column.length ? column.subarray(0, rows) : column.slice(0, rows)
}

function mixedTable(draft: TableDraft): EventTable {
  const { accepted, zone } = draft
  const customers = draft.customers.names()
  const offsets = new Uint32Array(customers.length + 1)
  const rows = new Uint32Array(accepted)
  groupByCodeInto(draft.code.subarray(0, accepted), offsets, rows)
  sortGroupsInto(offsets, draft.time, draft.type, draft.value, rows, new Uint32Array(accepted))
  const time = new Float64Array(accepted)
  const day = new Int32Array(accepted)
  const type = new Uint8Array(accepted)
  const value = new Float64Array(accepted)
  const order = new Int32Array(accepted)
  const channel = new Uint8Array(accepted)
  const occurs = new Uint8Array(EVENT_TYPES.length)
  for (let i = 0; i < accepted; i++) {
    const row = rows[i]!
    time[i] = draft.time[row]!
    day[i] = zone.dayOf(time[i]!)
    type[i] = draft.type[row]!
    value[i] = draft.value[row]!
    order[i] = draft.order[row]! - 1
    channel[i] = draft.channel[row]!
    occurs[type[i]!] = 1
  }
  return {
    customers,
    offsets,
    time,
    day,
    types: EVENT_TYPES.filter((_, code) => occurs[code] === 1),
    type,
    value,
    order,
    orders: draft.orders.names(),
    channel,
    currency: draft.currency,
    timeZone: zone.timeZone,
    ledger: ledgerOf(draft),
  }
}

function ledgerOf({ accepted, replays, rejected }: TableDraft): EventLedger {
  return { accepted, replays, rejected }
}
