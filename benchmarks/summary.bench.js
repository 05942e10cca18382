// Events in columns → one row a customer: (x, t_x, T), money, and the mean value of repeats.
import { customerSummary, eventTableFromColumns } from 'clientele'
import { purchases } from './data.js'
import { mustBe } from './harness.js'
import { packagePeer } from './peers/packages.js'

const DAY_MS = 86_400_000
const TOTALS = ['repeats', 'ageAtLast', 'age', 'total', 'meanRepeatValue']

export async function bench({ race, sizes, powerText, python }) {
  const rows = []
  for (const size of sizes({ small: [1e5], full: [1e5, 1e6], large: [1e7] })) {
    const events = purchases(size)
    for (const ids of ['integer', 'text']) {
      const customer = ids === 'integer' ? events.customer : Array.from(events.customer, (number) => `c${number}`)
      const columns = { customer, time: events.time, value: events.value }
      // 10^7 events take arquero half a minute a run.
      const arquero = size > 1e6 ? {} : await packagePeer('arquero', (aq) => arqueroSummary(aq, columns, events.asOf))
      const numbers = { ...events, asOf: Float64Array.of(Date.parse(events.asOf)) }
      rows.push(
        ...(await race({
          work: `summary, ${ids} ids`,
          size: `${powerText(size)} events`,
          per: { count: size, unit: 'an event' },
          contestants: {
            clientele: () => customerSummary(eventTableFromColumns(columns), { asOf: events.asOf, timeUnit: 'day' }),
            ...arquero,
            ...python.contestant('pandas', 'summary', powerText(size), numbers, { ids }),
          },
          check(answer, _, ours) {
            const found = totals(answer)
            const expected = totals(ours)
            // Money is summed in another order: 1e-9 of it is far above rounding and far below a cent a customer.
            for (const name of Object.keys(expected)) mustBe(`sum of ${name}`, found[name], expected[name], 1e-9)
          },
        })),
      )
    }
  }
  return rows
}

/** One grouping by customer; a second one by customer and day, the obvious way, takes a third longer. */
function arqueroSummary({ table, op }, columns, asOf) {
  const events = table(columns)
  return () =>
    events
      .params({ dayMs: DAY_MS, asOfDay: Date.parse(asOf) / DAY_MS })
      .derive({ day: (d, $) => op.floor(d.time / $.dayMs) })
      .groupby('customer')
      .derive({ first: op.min('day') })
      .derive({ later: (d) => (d.day > d.first ? d.value : 0) })
      .rollup({
        days: op.distinct('day'),
        first: op.min('day'),
        last: op.max('day'),
        total: op.sum('value'),
        later: op.sum('later'),
      })
      .derive({
        repeats: (d) => d.days - 1,
        ageAtLast: (d) => d.last - d.first,
        age: (d, $) => $.asOfDay - d.first,
        meanRepeatValue: (d) => (d.days > 1 ? d.later / (d.days - 1) : 0),
      })
}

/** Number of customers and sums of columns, of whatever holds them. */
function totals(answer) {
  if (typeof answer.customers === 'number') return answer // worked out in Python
  const columnOf = (name) => (answer.customers ? answer[name] : answer.array(name))
  const sums = TOTALS.map((name) => [name, columnOf(name).reduce((sum, value) => sum + value, 0)])
  return { customers: columnOf('repeats').length, ...Object.fromEntries(sums) }
}
