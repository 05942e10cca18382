import type { CustomerAnalysis } from '../analysis/customerAnalysis.ts'
import type { LeftOutFact, ReportSource } from './reportData.ts'

/** Everything that an analysis did not count, and every assumption that it made; counts of zero are left away. */
export function leftOutFacts(analysis: CustomerAnalysis, source: ReportSource): readonly LeftOutFact[] {
  const { ledger } = analysis.summary
  const { value, churn } = analysis
  const counted: LeftOutFact[] = [
    ...source.rejected.map(({ reason, count }) => ({ what: 'Rows that could not be read', count, why: reason })),
    {
      what: 'Events after the as-of day',
      count: ledger.eventsAfter,
      why: 'What comes later is not known on that day.',
    },
    {
      what: 'Purchases taken back whole',
      count: ledger.purchasesTakenBack,
      why: 'Refunds or cancellations left nothing of them, so they count as none.',
    },
    {
      what: 'Refunds and cancellations of orders',
      count: ledger.refundsOfOrders,
      why: 'They reduced the money of the order that they name; they are no purchases.',
    },
    {
      what: 'Refunds without a known order',
      count: ledger.refundsOfCustomers,
      why: 'They reduced the total of the customer, and no single purchase.',
    },
    {
      what: 'Cancellations without a known order',
      count: ledger.cancellationsUnmatched,
      why: 'There was nothing to call off.',
    },
    {
      what: 'Customers without a purchase',
      count: ledger.customersWithoutPurchase,
      why: 'They are known by other events only, or took everything back.',
    },
  ]
  if (value.available && value.spendModel.diagnostics.source === 'fitted') {
    counted.push({
      what: 'Customers left out of the spend model',
      count: value.spendModel.diagnostics.leftOut,
      why: 'Their repeat purchases brought no money, which a Gamma distribution cannot describe. Their expected spend takes a mean of zero, drawn towards everybody’s.',
    })
  }
  const assumed: LeftOutFact[] = [
    {
      what: 'Purchases on one day',
      count: Number.NaN,
      why: 'Purchases of a customer on the same calendar day are one purchase occasion, with their money summed.',
    },
  ]
  if (churn.available) {
    assumed.push({
      what: 'Customers who come back later',
      count: Number.NaN,
      why: 'Churn means no purchase within the horizon; who buys again afterwards counts as churned all the same.',
    })
  }
  return [...counted.filter(({ count }) => count > 0), ...assumed]
}
