import { badOption } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { type AccumulatorState, seeDay, takeIn } from './accumulatorState.ts'
import type { EventLedger, EventTable } from './eventTable.ts'
import { addToDay } from './settledDays.ts'
import { codeOf } from './textCodes.ts'

/** Adds the events of a table; it holds no ids, so none of them is told to be a replay. */
export function accumulateTable(caller: string, state: AccumulatorState, table: EventTable): EventLedger {
  if (table.timeZone !== state.zone.timeZone) {
    throw badOption(caller, 'timeZone', `${state.zone.timeZone}, as that of the accumulator`, table.timeZone)
  }
  shareCurrency(caller, state, table.currency)
  const isPlain = table.orders.length === 0 && table.types.every((type) => type === 'purchase')
  if (isPlain) addPurchases(state, table)
  else addAny(state, table)
  state.counts.replays += table.ledger.replays
  state.counts.rejected += table.ledger.rejected.length
  return table.ledger
}

/** Purchases that nobody can refer to need no look at their orders. */
function addPurchases(state: AccumulatorState, { customers, offsets, day, value }: EventTable): void {
  for (let c = 0; c < customers.length; c++) {
    const customer = codeOf(state.customers, customers[c]!)
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
      seeDay(state, day[i]!)
      addToDay(state.settled.days, customer, day[i]!, value[i]!, 1)
    }
  }
  state.counts.accepted += day.length
}

function addAny(state: AccumulatorState, table: EventTable): void {
  const { customers, offsets, day, type, order, orders, time, value } = table
  for (let c = 0; c < customers.length; c++) {
    const customer = codeOf(state.customers, customers[c]!)
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
      takeIn(state, {
        customer,
        time: time[i]!,
        day: day[i]!,
        type: type[i]!,
        value: value[i]!,
        order: order[i] === -1 ? '' : orders[order[i]!]!,
        id: -1,
      })
    }
  }
}

/** Notes the currency of what is added; any other than that of what is there is refused. */
export function shareCurrency(caller: string, state: AccumulatorState, currency: string): void {
  if (currency === '' || currency === state.currency) return
  if (state.currency === '') {
    state.currency = currency
    return
  }
  throw new ClienteleError(
    'MIXED_CURRENCIES',
    `${caller}: what is added is in "${currency}", the accumulator in "${state.currency}"; convert all money to one ` +
      'currency first',
  )
}
