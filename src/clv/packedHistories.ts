import { rankCodesInto, ranksOfCodesInto } from '../kernels/gridCodes.ts'
import { ageRangeInto, type HistoryPacking, packHistoriesInto, unpackHistoriesInto } from '../kernels/packHistories.ts'
import { digitWidth, distinctKeysInto, sortKeysInto } from '../kernels/sortKeys.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { PurchaseHistories } from './purchaseHistories.ts'

/**
 * The distinct purchase histories of customers who count once each and whose times are whole days, in days or in weeks:
 * as numbers of 31 bits, which counting sorts bring into order. `undefined` where they do not fit. Linear.
 */
export function packedHistories(summary: CustomerSummary): PurchaseHistories | undefined {
  const { repeats, ageAtLast, age, weights } = summary
  const range = new Float64Array(2)
  ageRangeInto(age, range)
  const keys = new Uint32Array(age.length)
  const repeatBits = new Uint32Array(1)
  for (const scale of [1, 7]) {
    const packing = packingOf(range, scale)
    if (packing === undefined) return undefined
    const once = new Uint32Array(1 << packing.ageBits)
    const packed = packHistoriesInto(repeats, ageAtLast, age, weights, packing, keys, once, repeatBits)
    if (packed < 0) continue
    const bits = bitsOf(repeatBits[0]!) + packing.ageBits + packing.lastBits
    return bits < 32 ? unpacked(keys.subarray(0, packed), bits, once, packing) : undefined
  }
  return undefined
}

/** How T and t_x, which is at most T, fit into a number; `undefined` if they are too many days. */
function packingOf(range: Float64Array, scale: number): HistoryPacking | undefined {
  const [least, most] = [Math.round(range[0]! * scale), Math.round(range[1]! * scale)]
  if (most >= MOST_DAYS) return undefined
  return { scale, leastAge: least, ageBits: bitsOf(most - least), lastBits: bitsOf(most) }
}

/** Tables of so many days stay in the cache. */
const MOST_DAYS = 1 << 16

function bitsOf(most: number): number {
  return 32 - Math.clz32(most)
}

/** @param once - customers without repeats, by T; they come first */
function unpacked(keys: Uint32Array, bits: number, once: Uint32Array, packing: HistoryPacking): PurchaseHistories {
  const { leastAge, ageBits, scale } = packing
  const ends = new Uint32Array(keys.length)
  const width = digitWidth(bits)
  sortKeysInto(keys, ends, bits, width, new Uint32Array(2 << width))
  const found = distinctKeysInto(keys, ends)
  const agesOfOnce = Array.from(once.keys()).filter((age) => once[age]! > 0)
  const count = agesOfOnce.length + found
  const repeats = new Uint32Array(count)
  const last = new Uint32Array(count)
  const age = new Uint32Array(count)
  const weights = new Float64Array(count)
  const isThere = new Uint8Array(leastAge + (1 << ageBits))
  agesOfOnce.forEach((since, i) => {
    age[i] = leastAge + since
    weights[i] = once[since]!
    isThere[0] = 1
    isThere[age[i]!] = 1
  })
  const kept = keys.subarray(0, found)
  unpackHistoriesInto(kept, ends, packing, agesOfOnce.length, repeats, last, age, weights, isThere)
  const rankOf = new Uint32Array(isThere.length)
  const distinct = new Uint32Array(isThere.length)
  const times = rankCodesInto(isThere, rankOf, distinct)
  // Where every day up to the last occurs, as among very many customers, it is its own rank.
  if (distinct[times - 1] !== times - 1) {
    ranksOfCodesInto(last, rankOf, last)
    ranksOfCodesInto(age, rankOf, age)
  }
  return {
    count,
    repeats,
    timeAtLast: last,
    timeAtEnd: age,
    weights,
    times: Float64Array.from(distinct.subarray(0, times), (day) => day / scale),
  }
}
