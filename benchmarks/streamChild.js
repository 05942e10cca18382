// Streams events into an accumulator in chunks, in a process of its own, so that the peak of memory is that of this work
// alone. Prints one line of JSON: bytes and CPU seconds of `add`.
//
// node benchmarks/streamChild.js <events> <customers> <days> <ids | orders>
import { summaryAccumulator } from 'clientele'
import { chance } from './data.js'
import { peakOfMemory } from './peakOfMemory.js'

const DAY_MS = 86_400_000
const START = Date.UTC(2024, 0, 1)
const CHUNK = 1_000_000

const [size, customers, days, kind] = process.argv.slice(2).map((text) => (/^\d/.test(text) ? Number(text) : text))
const unit = chance(1)
const rows = Math.min(CHUNK, size)
const columns = { customer: new Uint32Array(rows), time: new Float64Array(rows), value: new Float64Array(rows) }
if (kind === 'orders') columns.order = new Array(rows)
const chunks = Math.ceil(size / rows)
const accumulator = summaryAccumulator({ refundWindow: { days: 14 } })
let cents = 0
fillChunk(0)
const before = peakOfMemory()
const rss = []
let seconds = 0
for (let chunk = 0; chunk < chunks; chunk++) {
  fillChunk(chunk)
  for (let i = 0; i < rows; i++) cents += Math.round(columns.value[i] * 100)
  const start = process.cpuUsage()
  accumulator.add(columns)
  const { user, system } = process.cpuUsage(start)
  seconds += (user + system) / 1e6
  rss.push(process.memoryUsage.rss())
}
const peak = peakOfMemory()
const state = accumulator.encode().length
const { ledger, purchases } = accumulator.summary({ asOf: '2030-12-31', timeUnit: 'day' })
console.log(
  JSON.stringify({
    events: purchases.reduce((sum, count) => sum + count, 0),
    isExact: Math.round(ledger.total * 100) === cents && ledger.purchases === rows * chunks,
    before,
    input: rows * 20,
    peak,
    state,
    atHalf: Math.max(...rss.slice(0, Math.ceil(chunks / 2))),
    seconds,
  }),
)

/** The next events, by time from chunk to chunk and in any order within one; the columns are used over and over. */
function fillChunk(chunk) {
  const { customer, time, value, order } = columns
  for (let i = 0; i < rows; i++) {
    customer[i] = Math.floor(customers * unit())
    time[i] = START + Math.floor(((chunk + unit()) / chunks) * days * DAY_MS)
    value[i] = Math.floor(100 + 10_000 * unit()) / 100
    if (order) order[i] = `A-${chunk * rows + i}`
  }
}
