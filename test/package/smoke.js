// A first use of every entry point, in plain JavaScript that Node, Deno and Bun read alike.
import {
  analyzeCustomers,
  ClienteleError,
  customerSummary,
  decodeModels,
  encodeModels,
  eventTableFromColumns,
} from 'clientele'
import { formatCsv, readCsv } from 'clientele/io'
import { segmentBarPlot } from 'clientele/plot'
import { reportHtml } from 'clientele/report'
import { workerPool } from 'clientele/workers'

const events = []
for (let customer = 1; customer <= 60; customer++) {
  for (let day = customer % 29; day < 300; day += 7 + ((customer * 13) % 90)) {
    const time = new Date(Date.UTC(2024, 0, 1 + day))
    events.push({ type: 'purchase', customer: `c${customer}`, time, value: 5 + ((customer * day) % 50) })
  }
}
const analysis = analyzeCustomers(events, { asOf: '2024-10-31' })
check(analysis.summary.customers.length === 60, 'a row for each customer')
check(decodeModels(encodeModels([analysis.rfm.model]))[0].kind === 'rfm', 'a model survives its encoding')
check(readCsv(formatCsv({ id: ['a'], date: ['2024-01-01'], amount: [1] })).accepted === 1, 'a file is read')
check(typeof segmentBarPlot === 'function' && typeof reportHtml === 'function', 'pictures and the report are there')
try {
  analyzeCustomers([{ type: 'purchase', customer: '', time: 0, value: 1 }], { asOf: '2024-10-31' })
  check(false, 'a bad event is refused')
} catch (error) {
  check(error instanceof ClienteleError && error.code === 'BAD_EVENT', 'a bad event is refused by code')
}
const columns = {
  customer: Uint32Array.from({ length: 5000 }, (_, i) => (i * 7919) % 600),
  time: Float64Array.from({ length: 5000 }, (_, i) => ((i * 31) % 300) * 86_400_000),
  value: Float64Array.from({ length: 5000 }, (_, i) => ((i * 17) % 9973) / 100),
}
const pool = workerPool({ threads: 2 })
const shared = await pool.summarise(columns, { asOf: '1970-12-31' })
await pool.close()
const alone = customerSummary(eventTableFromColumns(columns), { asOf: '1970-12-31' })
const isSame = shared.total.every((money, c) => money === alone.total[c])
check(shared.total.length === 600 && isSame, 'two workers come to what one thread comes to')
check(shared.total.buffer instanceof SharedArrayBuffer, 'the workers did it, not this thread in their place')
const runtime = globalThis.Deno ? 'deno' : globalThis.Bun ? 'bun' : 'node'
console.log(`the packed library works in ${runtime}`)

function check(holds, what) {
  if (!holds) throw new Error(`not so: ${what}`)
}
