import { checkObject } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { rankRfm } from './rfmRanks.ts'
import { fitRfm, type RfmOptions, rfmCodes, scoreRfm } from './rfmScores.ts'

/** A way to score: options of `fitRfm`, or `'ranks'` for `rankRfm` with 5 scores. */
export type RfmConvention = RfmOptions | 'ranks'

/** How many customers a convention moves. */
export interface RfmSensitivity {
  /** Names of the conventions, in the order given. */
  readonly conventions: readonly string[]
  readonly customers: number
  /** Customers whose cell differs between convention `i` and `j`, at `i * conventions.length + j`. */
  readonly moved: Uint32Array
}

/**
 * Counts the customers whose RFM cell depends on the convention, before a campaign rests on it. The literature and
 * its software score the same customers by different rules under one name.
 *
 * Costs one scoring a convention and one pass a pair.
 *
 * @param conventions - by name, at least two
 * @throws {ClienteleError} `BAD_OPTION` if there are fewer than two conventions; errors of `fitRfm`
 * @example
 * rfmSensitivity(summary, { quantiles: {}, package: { rule: 'rPackage' }, ranks: 'ranks' }).moved[1] // 306
 */
export function rfmSensitivity(
  summary: CustomerSummary,
  conventions: Readonly<Record<string, RfmConvention>>,
): RfmSensitivity {
  checkSummary('rfmSensitivity', summary)
  checkObject('rfmSensitivity', 'conventions', conventions)
  const names = Object.keys(conventions)
  if (names.length < 2) {
    throw new ClienteleError(
      'BAD_OPTION',
      `rfmSensitivity: "conventions" must have at least 2 entries, got ${names.length}`,
    )
  }
  const cells = names.map((name) => {
    const convention = conventions[name]!
    return rfmCodes(convention === 'ranks' ? rankRfm(summary) : scoreRfm(fitRfm(summary, convention), summary))
  })
  const moved = new Uint32Array(names.length ** 2)
  cells.forEach((a, i) => {
    cells.forEach((b, j) => {
      for (let row = 0; row < a.length; row++) moved[i * names.length + j]! += a[row] === b[row] ? 0 : 1
    })
  })
  return { conventions: names, customers: summary.customers.length, moved }
}
