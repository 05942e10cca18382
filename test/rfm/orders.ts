import { readFileSync } from 'node:fs'
import type { CustomerSummary } from '../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'

const GOLDENS = new URL('../goldens/', import.meta.url)

/** Rows of a golden CSV file, by column name. The files quote texts without commas or quotes inside. */
export function goldenRows(path: string): Record<string, string>[] {
  const [head, ...lines] = readFileSync(new URL(path, GOLDENS), 'utf8').trim().split('\n')
  const cells = (line: string): string[] => line.split(',').map((cell) => cell.replace(/^"|"$/g, ''))
  const names = cells(head!)
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, j) => [names[j]!, cell])))
}

export function goldenJson<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(path, GOLDENS), 'utf8')) as T
}

/** A summary with what RFM needs. */
export function summaryOf(
  rows: readonly {
    readonly sinceLast: number
    readonly purchases: number
    readonly total: number
    readonly id?: string
  }[],
  more: Partial<CustomerSummary> = {},
): CustomerSummary {
  const ageAtLast = rows.map(({ purchases }) => (purchases > 1 ? 1 : 0))
  const columns = {
    repeats: rows.map(({ purchases }) => purchases - 1),
    ageAtLast,
    age: rows.map(({ sinceLast }, row) => sinceLast + ageAtLast[row]!),
    total: rows.map(({ total }) => total),
    customers: rows.map(({ id }, row) => id ?? `c${row}`),
  }
  return { ...customerSummaryFromColumns(columns, { timeUnit: 'day' }), ...more }
}

/** The 995 customers of the R package rfm, in the order of its tables. */
export function orderSummary(): CustomerSummary {
  return summaryOf(
    goldenRows('rfm/golden_orders_rfm_5x5x5.csv').map((row) => ({
      id: row.customer_id!,
      sinceLast: Number(row.recency_days),
      purchases: Number(row.transaction_count),
      total: Number(row.amount),
    })),
  )
}
