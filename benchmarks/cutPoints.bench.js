// Quintiles of recency, frequency and money, beside what they usually cost: three sorted copies.
import { customerSummaryFromColumns, fitRfm } from 'clientele'
import { histories } from './data.js'
import { mustBe } from './harness.js'
import { quantile } from './textbook.js'

const MEASURES = ['sinceLast', 'purchases', 'total']
const SHARES = [0.2, 0.4, 0.6, 0.8]

export async function bench({ race, sizes, powerText }) {
  const rows = []
  for (const size of sizes({ small: [1e5], full: [1e6], large: [1e7] })) {
    const summary = customerSummaryFromColumns(histories(size), { timeUnit: 'week' })
    const sorted = (measure) => {
      const ascending = summary[measure].slice().sort()
      return SHARES.map((share) => quantile(ascending, share))
    }
    rows.push(
      ...(await race({
        work: 'cut points of R, F and M',
        size: `${powerText(size)} customers`,
        contestants: {
          clientele: () => fitRfm(summary).cuts,
          'sorted copies': () => Object.fromEntries(MEASURES.map((measure) => [measure, sorted(measure)])),
        },
        check(cuts, _, ours) {
          // Between two values, a cut can round in either direction.
          for (const measure of MEASURES) {
            SHARES.forEach((share, i) => {
              mustBe(`cut of ${measure} at ${share}`, ours[measure][i], cuts[measure][i], 1e-14)
            })
          }
        },
      })),
    )
  }
  return rows
}
