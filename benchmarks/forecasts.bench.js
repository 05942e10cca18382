// What a fitted model says of every customer: P(alive), expected purchases, and the value of twelve months.
import { bgNbdModel, customerSummaryFromColumns, expectedPurchases, lifetimeValue, probabilityAlive } from 'clientele'
import { gammaGammaModel } from 'clientele/clv'
import { histories, TRUTH } from './data.js'
import { mustBe } from './harness.js'

const WEEKS = 52
/** As lifetimes counts: twelve months of 4.345 weeks, each discounted by 1 % at its end. */
const MONTH = { weeks: 4.345 }
const TERMS = {
  horizon: { weeks: 12 * MONTH.weeks },
  step: MONTH,
  discountRate: { rate: 0.01, per: MONTH },
  level: 'none',
}

export async function bench({ race, sizes, powerText, python }) {
  const rows = []
  for (const size of sizes({ small: [1e4], full: [1e5, 1e6] })) {
    const data = histories(size)
    const summary = customerSummaryFromColumns(data, { timeUnit: 'week' })
    const purchases = bgNbdModel({ params: TRUTH.purchases, timeUnit: 'week' })
    const spend = gammaGammaModel({ params: TRUTH.spend })
    const { repeats, ageAtLast, age, meanRepeatValue } = data
    const columns = { repeats, ageAtLast, age, meanRepeatValue }
    const works = {
      alive: ['P(alive)', () => probabilityAlive(purchases, summary), 1e-9],
      expected: ['expected purchases in 52 weeks', () => expectedPurchases(purchases, summary, WEEKS), 1e-7],
      value: ['value of 12 months, no intervals', () => lifetimeValue(purchases, spend, summary, TERMS).value, 1e-7],
    }
    for (const [what, [work, run, tolerance]] of Object.entries(works)) {
      const options = { what, purchases: TRUTH.purchases, spend: TRUTH.spend, horizon: WEEKS }
      rows.push(
        ...(await race({
          work,
          size: `${powerText(size)} customers`,
          per: { count: size, unit: 'a customer' },
          contestants: {
            clientele: run,
            ...python.contestant('lifetimes', 'forecast', powerText(size), columns, options),
          },
          check: (answer, _, ours) => mustAgree(answer, ours, tolerance),
        })),
      )
    }
  }
  return rows
}

/** The sum over all customers and each of the first thousand; the textbook's 2F1 loses a few digits to cancellation. */
function mustAgree(answer, ours, tolerance) {
  if (answer === ours) return
  mustBe(
    'the sum',
    answer.sum,
    ours.reduce((sum, value) => sum + value, 0),
    tolerance,
  )
  answer.first.forEach((value, c) => mustBe(`that of customer ${c}`, value, ours[c], tolerance))
}
