// An analysis as an arquero table: the columns go in as they are, typed arrays and all.
import { readFileSync } from 'node:fs'
import { desc, op, table as tableOf } from 'arquero'
import { analyzeCustomers, customerColumns } from 'clientele'
import { readCsv } from 'clientele/io'

const { table } = readCsv(readFileSync(new URL('data/cdnow-sample.csv', import.meta.url), 'utf8'))
const customers = tableOf(customerColumns(analyzeCustomers(table, { asOf: '1998-06-30' })))

customers
  .groupby('segment')
  .rollup({
    customers: op.count(),
    revenue: op.sum('total'),
    value: op.mean('lifetimeValue'),
    risk: op.mean('churnRisk'),
  })
  .orderby(desc('revenue'))
  .print()
