import { MAX_TIME_MS } from '../core/calendar.ts'
import { compiled, memoryPlan } from '../core/webAssembly.ts'
import { FACTS, HIGH, LEAST, LOW, scanPurchasesInto } from '../kernels/scanEvents.ts'
import { ORDEREDSUMS_WASM } from '../kernels/wasm/orderedSums.wasm.ts'

/** How far some purchases reach. */
export interface PurchaseSpan {
  /** Earliest time. */
  readonly low: number
  /** Latest time. */
  readonly high: number
  /** Smallest positive value; Infinity if there is none. */
  readonly least: number
}

/** The span of some purchases; nothing, if one of them has a time or a value that is none. */
export function spanOf(time: Float64Array, value: Float64Array): PurchaseSpan | undefined {
  return spanCompiled(time, value) ?? spanPlain(time, value)
}

function spanPlain(time: Float64Array, value: Float64Array): PurchaseSpan | undefined {
  const facts = new Float64Array(FACTS)
  if (scanPurchasesInto(time, value, MAX_TIME_MS, facts) < time.length) return undefined
  return { low: facts[LOW]!, high: facts[HIGH]!, least: facts[LEAST]! }
}

/** Of what orderedSums.as.ts exports. */
interface Kernels {
  checkBlock(time: number, value: number, rows: number, maxTime: number, day: number): number
  readonly low: WebAssembly.Global
  readonly high: WebAssembly.Global
  readonly least: WebAssembly.Global
}

/** Fewest purchases that are worth a memory of their own. */
const FEWEST = 2 ** 17

/** Purchases that are handed over at a time, an even number: few enough for the first caches. */
const BLOCK = 2 ** 12

/** As above, half as long; also nothing, where there is no WebAssembly or it is not worth it. */
function spanCompiled(time: Float64Array, value: Float64Array): PurchaseSpan | undefined {
  const rows = time.length
  if (rows < FEWEST) return undefined
  const plan = memoryPlan()
  const at = { time: plan.take(BLOCK, 8), value: plan.take(BLOCK, 8), day: plan.take(BLOCK, 8) }
  const found = compiled<Kernels>(ORDEREDSUMS_WASM, plan.bytes())
  if (found === undefined) return undefined
  const { kernels, buffer } = found
  const block = { time: new Float64Array(buffer, at.time, BLOCK), value: new Float64Array(buffer, at.value, BLOCK) }
  // The last block is a full one too and begins among what was seen before: once more changes nothing.
  for (let end = BLOCK; end < rows + BLOCK; end += BLOCK) {
    const from = Math.min(end, rows) - BLOCK
    block.time.set(time.subarray(from, from + BLOCK))
    block.value.set(value.subarray(from, from + BLOCK))
    if (kernels.checkBlock(at.time, at.value, BLOCK, MAX_TIME_MS, at.day) === 0) return undefined
  }
  return { low: kernels.low.value, high: kernels.high.value, least: kernels.least.value }
}
