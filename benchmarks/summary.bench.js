// Events in columns → one row a customer: (x, t_x, T), money, and the mean value of repeats.
import { customerSummary, eventTableFromColumns } from 'clientele'
import { workerPool } from 'clientele/workers'
import { purchases } from './data.js'
import { mustBe } from './harness.js'
import { packagePeer } from './peers/packages.js'

const DAY_MS = 86_400_000
const TOTALS = ['repeats', 'ageAtLast', 'age', 'total', 'meanRepeatValue']

export async function bench({ race, sizes, powerText, python }) {
  const rows = []
  for (const size of sizes({ small: [1e5], full: [1e5, 1e6], large: [1e7] })) {
    const events = purchases(size)
    for (const [ids, make] of Object.entries(INPUTS)) {
      // Made here and dropped after its race: ten million texts on the heap would slow down the garbage collector for all.
      const columns = make(events)
      // 10^7 events take arquero half a minute a run.
      const arquero = size > 1e6 ? {} : await packagePeer('arquero', (aq) => arqueroSummary(aq, columns, events.asOf))
      const duckDb = await packagePeer('@duckdb/node-api', (duckDb) => duckDbSummary(duckDb, columns, events.asOf, 1))
      const numbers = { ...events, asOf: Float64Array.of(Date.parse(events.asOf)) }
      rows.push(
        ...(await race({
          work: `summary, ${ids} ids`,
          size: `${powerText(size)} events`,
          per: { count: size, unit: 'an event' },
          contestants: {
            clientele: () => customerSummary(eventTableFromColumns(columns), { asOf: events.asOf, timeUnit: 'day' }),
            ...arquero,
            ...duckDb,
            ...(ids === 'text' || ids === 'integer'
              ? python.contestant('pandas', 'summary', powerText(size), numbers, { ids })
              : {}),
          },
          check,
        })),
      )
    }
    rows.push(...(await raceOfThreads(race, events, powerText(size))))
  }
  return rows
}

/** Two threads a side, by the clock on the wall: to be believed only where two cores have nothing else to do. */
async function raceOfThreads(race, events, size) {
  const columns = { customer: shared(events.customer), time: shared(events.time), value: shared(events.value) }
  const options = { asOf: events.asOf, timeUnit: 'day' }
  const pools = { one: workerPool({ threads: 1 }), two: workerPool({ threads: 2 }) }
  const rows = await race({
    work: 'summary, integer ids, 2 threads, wall clock',
    size: `${size} events`,
    per: { count: events.time.length, unit: 'an event' },
    clock: 'wall',
    contestants: {
      clientele: () => pools.two.summarise(columns, options),
      'clientele, 1 worker': () => pools.one.summarise(columns, options),
      ...(await packagePeer('@duckdb/node-api', (duckDb) => duckDbSummary(duckDb, events, events.asOf, 2))),
    },
    check,
  })
  for (const pool of Object.values(pools)) await pool.close()
  return rows
}

/** The same purchases with ids as numbers, in any order and by customer and time, and as texts. */
const INPUTS = {
  integer: ({ customer, time, value }) => ({ customer, time, value }),
  'sorted integer': ({ customer, time, value }) => {
    const inOrder = Uint32Array.from(customer.keys()).sort((a, b) => customer[a] - customer[b] || time[a] - time[b])
    const sorted = (column) => column.map((_, i) => column[inOrder[i]])
    return { customer: sorted(customer), time: sorted(time), value: sorted(value) }
  },
  text: ({ customer, time, value }) => ({ customer: Array.from(customer, (number) => `c${number}`), time, value }),
}

function shared(column) {
  const copy = new column.constructor(new SharedArrayBuffer(column.byteLength))
  copy.set(column)
  return copy
}

function check(answer, _, ours) {
  const found = totals(answer)
  const expected = totals(ours)
  // Money is summed in another order: 1e-9 of it is far above rounding and far below a cent a customer.
  for (const name of Object.keys(expected)) mustBe(`sum of ${name}`, found[name], expected[name], 1e-9)
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

/** Rows of a chunk in DuckDB. */
const CHUNK = 2048

/**
 * From a table with types, in memory. Two groupings, which was the quickest of several ways in SQL: days by integer
 * division took as long, customer and day packed into one number a tenth to a half longer, and so did one grouping with
 * `count(DISTINCT day)` and a join for the money of the first day.
 */
async function duckDbSummary(
  { DuckDBDataChunk, DuckDBInstance, DOUBLE, TIMESTAMP, ...duckDb },
  columns,
  asOf,
  threads,
) {
  const { customer, time, value } = columns
  const isText = typeof customer[0] === 'string'
  const instance = await DuckDBInstance.create(':memory:', { threads: `${threads}` })
  const connection = await instance.connect()
  await connection.run(
    `CREATE TABLE events (customer ${isText ? 'VARCHAR' : 'UINTEGER'}, time TIMESTAMP, value DOUBLE)`,
  )
  const types = [isText ? duckDb.VARCHAR : duckDb.UINTEGER, TIMESTAMP, DOUBLE]
  const appender = await connection.createAppender('events')
  for (let start = 0; start < time.length; start += CHUNK) {
    const chunk = DuckDBDataChunk.create(types)
    const rowsOf = (column) => Array.from(column.slice(start, start + CHUNK))
    const instants = rowsOf(time).map((ms) => new duckDb.DuckDBTimestampValue(BigInt(ms) * 1000n))
    chunk.setColumns([rowsOf(customer), instants, rowsOf(value)])
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
  let sums
  return async () => {
    await connection.run(`
      CREATE OR REPLACE TABLE summary AS
      WITH days AS (
        SELECT customer, time::DATE AS day, sum(value) AS money FROM events WHERE time < DATE '${asOf}' + 1 GROUP BY ALL
      ), customers AS (
        SELECT customer, min(day) AS first, max(day) AS last, count(*) AS days, sum(money) AS total,
          arg_min(money, day) AS first_money
        FROM days GROUP BY customer
      )
      SELECT customer, days - 1 AS repeats, last - first AS age_at_last, DATE '${asOf}' - first AS age, total,
        CASE WHEN days > 1 THEN (total - first_money) / (days - 1) ELSE 0 END AS mean_repeat_value
      FROM customers`)
    sums ??= await duckDbTotals(connection) // of the first run alone, whose time is not counted
    return sums
  }
}

async function duckDbTotals(connection) {
  const reader = await connection.runAndReadAll(`
    SELECT count(*), sum(repeats), sum(age_at_last), sum(age), sum(total), sum(mean_repeat_value) FROM summary`)
  const [customers, ...sums] = reader.getRows()[0].map(Number)
  return { customers, ...Object.fromEntries(TOTALS.map((name, i) => [name, sums[i]])) }
}

/** Number of customers and sums of columns, of whatever holds them. */
function totals(answer) {
  if (typeof answer.customers === 'number') return answer // worked out in Python or SQL
  const columnOf = (name) => (answer.customers ? answer[name] : answer.array(name))
  const sums = TOTALS.map((name) => [name, columnOf(name).reduce((sum, value) => sum + value, 0)])
  return { customers: columnOf('repeats').length, ...Object.fromEntries(sums) }
}
