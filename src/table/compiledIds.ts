import { compiled, memoryPlan } from '../core/webAssembly.ts'
import type { WholeNumbers } from '../kernels/scanEvents.ts'
import { INTEGERCODES_WASM } from '../kernels/wasm/integerCodes.wasm.ts'

/** What integerCodes.as.ts exports. */
interface Kernels {
  numberDense(
    ids: number,
    rows: number,
    low: number,
    lowBits: number,
    slots: number,
    codes: number,
    distinct: number,
    found: number,
  ): number
}

/** Fewest ids that are worth a memory of their own. */
const FEWEST = 2 ** 17

/** Ids that are handed over at a time: few enough for the second cache. */
const BLOCK = 2 ** 14

/**
 * `denseCodesInto` in WebAssembly, in half of the time. Returns the ids by code, in memory that holds more; nothing, where there is no WebAssembly or
 * it is not worth it.
 *
 * @param range - what ids may be above `low`, below 2^32
 */
export function numberCompiled(
  ids: WholeNumbers,
  low: number,
  range: number,
  codes: Uint32Array,
): Float64Array | undefined {
  const rows = ids.length
  if (rows < FEWEST) return undefined
  const plan = memoryPlan()
  const at = {
    ids: plan.take(BLOCK, 4),
    codes: plan.take(BLOCK, 4),
    slots: plan.take(range, 4),
    distinct: plan.take(Math.min(range, rows), 8),
  }
  const found = compiled<Kernels>(INTEGERCODES_WASM, plan.bytes())
  if (found === undefined) return undefined
  const { kernels, buffer } = found
  const blockIds = new Uint32Array(buffer, at.ids, BLOCK)
  const blockCodes = new Uint32Array(buffer, at.codes, BLOCK)
  let count = 0
  for (let from = 0; from < rows; from += BLOCK) {
    const length = Math.min(BLOCK, rows - from)
    blockIds.set(ids.subarray(from, from + length)) // modulo 2^32
    count = kernels.numberDense(at.ids, length, low, low >>> 0, at.slots, at.codes, at.distinct, count)
    codes.set(blockCodes.subarray(0, length), from)
  }
  return new Float64Array(buffer, at.distinct, count)
}
