import { MAX_TIME_MS } from '../core/calendar.ts'
import { FACTS, scanPurchasesInto } from '../kernels/scanEvents.ts'
import type { Dictionary } from '../table/dictionary.ts'
import { PURCHASE, REFUND, type TableDraft } from '../table/tableDraft.ts'
import type { EventBatch } from './eventBatch.ts'

/** Adds batches of purchases and refunds to the draft of a table by the numbers of their ids: each text is seen once. */
export interface CodedRows {
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
    add(draft, { coded, columns }) {
      const { time, value, currency, channel, id, source } = columns
      const more = currency ?? channel ?? id ?? source
      if (coded === undefined || more !== undefined || !areBelow(coded.type, REFUND + 1)) return false
      if (!(time instanceof Float64Array && value instanceof Float64Array)) return false
      if (scanPurchasesInto(time, value, MAX_TIME_MS, new Float64Array(FACTS)) < time.length) return false
      const { customer, order, type } = coded
      const hasOrders = !areBelow(order, 1)
      if (!areBelow(customer, coded.customers.length)) return false
      if (hasOrders && !areBelow(order, coded.orders.length + 1)) return false
      const first = draft.accepted
      const customerNumbers = customers.numbersOf(customer, 0, coded.customers, draft.customers)
      for (let i = 0; i < customer.length; i++) draft.code[first + i] = customerNumbers[customer[i]!]! - 1
      if (hasOrders) {
        const orderNumbers = orders.numbersOf(order, 1, coded.orders, draft.orders)
        for (let i = 0; i < order.length; i++)
          draft.order[first + i] = order[i] === 0 ? 0 : orderNumbers[order[i]! - 1]!
      }
      draft.time.set(time, first)
      draft.value.set(value, first)
      draft.type.set(type, first)
      draft.accepted += time.length
      draft.isPlain &&= !hasOrders && areBelow(type, PURCHASE + 1)
      return true
    },
  }
}

/** Turns the numbers of a list of names into those of a dictionary. */
interface Renumbering {
  /**
   * The number in `dictionary` of each name that some rows have, plus 1, by its number in the list; 0 where no row had it.
   *
   * @param base - what the codes of rows are above the numbers; below it, a row has none
   */
  numbersOf(codes: Uint32Array, base: number, list: readonly string[], dictionary: Dictionary): Uint32Array
}

function renumbering(): Renumbering {
  let names: readonly string[] = []
  let numbers = new Uint32Array(0)
  return {
    numbersOf(codes, base, list, dictionary) {
      if (list !== names) numbers = new Uint32Array(list.length)
      names = list
      if (list.length > numbers.length) {
        const longer = new Uint32Array(Math.max(list.length, 2 * numbers.length))
        longer.set(numbers)
        numbers = longer
      }
      for (let i = 0; i < codes.length; i++) {
        const code = codes[i]! - base
        // Names get their numbers in the order of the rows.
        if (numbers[code] === 0) numbers[code] = dictionary.codeOf(list[code]!) + 1
      }
      return numbers
    },
  }
}

function areBelow(codes: Uint8Array | Uint32Array, limit: number): boolean {
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= limit) return false
  return true
}
