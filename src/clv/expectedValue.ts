import { chargeInto, expectedInto, valueInto } from '../kernels/futureColumns.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { aliveNow } from './aliveNow.ts'
import { customerFutures } from './customerFutures.ts'
import { processesOf, type SummaryModel } from './customerProcesses.ts'
import { discountedFuture, discountedStay } from './discountedFuture.ts'
import type { DiscountSteps } from './discounting.ts'
import { expectedSpend, type SpendModel } from './gammaGamma/gammaGamma.ts'

/** Expected money of customers in a horizon, by row. */
export interface ExpectedValue {
  /** Expected money, discounted: margin less service and retention costs. Below 0 for who costs more than they bring. */
  readonly value: Float64Array
  /** What the value is made of: `margin − serviceCost − retentionCost`. */
  readonly parts: ValueParts
  /** Expected purchase days in the horizon, not discounted. */
  readonly purchases: Float64Array
  /** Expected money of a purchase day. */
  readonly spend: Float64Array
  /** Value of a unit of money at the average purchase day of the horizon: discounted ÷ plain purchases; 1 where there are none. */
  readonly discountFactor: Float64Array
}

/** What an expected value is made of, by row; all discounted. Costs that there are none of share one column of zeros. */
export interface ValueParts {
  /** Share of the revenue that is kept. */
  readonly margin: Float64Array
  readonly serviceCost: Float64Array
  readonly retentionCost: Float64Array
}

/** What revenue is worth and what customers cost. */
export interface ValueTerms {
  readonly steps: DiscountSteps
  /** Share of the revenue. */
  readonly margin: number
  /** Of a purchase. */
  readonly serviceCost: number
  /** Retention cost per time unit. */
  readonly keeping: number
}

/** Expected value of each customer. An expectation a step for each distinct future, and little for each customer. */
export function expectedValue(
  purchaseModel: SummaryModel,
  spendModel: SpendModel,
  summary: CustomerSummary,
  { steps, margin, serviceCost, keeping }: ValueTerms,
): ExpectedValue {
  const processes = processesOf('lifetimeValue', purchaseModel, summary)
  const alive = aliveNow(processes, summary)
  const spend = expectedSpend(spendModel, summary)
  const { count, futureOf, future } = customerFutures(processes, summary)
  const plain = new Float64Array(count)
  const discounted = new Float64Array(count)
  const stay = new Float64Array(count)
  for (let index = 0; index < count; index++) {
    const ahead = future(index)
    const expected = discountedFuture(ahead, steps)
    plain[index] = expected.plain
    discounted[index] = expected.discounted
    if (keeping > 0) stay[index] = discountedStay(ahead.survival, steps)
  }
  const column = (): Float64Array => new Float64Array(alive.length)
  const [value, discountFactor, kept] = [column(), column(), column()]
  const ratios = discounted.map((money, index) => (plain[index]! > 0 ? money / plain[index]! : 1))
  valueInto(alive, futureOf, discounted, ratios, spend, margin, discountFactor, kept, value)
  const nothing = column()
  const parts = {
    margin: kept,
    serviceCost: serviceCost > 0 ? column() : nothing,
    retentionCost: keeping > 0 ? column() : nothing,
  }
  if (serviceCost > 0) chargeInto(alive, futureOf, discounted, serviceCost, parts.serviceCost, value)
  if (keeping > 0) chargeInto(alive, futureOf, stay, keeping, parts.retentionCost, value)
  // From here on, P(alive) is not needed.
  const purchases = alive
  expectedInto(alive, futureOf, plain, purchases)
  return { value, parts, purchases, spend, discountFactor }
}
