// A CSV file of purchases → one row a customer, from the disk to the summary.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { customerSummary, eventTableFromColumns } from 'clientele'
import { readCsv, readEvents, tableFromBatches } from 'clientele/io'
import { purchases } from './data.js'
import { mustBe } from './harness.js'
import { packagePeer } from './peers/packages.js'

const DAY_MS = 86_400_000

export async function bench({ race, sizes, folder, powerText }) {
  const rows = []
  for (const size of sizes({ small: [1e4], full: [1e5, 1e6], large: [1e7] })) {
    const { path, asOf, customers, cents } = writePurchases(size, folder)
    const summaryOf = (table) => customerSummary(table, { asOf, timeUnit: 'day' })
    rows.push(
      ...(await race({
        work: 'CSV file to summary',
        size: `${powerText(size)} rows`,
        per: { count: size, unit: 'a row' },
        contestants: {
          clientele: async () => summaryOf((await tableFromBatches(readEvents(path))).table),
          'clientele, readCsv of bytes': () => summaryOf(readCsv(readFileSync(path)).table),
          ...(await packagePeer(
            'papaparse',
            ({ default: Papa }) =>
              () =>
                summaryOf(papaTable(Papa, readFileSync(path, 'utf8'))),
            ', and our table',
          )),
          ...(await duckDbPeers(path, asOf)),
        },
        check(answer) {
          mustBe('customers', answer.total.length, customers, 0)
          // Sums of money in any order: 1e-9 of it is far above rounding and far below a cent.
          mustBe('money', sum(answer.total), cents / 100, 1e-9)
        },
      })),
    )
  }
  return rows
}

/** Writes the purchases of `data.js` as a file, and says what is in it. */
function writePurchases(size, folder) {
  const { customer, time, value, asOf } = purchases(size)
  const lines = ['customer,date,amount']
  let cents = 0
  for (let i = 0; i < size; i++) {
    const day = new Date(Math.floor(time[i] / DAY_MS) * DAY_MS).toISOString().slice(0, 10)
    lines.push(`c${customer[i]},${day},${value[i].toFixed(2)}`)
    cents += Math.round(100 * value[i])
  }
  const path = join(folder, `purchases-${size}.csv`)
  writeFileSync(path, `${lines.join('\n')}\n`)
  return { path, asOf, cents, customers: new Set(customer).size }
}

function papaTable(Papa, text) {
  const rows = Papa.parse(text, { delimiter: ',', skipEmptyLines: true }).data.slice(1)
  return eventTableFromColumns({
    customer: rows.map((row) => row[0]),
    time: rows.map((row) => row[1]),
    value: rows.map((row) => Number(row[2])),
  })
}

/** Purchase days are what is counted, so DuckDB groups by customer and day, and then by customer. */
async function duckDbPeers(path, asOf) {
  const query = `
    WITH days AS (
      SELECT customer, date, sum(amount) AS money,
        row_number() OVER (PARTITION BY customer ORDER BY date) AS nth
      FROM read_csv('${path}', header = true,
        columns = {'customer': 'VARCHAR', 'date': 'DATE', 'amount': 'DOUBLE'})
      GROUP BY customer, date
    )
    SELECT sum(money), count(*) - 1, max(date) - min(date), DATE '${asOf}' - min(date), avg(money) FILTER (nth > 1)
    FROM days GROUP BY customer`
  const peers = {}
  for (const threads of [1, 2]) {
    const name = `, ${threads} thread${threads === 1 ? '' : 's'}`
    Object.assign(
      peers,
      await packagePeer(
        '@duckdb/node-api',
        async ({ DuckDBInstance }) => {
          const connection = await (await DuckDBInstance.create(':memory:', { threads: String(threads) })).connect()
          return async () => ({ total: (await connection.runAndReadAll(query)).getColumns()[0] })
        },
        name,
      ),
    )
  }
  return peers
}

function sum(values) {
  let whole = 0
  for (const value of values) whole += value
  return whole
}
