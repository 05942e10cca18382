import { checkLength, checkObject } from '../core/checks.ts'
import { groupSumsInto } from '../kernels/groupSums.ts'
import { select } from '../kernels/quickselect.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { checkSegmentation, type Segmentation, sizesOf } from '../table/segmentation.ts'

/** Sum, mean and median of a column within a group. */
export interface ColumnProfile {
  /** Compensated, so that the groups add up to the whole. */
  readonly sum: number
  /** Of the known values; NaN if there is none. */
  readonly mean: number
  /** Of the known values; NaN if there is none. */
  readonly median: number
  /** Values that are NaN, left out of the other three. */
  readonly missing: number
}

/** One group of customers. */
export interface GroupProfile {
  readonly name: string
  readonly customers: number
  /** Part of all customers, 0 to 1; NaN if there are no customers at all. */
  readonly share: number
  readonly columns: Readonly<Record<string, ColumnProfile>>
}

/** Groups side by side. */
export interface SegmentProfile {
  /** What divides the customers, as in the segmentation. */
  readonly kind: string
  /** In the order of the segmentation; groups without customers too. */
  readonly groups: readonly GroupProfile[]
  /** All customers as one group. */
  readonly all: GroupProfile
}

/**
 * Describes each group of a segmentation by any columns about the same customers: money, purchases, churn risk.
 * NaN means missing. Costs a few linear passes and one copy a column.
 *
 * @param columns - by name, a value a customer in row order; the unit of each is kept
 * @throws {ClienteleError} `BAD_SHAPE` if a column does not have one value for each customer
 * @example
 * profile(segments, { revenue: summary.total }).groups[0]!.columns.revenue!.sum // 156996.39
 */
export function profile(
  segmentation: Segmentation,
  columns: Readonly<Record<string, ArrayLike<number>>>,
): SegmentProfile {
  checkSegmentation('profile', 'segmentation', segmentation)
  const { kind, names, codes } = segmentation
  checkObject('profile', 'columns', columns)
  const sizes = sizesOf(segmentation)
  const byColumn = Object.entries(columns).map(([name, values]) => {
    checkLength('profile', name, values, codes.length)
    return [name, columnProfiles(Float64Array.from(values), codes, names.length)] as const
  })
  const groupAt = (group: number, name: string, customers: number): GroupProfile => ({
    name,
    customers,
    share: customers / codes.length,
    columns: Object.fromEntries(byColumn.map(([column, profiles]) => [column, profiles[group]!])),
  })
  return {
    kind,
    groups: names.map((name, group) => groupAt(group, name, sizes[group]!)),
    all: groupAt(names.length, 'All', codes.length),
  }
}

/** A profile for each group, and one for all rows at the end. */
function columnProfiles(values: Float64Array, codes: Uint16Array, groups: number): ColumnProfile[] {
  const sums = new Float64Array(groups)
  const known = new Uint32Array(groups)
  const customers = new Uint32Array(groups)
  groupSumsInto(values, codes, sums, new Float64Array(groups), known, customers)
  const starts = new Uint32Array(groups + 1)
  for (let group = 0; group < groups; group++) starts[group + 1] = starts[group]! + known[group]!
  // Known values stand group by group, so that each median is a selection within a range.
  const sorted = new Float64Array(starts[groups]!)
  const next = starts.slice()
  for (let row = 0; row < values.length; row++) {
    if (!Number.isNaN(values[row]!)) sorted[next[codes[row]!]!++] = values[row]!
  }
  const profileOf = (sum: number, from: number, to: number, rows: number): ColumnProfile => ({
    sum,
    mean: sum / (to - from),
    median: medianOf(sorted, from, to),
    missing: rows - (to - from),
  })
  const profiles = Array.from(sums, (sum, g) => profileOf(sum, starts[g]!, starts[g + 1]!, customers[g]!))
  return [...profiles, profileOf(compensatedSum(sorted), 0, sorted.length, values.length)]
}

/** Median of `values[from..to)`, which are reordered. */
function medianOf(values: Float64Array, from: number, to: number): number {
  if (from === to) return Number.NaN
  const middle = from + Math.floor((to - from - 1) / 2)
  select(values, middle, from, to - 1)
  const low = values[middle]!
  if ((to - from) % 2 === 1) return low
  let high = values[middle + 1]!
  for (let i = middle + 2; i < to; i++) high = Math.min(high, values[i]!)
  return (low + high) / 2
}
