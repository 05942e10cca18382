import { MAX_TIME_MS } from '../core/calendar.ts'
import { FACTS, scanPurchasesInto } from '../kernels/scanEvents.ts'
import type { Dictionary } from '../table/dictionary.ts'
import { REFUND, type TableDraft } from '../table/tableDraft.ts'
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
      const hasOrders = order.some(Boolean)
      if (!areBelow(customer, coded.customers.length)) return false
      if (hasOrders && !areBelow(order, coded.orders.length + 1)) return false
      const first = draft.accepted
      customers.use(coded.customers, draft.customers)
      for (let i = 0; i < customer.length; i++) draft.code[first + i] = customers.numberOf(customer[i]!)
      if (hasOrders) {
        orders.use(coded.orders, draft.orders)
        for (let i = 0; i < order.length; i++) {
          draft.order[first + i] = order[i] === 0 ? 0 : orders.numberOf(order[i]! - 1) + 1
        }
      }
      draft.time.set(time, first)
      draft.value.set(value, first)
      draft.type.set(type, first)
      draft.accepted += time.length
      draft.isPlain &&= !hasOrders && !type.some(Boolean)
      return true
    },
  }
}

/** Turns the numbers of a list of names into those of a dictionary. */
interface Renumbering {
  use(names: readonly string[], dictionary: Dictionary): void
  /** The number of the name with this number in the list; the first row that asks puts it into the dictionary. */
  numberOf(code: number): number
}

function renumbering(): Renumbering {
  let names: readonly string[] = []
  let dictionary: Dictionary | undefined
  let numbers = new Uint32Array(0) // plus 1; 0 while no row has asked
  return {
    use(list, into) {
      const known = list === names ? numbers : new Uint32Array(0)
      if (list.length > known.length) {
        numbers = new Uint32Array(Math.max(list.length, 2 * known.length))
        numbers.set(known)
      } else {
        numbers = known
      }
      names = list
      dictionary = into
    },
    numberOf(code) {
      if (numbers[code] === 0) numbers[code] = dictionary!.codeOf(names[code]!) + 1
      return numbers[code]! - 1
    },
  }
}

function areBelow(codes: Uint8Array | Uint32Array, limit: number): boolean {
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= limit) return false
  return true
}
