import type { CustomerSummary } from '../../src/table/customerSummary.ts'
import { summaryOf } from './orders.ts'

/** One row of a summary, as a summary. */
export function takeSummary(summary: CustomerSummary, row: number): CustomerSummary {
  return summaryOf([
    {
      id: summary.customers[row]!,
      sinceLast: summary.sinceLast[row]!,
      purchases: summary.purchases[row]!,
      total: summary.total[row]!,
    },
  ])
}
