import { customerSummary, eventTableFromColumns } from '../dist/index.js'
import { workerPool } from '../dist/workers/index.js'
import { purchases } from './data.js'
import { collectGarbage as gc } from './harness.js'
const N = Number(process.argv[2] ?? 1e7)
const e = purchases(N)
const sh = (c) => { const d = new c.constructor(new SharedArrayBuffer(c.byteLength)); d.set(c); return d }
const cols = { customer: sh(e.customer), time: sh(e.time), value: sh(e.value) }
const o = { asOf: e.asOf, timeUnit: 'day' }
const p1 = workerPool({ threads: 1 }), p2 = workerPool({ threads: 2 })
const T = { direct: [], one: [], two: [] }
for (let k = 0; k < 11; k++) for (const [n, f] of [['direct', () => customerSummary(eventTableFromColumns({ customer: e.customer, time: e.time, value: e.value }), o)], ['one', () => p1.summarise(cols, o)], ['two', () => p2.summarise(cols, o)]]) {
  gc(); const a = process.cpuUsage(); await f(); const b = process.cpuUsage(a); T[n].push((b.user+b.system)/1000)
}
const med = (v) => v.slice().sort((a, b) => a - b)[v.length >> 1]
for (const [n, v] of Object.entries(T)) console.log(n, 'wall', med(v).toFixed(0), 'min', Math.min(...v).toFixed(0))
console.log('one/two', med(T.one.map((t, i) => t / T.two[i])).toFixed(2))
await p1.close(); await p2.close()
