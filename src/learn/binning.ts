import { ClienteleError } from '../core/errors.ts'
import { randomFrom, sampleRows } from '../core/random.ts'
import { slotColumnInto } from '../kernels/slotColumn.ts'
import { columnOf, type FeatureMatrix } from '../table/featureMatrix.ts'
import { MAX_COLUMNS } from './trees.ts'

/**
 * A feature matrix with each value replaced by the number of its bin, at most 256 a column with missing values in one of
 * their own. Bins of all columns are numbered through: the slots of column `f` are `offsets[f]` up to `offsets[f + 1]`,
 * the last for missing values. Row by row, because a tree looks at one row's columns together.
 */
export interface BinnedMatrix {
  readonly rows: number
  /** Slots stored a row: the number of columns, filled up to a multiple of 4 with a slot that means nothing. */
  readonly width: number
  /** rows × width. */
  readonly slots: Uint16Array
  /** columns + 1. */
  readonly offsets: Uint32Array
  /** Number of slots, with the one that means nothing. */
  readonly slotCount: number
  /** For each column, the largest value of each bin but the last, ascending. */
  readonly cuts: readonly Float64Array[]
}

/** Bins of a column beside that of missing values; fewer where the slots of all columns would not fit in 16 bits. */
const MAX_BINS = 255
const MAX_SLOTS = 65_535

/** More rows than this do not make better quantiles; a sample of as many finds the cuts. */
const ROWS_FOR_CUTS = 50_000

/**
 * Bins a matrix by quantiles, or by value where a column has few different ones. Sorts each column once.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if the matrix has more than 8,192 columns or holds an infinite value
 */
export function binMatrix(caller: string, matrix: FeatureMatrix): BinnedMatrix {
  const { rows, columns } = matrix
  checkValues(caller, matrix)
  const bins = Math.min(MAX_BINS, Math.floor((MAX_SLOTS - 1) / columns.length) - 1)
  const looked = sampleRows(rows, ROWS_FOR_CUTS, randomFrom(1))
  const cuts = columns.map((_, j) => cutPoints(sortedValues(columnOf(matrix, j), looked), bins))
  const offsets = new Uint32Array(columns.length + 1)
  for (let j = 0; j < columns.length; j++) offsets[j + 1] = offsets[j]! + cuts[j]!.length + 2
  const nothing = offsets[columns.length]!
  const width = Math.ceil(columns.length / 4) * 4
  const slots = new Uint16Array(rows * width)
  if (width > columns.length) slots.fill(nothing)
  for (let j = 0; j < columns.length; j++) {
    slotColumnInto(columnOf(matrix, j), padded(cuts[j]!), offsets[j]!, offsets[j + 1]! - 1, slots, width, j)
  }
  return { rows, width, slots, offsets, slotCount: nothing + 1, cuts }
}

/** The largest value of the bin in a slot of a column: where a split behind that slot cuts. */
export function thresholdOf(binned: BinnedMatrix, feature: number, slot: number): number {
  return binned.cuts[feature]![slot - binned.offsets[feature]!] ?? Number.MAX_VALUE
}

/**
 * Cuts that divide values into at most `bins` parts of about equal size. Equal values stay together, and a value so
 * frequent that it fills a part has one to itself. Cuts lie halfway between neighbouring values.
 */
function cutPoints(sorted: Float64Array, bins: number): Float64Array {
  const cuts: number[] = []
  if (distinctCount(sorted) <= bins) {
    for (let i = 1; i < sorted.length; i++)
      if (sorted[i - 1]! < sorted[i]!) cuts.push(halfway(sorted[i - 1]!, sorted[i]!))
    return Float64Array.from(cuts)
  }
  let binsLeft = bins
  let waiting = 0 // values behind the last cut
  let rest = sorted.length // values not yet in front of a cut
  for (let i = 0; i < sorted.length && binsLeft > 1; ) {
    const value = sorted[i]!
    let end = i + 1
    while (end < sorted.length && sorted[end] === value) end++
    const target = rest / binsLeft
    if (end - i >= target && waiting > 0 && binsLeft > 2) {
      cuts.push(halfway(sorted[i - 1]!, value))
      rest -= waiting
      waiting = 0
      binsLeft--
    }
    waiting += end - i
    if (end < sorted.length && waiting >= rest / binsLeft) {
      cuts.push(halfway(value, sorted[end]!))
      rest -= waiting
      waiting = 0
      binsLeft--
    }
    i = end
  }
  return Float64Array.from(cuts)
}

function distinctCount(sorted: Float64Array): number {
  let count = Math.min(sorted.length, 1)
  for (let i = 1; i < sorted.length; i++) if (sorted[i - 1]! < sorted[i]!) count++
  return count
}

/** The values in the given rows, without missing ones, ascending. */
function sortedValues(values: Float64Array, rows: Uint32Array): Float64Array {
  const sorted = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) sorted[i] = values[rows[i]!]!
  sorted.sort() // NaN goes to the end
  let end = sorted.length
  while (end > 0 && Number.isNaN(sorted[end - 1])) end--
  return sorted.subarray(0, end)
}

/** A number from `low` up to but not including `high`; halves first, because the sum may overflow. */
function halfway(low: number, high: number): number {
  const middle = low / 2 + high / 2
  return middle >= low && middle < high ? middle : low
}

function padded(cuts: Float64Array): Float64Array {
  let size = 1
  while (size < cuts.length) size = 2 * size + 1
  const full = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
  full.set(cuts)
  return full
}

function checkValues(caller: string, { columns, rows, values }: FeatureMatrix): void {
  if (columns.length > MAX_COLUMNS) {
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: at most ${MAX_COLUMNS} columns are possible, got ${columns.length}`,
    )
  }
  for (let i = 0; i < values.length; i++) {
    if (values[i]! - values[i]! === 0 || Number.isNaN(values[i])) continue
    const column = columns[Math.floor(i / rows)]
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: column "${column}" must hold finite numbers or NaN, got ${values[i]} in row ${i % rows}`,
    )
  }
}
