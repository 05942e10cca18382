import { customerSummary } from 'clientele'
import { readEvents, tableFromBatches, readCsv } from 'clientele/io'
import { readFileSync } from 'node:fs'
import duck from '@duckdb/node-api'
const path = process.argv[2]
const { DuckDBInstance } = duck
async function db(threads){ const i = await DuckDBInstance.create(':memory:', {threads:String(threads)}); return i.connect() }
const c1 = await db(1), c2 = await db(2)
const SQL = `WITH days AS (SELECT customer, date, sum(amount) AS money FROM read_csv('${path}', header=true, columns={'customer':'VARCHAR','date':'DATE','amount':'DOUBLE'}) GROUP BY customer, date),
 firsts AS (SELECT customer, min(date) AS first FROM days GROUP BY customer)
 SELECT customer, count(*)-1 AS x, max(date)-min(date) AS tx, DATE '2023-12-31'-min(date) AS T, sum(money) AS total FROM days GROUP BY customer`
const SQL2=`SELECT customer, count(*) , max(date)-min(date), DATE '2023-12-31'-min(date), sum(amount) FROM read_csv('${path}', header=true, columns={'customer':'VARCHAR','date':'DATE','amount':'DOUBLE'}) GROUP BY customer`
const runs = {
  table: async () => (await tableFromBatches(readEvents(path))).table.time.length,
  summary: async () => customerSummary((await tableFromBatches(readEvents(path))).table, { asOf:'2023-12-31', timeUnit:'day' }).customers.length,
  readCsvBytes: async () => readCsv(readFileSync(path)).accepted,
  readCsvText: async () => readCsv(readFileSync(path,'utf8')).accepted,
  batchesOnly: async () => { let n=0; for await (const b of readEvents(path)) n+=b.rows; return n },
  duck1: async () => (await c1.runAndReadAll(SQL)).getColumns().length,
  duck2: async () => (await c2.runAndReadAll(SQL)).getColumns().length,
  duck1simple: async () => (await c1.runAndReadAll(SQL2)).getColumns().length,
  duck2simple: async () => (await c2.runAndReadAll(SQL2)).getColumns().length,
}
if (process.argv[3]) for (const k of Object.keys(runs)) if (!k.match(process.argv[3])) delete runs[k]
const res = {}
for (let r=0;r<6;r++) for (const [k,f] of Object.entries(runs)) {
  const u=process.cpuUsage(), t=performance.now()
  const a = await f()
  const w=performance.now()-t, c=process.cpuUsage(u)
  ;(res[k]??=[]).push([w,(c.user+c.system)/1000, a])
}
for (const [k,v] of Object.entries(res)) { const s=v.slice(1); const med=(j)=>[...s].sort((a,b)=>a[j]-b[j])[s.length>>1][j]; console.log(k.padEnd(14), 'wall', med(0).toFixed(0), 'cpu', med(1).toFixed(0), 'first', v[0][0].toFixed(0), v[0][2]) }
