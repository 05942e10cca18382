import { checkFlag, checkInteger, checkNoOthers, checkOptions } from '../core/checks.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { RfmScores } from './rfmScores.ts'

/** Options of `rankRfm`. */
export interface RfmRankOptions {
  /** Number of scores for each of R, F and M, 2 to 9. @default 5 */
  readonly bins?: number
  /** Rank purchases among customers of equal recency score, and money among those of equal both. @default false */
  readonly nested?: boolean
}

/**
 * Scores customers by rank, as `ntile` of SQL does: parts are equal to within one customer, because customers with
 * equal values are divided, those whose id sorts first to the lower score. Such scores compare customers of one
 * summary and cannot be carried to another; `fitRfm` makes cut points that can. Money that is unknown ranks lowest.
 *
 * Costs three sorts.
 *
 * @returns three scores a customer in row order, `bins` best; fewer customers than bins get the lowest scores
 * @throws {ClienteleError} `BAD_OPTION` if `bins` is not an integer from 2 to 9
 * @see ISO/IEC 9075-2 (SQL), window function NTILE: larger parts first
 * @example
 * rankRfm(summary, { bins: 4 }).frequency[0] // 4
 */
export function rankRfm(summary: CustomerSummary, options: RfmRankOptions = {}): RfmScores {
  checkSummary('rankRfm', summary)
  const { bins, nested } = resolveRankOptions(options)
  const idOrder = ranksOfIds(summary.customers)
  const everyone = new Uint16Array(summary.customers.length)
  const recency = ntile(
    summary.sinceLast.map((since) => -since),
    everyone,
    idOrder,
    bins,
  )
  const groups = nested ? Uint16Array.from(recency) : everyone
  const frequency = ntile(summary.purchases, groups, idOrder, bins)
  const cells = nested ? groups.map((r, row) => 10 * r + frequency[row]!) : everyone
  return { bins, recency, frequency, monetary: ntile(summary.total, cells, idOrder, bins) }
}

function resolveRankOptions(options: RfmRankOptions): Required<RfmRankOptions> {
  const caller = 'rankRfm'
  const { bins = 5, nested = false, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return { bins: checkInteger(caller, 'bins', bins, 2, 9), nested: checkFlag(caller, 'nested', nested) }
}

/** Position of each row when ids are sorted by code unit, which no locale can change. */
function ranksOfIds(customers: readonly string[]): Uint32Array {
  const order = Array.from(customers.keys()).sort((a, b) => (customers[a]! < customers[b]! ? -1 : 1))
  const ranks = new Uint32Array(customers.length)
  order.forEach((row, rank) => {
    ranks[row] = rank
  })
  return ranks
}

/** Divides each group into `bins` parts, worst first: score 1 to the lowest values. */
function ntile(values: ArrayLike<number>, groups: Uint16Array, idOrder: Uint32Array, bins: number): Uint8Array {
  const order = Uint32Array.from(groups.keys()).sort(
    (a, b) => groups[a]! - groups[b]! || compare(values[a]!, values[b]!) || idOrder[a]! - idOrder[b]!,
  )
  const scores = new Uint8Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && groups[order[to]!] === groups[order[from]!]) to++
    const size = to - from
    const larger = size % bins
    const smaller = Math.floor(size / bins)
    for (let i = 0; i < size; i++) {
      const inLarger = i < larger * (smaller + 1)
      const part = inLarger
        ? Math.floor(i / (smaller + 1))
        : larger + Math.floor((i - larger * (smaller + 1)) / smaller)
      scores[order[from + i]!] = part + 1
    }
    from = to
  }
  return scores
}

function compare(a: number, b: number): number {
  if (a < b) return -1
  return a > b ? 1 : Number(Number.isNaN(b)) - Number(Number.isNaN(a))
}
