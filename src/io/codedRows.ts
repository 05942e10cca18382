import { MAX_TIME_MS } from '../core/calendar.ts'
import { FACTS, scanPurchasesInto } from '../kernels/scanEvents.ts'
import type { Dictionary } from '../table/dictionary.ts'
import { giveRoom, REFUND, type TableDraft } from '../table/tableDraft.ts'
import type { EventBatch } from './eventBatch.ts'
import { type HostDictionary, hostDictionary } from './hostDictionary.ts'

/** Adds batches of purchases and refunds to the draft of a table by the numbers of their ids: each text is seen once. */
export interface CodedRows {
  /** What numbers the customers of the draft. */
  readonly customers: Dictionary
  /** What numbers its orders. */
  readonly orders: Dictionary
  /**
   * Adds a batch for which the draft has room; `false`, and nothing is added, if it has no numbers, or holds anything but
   * purchases and refunds of which customer, time, value and order are known.
   */
  add(draft: TableDraft, batch: EventBatch): boolean
}

/** What adds the batches of one table. */
export function codedRows(): CodedRows {
  const customers = renumbering()
  const orders = renumbering()
  return {
    customers: customers.dictionary,
    orders: orders.dictionary,
    add(draft, { coded, columns }) {
      const { time, value, currency, channel, id, source } = columns
      const more = currency ?? channel ?? id ?? source
      if (coded === undefined || more !== undefined) return false
      if (!(time instanceof Float64Array && value instanceof Float64Array)) return false
      if (scanPurchasesInto(time, value, MAX_TIME_MS, new Float64Array(FACTS)) < time.length) return false
      const { customer, order, type } = coded
      const hasRefunds = !areBelow(type, REFUND)
      if (hasRefunds && !areBelow(type, REFUND + 1)) return false
      const hasOrders = !areBelow(order, 1)
      if (hasOrders && !areBelow(order, coded.orders.length + 1)) return false
      const first = draft.accepted
      if (!renumber(customers, customer, 0, coded.customers, draft.code.subarray(first))) return false
      draft.time.set(time, first)
      draft.value.set(value, first)
      draft.isPlain &&= !hasOrders && !hasRefunds
      if (!draft.isPlain) {
        giveRoom(draft, draft.code.length)
        draft.type.set(type, first)
        if (hasOrders) renumber(orders, order, 1, coded.orders, draft.order.subarray(first))
      }
      draft.accepted += time.length
      return true
    },
  }
}

/** How numbers in a list of names become those of a dictionary. */
interface Renumbering {
  readonly dictionary: HostDictionary
  names: readonly string[]
  /** By number in the list, plus 1; 0 while no row had the name. */
  numbers: Uint32Array
}

function renumbering(): Renumbering {
  return { dictionary: hostDictionary(), names: [], numbers: new Uint32Array(0) }
}

/**
 * Turns codes by a list of names into codes by a dictionary, to which names come in the order of the rows. `false`, and
 * nothing is done, if a code is beyond the list.
 *
 * @param base - what codes are above the numbers; a code below it stands for nothing and stays
 */
function renumber(
  known: Renumbering,
  codes: Uint32Array,
  base: number,
  names: readonly string[],
  out: Uint32Array,
): boolean {
  const { dictionary } = known
  if (dictionary.adopt(names, codes, base)) {
    out.set(codes)
    return true
  }
  if (!areBelow(codes, names.length + base)) return false
  const before = known.names === names ? known.numbers : new Uint32Array(0)
  known.names = names
  known.numbers = before
  if (names.length > before.length) {
    known.numbers = new Uint32Array(Math.max(names.length, 2 * before.length))
    known.numbers.set(before)
  }
  const { numbers } = known
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code < base) {
      out[i] = code
      continue
    }
    let number = numbers[code - base]!
    if (number === 0) {
      number = dictionary.codeOf(names[code - base]!) + 1
      numbers[code - base] = number
    }
    out[i] = number - 1 + base
  }
  return true
}

function areBelow(codes: Uint8Array | Uint32Array, limit: number): boolean {
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= limit) return false
  return true
}
