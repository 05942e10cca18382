import { columnByCodeInto, countCodesInto, repeatersInto } from '../../kernels/spendColumns.ts'
import { rankedColumn } from '../rankedColumn.ts'

/** Customers with repeats, and numbers that ascend with x. */
export interface CodedRepeats {
  readonly rows: Uint32Array
  /** Of all customers. */
  readonly codes: Uint32Array
  /** Of the rows, by code. */
  readonly counts: Uint32Array
  /** The x that a code stands for. */
  readonly repeatsOf: (code: number) => number
}

/** Up to here, repeats are their own codes. */
const FEW_REPEATS = 1023

/** Who repeats, and how often in numbers that can be counted by. Linear. */
export function codedRepeats(repeats: Uint32Array): CodedRepeats {
  const all = new Uint32Array(repeats.length)
  const counts = new Uint32Array(FEW_REPEATS + 2)
  const rows = all.subarray(0, repeatersInto(repeats, all, counts))
  counts[0] = 0
  if (counts[FEW_REPEATS + 1] === 0) return { rows, codes: repeats, counts, repeatsOf: (code) => code }
  const { values, ranks } = rankedColumn(repeats)
  return { rows, codes: ranks, counts: countsOf(ranks, rows, values.length), repeatsOf: (rank) => values[rank]! }
}

/** Those of the customers alone for whom it is so. */
export function onlyRows(coded: CodedRepeats, isWanted: (row: number) => boolean): CodedRepeats {
  const rows = coded.rows.filter(isWanted)
  return { ...coded, rows, counts: countsOf(coded.codes, rows, coded.counts.length) }
}

function countsOf(codes: Uint32Array, rows: Uint32Array, kinds: number): Uint32Array {
  const counts = new Uint32Array(kinds)
  countCodesInto(codes, rows, counts)
  return counts
}

/** Where the rows of each code go. */
export interface RepeatGroups extends CodedRepeats {
  /** The codes that occur, ascending. */
  readonly present: Uint32Array
  /** First place of each, and the number of rows. */
  readonly starts: Uint32Array
}

/** The groups of customers with the same x. */
export function repeatGroups(coded: CodedRepeats): RepeatGroups {
  const { counts } = coded
  const codes: number[] = []
  for (let code = 0; code < counts.length; code++) if (counts[code]! > 0) codes.push(code)
  const present = Uint32Array.from(codes)
  const starts = new Uint32Array(present.length + 1)
  for (let g = 0; g < present.length; g++) starts[g + 1] = starts[g]! + counts[present[g]!]!
  return { ...coded, present, starts }
}

/** What a column of all customers holds of these, by group, and how many of its values are above 0. */
export function inGroups(
  { rows, codes, counts, present, starts }: RepeatGroups,
  column: Float64Array,
): { ordered: Float64Array; positive: number } {
  const places = new Uint32Array(counts.length)
  for (let g = 0; g < present.length; g++) places[present[g]!] = starts[g]!
  const out = new Float64Array(rows.length)
  const positive = columnByCodeInto(rows, codes, column, places, out)
  return { ordered: out, positive }
}
