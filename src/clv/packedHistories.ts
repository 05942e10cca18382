import { rankCodesInto, ranksOfCodesInto } from '../kernels/gridCodes.ts'
import {
  type HistoryPacking,
  historyRangesInto,
  packHistoriesInto,
  unpackHistoriesInto,
} from '../kernels/packHistories.ts'
import { countRunsInto, digitsOf, sortKeysInto } from '../kernels/sortKeys.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { PurchaseHistories } from './purchaseHistories.ts'

/**
 * The distinct purchase histories of customers who count once each and whose times are whole days, in days or in weeks:
 * as numbers of 31 bits, which two counting sorts bring into order. `undefined` where they do not fit. Linear.
 */
export function packedHistories(summary: CustomerSummary): PurchaseHistories | undefined {
  const { repeats, ageAtLast, age, weights } = summary
  const ranges = new Float64Array(4)
  if (!historyRangesInto(repeats, ageAtLast, age, weights, ranges)) return undefined
  for (const scale of [1, 7]) {
    const packing = packingOf(ranges, scale)
    if (packing === undefined) return undefined
    const keys = new Uint32Array(age.length)
    const once = new Uint32Array(1 << packing.ageBits)
    const packed = packHistoriesInto(repeats, ageAtLast, age, packing, keys, once)
    if (packed >= 0) return unpacked(keys.subarray(0, packed), once, packing, ranges)
  }
  return undefined
}

/** How the histories fit into 31 bits each, which leaves a sign to test by; `undefined` if they do not. */
function packingOf(ranges: Float64Array, scale: number): HistoryPacking | undefined {
  const [mostRepeats, leastAge, mostAge, mostLast] = Array.from(ranges) as [number, number, number, number]
  if (mostAge * scale >= MOST_DAYS) return undefined
  const least = Math.round(leastAge * scale)
  const ageBits = bitsOf(Math.round(mostAge * scale) - least)
  const lastBits = bitsOf(Math.round(mostLast * scale))
  return bitsOf(mostRepeats) + ageBits + lastBits < 32 ? { scale, leastAge: least, ageBits, lastBits } : undefined
}

/** Tables of so many days stay in the cache. */
const MOST_DAYS = 1 << 16

function bitsOf(most: number): number {
  return 32 - Math.clz32(most)
}

/** @param once - customers without repeats, by T; they come first */
function unpacked(
  keys: Uint32Array,
  once: Uint32Array,
  packing: HistoryPacking,
  ranges: Float64Array,
): PurchaseHistories {
  const { sorted, counts, found } = sortedRuns(keys, bitsOf(ranges[0]!) + packing.ageBits + packing.lastBits)
  const agesOfOnce = Array.from(once.keys()).filter((age) => once[age]! > 0)
  const count = agesOfOnce.length + found
  const columns = { repeats: new Uint32Array(count), last: new Uint32Array(count), age: new Uint32Array(count) }
  const weights = new Float64Array(count)
  const isThere = new Uint8Array(Math.round(ranges[2]! * packing.scale) + 1)
  agesOfOnce.forEach((age, i) => {
    columns.age[i] = packing.leastAge + age
    weights[i] = once[age]!
    isThere[0] = 1
    isThere[columns.age[i]!] = 1
  })
  weights.set(counts.subarray(0, found), agesOfOnce.length)
  const runs = sorted.subarray(0, found)
  unpackHistoriesInto(runs, packing, agesOfOnce.length, columns.repeats, columns.last, columns.age, isThere)
  const rankOf = new Uint32Array(isThere.length)
  const distinct = new Uint32Array(isThere.length)
  const times = rankCodesInto(isThere, rankOf, distinct)
  ranksOfCodesInto(columns.last, rankOf, columns.last)
  ranksOfCodesInto(columns.age, rankOf, columns.age)
  return {
    count,
    repeats: columns.repeats,
    timeAtLast: columns.last,
    timeAtEnd: columns.age,
    weights,
    times: Float64Array.from(distinct.subarray(0, times), (day) => day / packing.scale),
  }
}

/** The different ones of some keys, ascending, and how many there are of each; overwrites the keys. */
function sortedRuns(keys: Uint32Array, bits: number): { sorted: Uint32Array; counts: Uint32Array; found: number } {
  const spare = new Uint32Array(keys.length)
  const digits = digitsOf(bits)
  sortKeysInto(keys, spare, digits, bits, new Uint32Array(1 << Math.ceil(bits / digits)))
  const [sorted, counts] = digits % 2 === 0 ? [keys, spare] : [spare, keys]
  return { sorted, counts, found: countRunsInto(sorted, sorted, counts) }
}
