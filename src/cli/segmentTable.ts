import type { CustomerAnalysis } from '../analysis/customerAnalysis.ts'
import { customerColumns } from '../analysis/customerColumns.ts'
import { marginText } from '../report/valueWords.ts'
import { type GroupProfile, profile } from '../segment/profile.ts'
import { screenTable } from './screen.ts'

/** The segments as a table for the screen: customers, share, revenue, mean churn risk, mean lifetime value. */
export function segmentTable(analysis: CustomerAnalysis): string {
  const { margin } = analysis.options
  const { total, churnRisk, lifetimeValue } = customerColumns(analysis)
  const { groups, all } = profile(analysis.segments, { total, churnRisk, lifetimeValue })
  const rows = [...groups, all]
  const right = (title: string, cell: (row: GroupProfile) => string) => ({
    title,
    cells: rows.map(cell),
    align: 'right' as const,
  })
  return screenTable([
    { title: 'Segment', cells: rows.map(({ name }) => name), align: 'left' },
    right('Customers', ({ customers }) => grouped(customers, 0)),
    right('Share', ({ share }) => percent(share)),
    right('Revenue', ({ columns }) => grouped(columns.total!.sum, 2)),
    right('Churn risk', ({ columns }) => percent(columns.churnRisk!.mean)),
    right(margin === 1 ? 'CLV' : `CLV at ${marginText(margin)} margin`, ({ columns }) =>
      grouped(columns.lifetimeValue!.mean, 2),
    ),
  ])
}

function percent(share: number): string {
  return Number.isNaN(share) ? '–' : `${(100 * share).toFixed(1)} %`
}

/** A number with commas between thousands, whatever the locale. */
function grouped(value: number, decimals: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(decimals).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
}
