// Value of the next year for each customer, with its interval.
import { bgNbdModel, customerSummaryFromColumns, lifetimeValue } from 'clientele'
import { gammaGammaModel } from 'clientele/clv'
import { histories, TRUTH } from './data.js'
import { mustBe, mustHold } from './harness.js'
import { bgNbdExpectedPurchases } from './textbook.js'

const WEEKS = 52

export async function bench({ race, sizes, powerText }) {
  const rows = []
  for (const size of sizes({ small: [1e4], full: [1e5], large: [1e6] })) {
    const data = histories(size)
    const summary = customerSummaryFromColumns(data, { timeUnit: 'week' })
    const purchaseModel = bgNbdModel({ params: TRUTH.purchases, timeUnit: 'week' })
    const spendModel = gammaGammaModel({ params: TRUTH.spend })
    rows.push(
      ...(await race({
        work: 'lifetime value with interval',
        size: `${powerText(size)} customers`,
        per: { count: size, unit: 'a customer' },
        contestants: {
          clientele: () => lifetimeValue(purchaseModel, spendModel, summary, { horizon: { weeks: WEEKS } }),
        },
        check: (answer) => mustFollowPapers(answer, data),
      })),
    )
  }
  return rows
}

/** Purchases and spend by the papers' formulas for every 100th customer; money within what must bound it for all. */
function mustFollowPapers({ value, lower, upper, purchases, spend }, { repeats, ageAtLast, age, meanRepeatValue }) {
  const { p, q, v } = TRUTH.spend
  for (let c = 0; c < value.length; c++) {
    const undiscounted = purchases[c] * spend[c]
    // At 10 % a year, money of the coming year is worth at least 1 / 1.1 of itself.
    mustHold(value[c] < undiscounted && value[c] > undiscounted / 1.1001, `value of customer ${c} is ${value[c]}`)
    mustHold(lower[c] >= 0 && lower[c] <= upper[c], `interval of customer ${c} is ${lower[c]} to ${upper[c]}`)
    if (c % 100 > 0) continue
    const x = repeats[c]
    // The textbook's formula cancels: eight digits are what is left of it.
    const expected = bgNbdExpectedPurchases(TRUTH.purchases, x, ageAtLast[c], age[c], WEEKS)
    mustBe(`expected purchases of customer ${c}`, purchases[c], expected, 1e-8)
    mustBe(`spend of customer ${c}`, spend[c], (p * (v + x * meanRepeatValue[c])) / (p * x + q - 1), 1e-12)
  }
}
