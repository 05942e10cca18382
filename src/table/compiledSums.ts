import { MAX_TIME_MS } from '../core/calendar.ts'
import { compiled, memoryPlan } from '../core/webAssembly.ts'
import type { WholeNumbers } from '../kernels/scanEvents.ts'
import { EXACT } from '../kernels/summariseEvents.ts'
import { ORDEREDSUMS_WASM } from '../kernels/wasm/orderedSums.wasm.ts'
import type { CustomerSums, SumsPiece } from './customerSums.ts'
import { mayAscend } from './loosePurchases.ts'
import type { PurchaseSpan } from './purchaseSpan.ts'

/** What orderedSums.as.ts exports. */
interface Kernels {
  checkBlock(time: number, value: number, rows: number, maxTime: number, day: number): number
  sumBlock(ids: number, day: number, value: number, rows: number, out: number, room: number): number
  sumRest(out: number, room: number): number
  readonly low: Global
  readonly high: Global
  readonly least: Global
  readonly finalDay: Global
  readonly largest: Global
  readonly gross: Global
  readonly grossLost: Global
}

interface Global {
  readonly value: number
}

/** Purchases that stand by customer and day, ids ascending. */
export interface OrderedPurchases {
  /** The ids, ascending: some in each piece. */
  readonly ids: readonly Float64Array[]
  /** Length: ids + 1. Purchases of customer `c` are `offsets[c]` up to `offsets[c + 1]`. */
  readonly offsets: Uint32Array
  readonly span: PurchaseSpan
  /** Nothing, if a sum may depend on the order of its parts. */
  readonly sums?: CustomerSums
}

/** Fewest purchases that are worth a memory of their own. */
const FEWEST = 2 ** 17

/** Purchases that are handed over at a time, an even number: few enough for the second cache. */
const BLOCK = 2 ** 14

/** Bytes of what is written for a customer. */
const OUT_BYTES = 40

/**
 * Checks purchases, finds their customers and sums these up by days of UTC, all in one look at them. Nothing, if ids or a
 * customer's days do not ascend, if anything is not as it should be, where there is no WebAssembly, or if it is not worth it.
 */
export function sumsCompiled(ids: WholeNumbers, time: Float64Array, value: Float64Array): OrderedPurchases | undefined {
  const rows = ids.length
  if (rows < FEWEST || !mayAscend(ids)) return undefined
  const plan = memoryPlan()
  const at = {
    ids: plan.take(BLOCK + 1, 8),
    time: plan.take(BLOCK, 8),
    value: plan.take(BLOCK, 8),
    day: plan.take(BLOCK, 8),
    out: plan.take(BLOCK, OUT_BYTES),
  }
  const found = compiled<Kernels>(ORDEREDSUMS_WASM, plan.bytes())
  if (found === undefined) return undefined
  const { kernels, buffer } = found
  const block = {
    ids: new Float64Array(buffer, at.ids, BLOCK),
    time: new Float64Array(buffer, at.time, BLOCK),
    value: new Float64Array(buffer, at.value, BLOCK),
  }
  const customersOf = customerReader(buffer, at.out)
  const pieces: NamedPiece[] = []
  for (let from = 0; from < rows; from += BLOCK) {
    const length = Math.min(BLOCK, rows - from)
    block.ids.set(ids.subarray(from, from + length))
    block.time.set(time.subarray(from, from + length))
    block.value.set(value.subarray(from, from + length))
    if (length % 2 > 0) {
      // They are checked in pairs.
      block.time[length] = block.time[length - 1]!
      block.value[length] = block.value[length - 1]!
    }
    if (kernels.checkBlock(at.time, at.value, length + (length % 2), MAX_TIME_MS, at.day) === 0) return undefined
    const count = kernels.sumBlock(at.ids, at.day, at.value, length, at.out, BLOCK)
    if (count < 0) return undefined
    if (count > 0) pieces.push(customersOf(count))
  }
  pieces.push(customersOf(kernels.sumRest(at.out, BLOCK)))
  return joined(pieces, rows, kernels)
}

interface NamedPiece extends SumsPiece {
  readonly ids: Float64Array
  readonly starts: Uint32Array
}

/** Reads what `sumBlock` has written. */
function customerReader(buffer: ArrayBuffer, out: number): (count: number) => NamedPiece {
  const wide = (k: number): Float64Array => new Float64Array(buffer, out + 8 * k * BLOCK, BLOCK)
  const [ids, total, meanRepeatValue] = [wide(0), wide(1), wide(2)]
  const narrow = out + 24 * BLOCK
  const starts = new Uint32Array(buffer, narrow, BLOCK)
  const repeats = new Uint32Array(buffer, narrow + 4 * BLOCK, BLOCK)
  const firstDay = new Int32Array(buffer, narrow + 8 * BLOCK, BLOCK)
  const finalDay = new Int32Array(buffer, narrow + 12 * BLOCK, BLOCK)
  return (count) => ({
    ids: ids.slice(0, count),
    total: total.slice(0, count),
    meanRepeatValue: meanRepeatValue.slice(0, count),
    starts: starts.slice(0, count),
    repeats: repeats.slice(0, count),
    firstDay: firstDay.slice(0, count),
    finalDay: finalDay.slice(0, count),
  })
}

function joined(pieces: readonly NamedPiece[], rows: number, kernels: Kernels): OrderedPurchases {
  const ids = pieces.map((piece) => piece.ids)
  const offsets = new Uint32Array(ids.reduce((count, { length }) => count + length, 1)).fill(rows, -1)
  let customers = 0
  for (const { starts } of pieces) {
    offsets.set(starts, customers)
    customers += starts.length
  }
  const span = { low: kernels.low.value, high: kernels.high.value, least: kernels.least.value }
  const gross = kernels.gross.value + kernels.grossLost.value
  const sums = { pieces, finalDay: kernels.finalDay.value, gross }
  const isExact = kernels.largest.value <= Math.min(span.least * EXACT, Number.MAX_VALUE)
  return { ids, offsets, span, ...(isExact && { sums }) }
}
