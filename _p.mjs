import Papa from 'papaparse'
import { readFileSync } from 'node:fs'
import { eventTableFromColumns, customerSummary } from 'clientele'
import { readEvents, tableFromBatches } from 'clientele/io'
const path=process.argv[2]
const cpu=()=>{const c=process.cpuUsage();return (c.user+c.system)/1000}
for(let i=0;i<3;i++){ let t=cpu()
 const rows=Papa.parse(readFileSync(path,'utf8'),{delimiter:',',skipEmptyLines:true}).data.slice(1)
 const tb=eventTableFromColumns({customer:rows.map(r=>r[0]),time:rows.map(r=>r[1]),value:rows.map(r=>Number(r[2]))})
 customerSummary(tb,{asOf:'2023-12-31',timeUnit:'day'})
 const a=cpu()-t; t=cpu()
 customerSummary((await tableFromBatches(readEvents(path))).table,{asOf:'2023-12-31',timeUnit:'day'})
 console.log('papa',a.toFixed(0),'ours',(cpu()-t).toFixed(0)) }
