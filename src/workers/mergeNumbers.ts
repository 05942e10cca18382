import { denseCodesInto, takeSlotsInto } from '../kernels/integerCodes.ts'
import { areDense, numberIds } from '../table/integerIds.ts'
import type { NumberedSlice } from './tasks.ts'

/** The customers of all parts of some purchases. */
export interface MergedNumbers {
  /** All ids in the order of their first appearance, which is that of the parts, in one piece or several. */
  readonly ids: readonly Float64Array[]
  readonly customers: number
  /** For each part but the first, whose numbers are those of all: what its own numbers stand for. */
  readonly numbers: readonly Uint32Array[]
}

/** Makes one numbering of those of the parts. The other threads wait meanwhile, so that every loop here counts. */
export function mergeNumbers(numbered: readonly NumberedSlice[]): MergedNumbers {
  const [first, ...others] = numbered.map(({ distinct }) => distinct) as [Float64Array, ...Float64Array[]]
  const low = Math.min(...numbered.map((slice) => slice.low))
  const range = Math.max(...numbered.map((slice) => slice.high)) - low + 1
  const isDense = others.length === 0 || areDense(range, first.length)
  return isDense ? mergeDense(first, others, low, range) : mergeDistant([first, ...others], low, range)
}

function mergeDense(first: Float64Array, others: Float64Array[], low: number, range: number): MergedNumbers {
  const ids = [first]
  const numbers: Uint32Array[] = []
  if (others.length === 0) return { ids, customers: first.length, numbers }
  const slots = new Uint32Array(range)
  takeSlotsInto(first, low, slots)
  let customers = first.length
  for (const distinct of others) {
    const codes = sharedCodes(distinct.length)
    const added = new Float64Array(distinct.length)
    const all = denseCodesInto(distinct, low, customers, slots, codes, added)
    ids.push(added.slice(0, all - customers))
    numbers.push(codes)
    customers = all
  }
  return { ids, customers, numbers }
}

function mergeDistant(parts: readonly Float64Array[], low: number, range: number): MergedNumbers {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  const ends: number[] = []
  for (const distinct of parts) {
    const start = ends.at(-1) ?? 0
    all.set(distinct, start)
    ends.push(start + distinct.length)
  }
  const { codes, distinct } = numberIds(all, low, low + range - 1, sharedCodes(all.length))
  const numbers = ends.slice(1).map((end, k) => codes.subarray(ends[k], end))
  return { ids: [distinct], customers: distinct.length, numbers }
}

function sharedCodes(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(4 * length))
}
