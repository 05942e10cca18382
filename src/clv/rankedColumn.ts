import { distinctInto, ranksInto, rehashInto } from '../kernels/distinctInto.ts'

/** A column as ranks among its distinct values. */
export interface RankedColumn {
  /** The distinct values, ascending. */
  readonly values: Float64Array
  /** For each row, the place of its value in `values`. */
  readonly ranks: Uint32Array
}

/** Enough for the days of several years; stays in the cache. */
const FIRST_SLOTS = 1 << 13
const BLOCK = 1024

/** Ranks a column of finite numbers. Linear, but for a sort of the distinct values. */
export function rankedColumn(column: ArrayLike<number>): RankedColumn {
  return (column instanceof Uint32Array ? rankedCounts(column) : undefined) ?? rankedNumbers(column)
}

/** Counts are few and small: a table of all of them. */
function rankedCounts(column: Uint32Array): RankedColumn | undefined {
  let most = 0
  for (let row = 0; row < column.length; row++) most = Math.max(most, column[row]!)
  if (most > MOST_COUNTS) return undefined
  const places = new Uint32Array(most + 1)
  for (let row = 0; row < column.length; row++) places[column[row]!] = 1
  const values: number[] = []
  places.forEach((isThere, count) => {
    if (isThere === 0) return
    places[count] = values.length
    values.push(count)
  })
  const ranks = new Uint32Array(column.length)
  for (let row = 0; row < ranks.length; row++) ranks[row] = places[column[row]!]!
  return { values: Float64Array.from(values), ranks }
}

const MOST_COUNTS = 1 << 14

function rankedNumbers(column: ArrayLike<number>): RankedColumn {
  const values = column instanceof Float64Array ? column : new Float64Array(column)
  const codes = new Uint32Array(values.length)
  const block = new Float64Array(BLOCK)
  const words = new Uint32Array(block.buffer)
  const found = new Uint32Array(1)
  let slots = new Int32Array(FIRST_SLOTS).fill(-1)
  let distinct = new Float64Array(FIRST_SLOTS)
  for (let at = 0; ; ) {
    at = distinctInto(values, at, slots, distinct, codes, block, words, found)
    if (at === values.length) break
    const more = new Float64Array(4 * distinct.length)
    more.set(distinct)
    distinct = more
    slots = new Int32Array(more.length).fill(-1)
    rehashInto(new Uint32Array(distinct.buffer), found[0]!, slots)
  }
  const sorted = distinct.slice(0, found[0]!).sort()
  const rankOf = new Uint32Array(sorted.length)
  ranksInto(sorted, new Uint32Array(sorted.buffer), slots, distinct, rankOf)
  for (let row = 0; row < codes.length; row++) codes[row] = rankOf[codes[row]!]!
  return { values: sorted, ranks: codes }
}
