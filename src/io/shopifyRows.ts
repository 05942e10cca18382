import { show } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { countOf } from './countOf.ts'
import { csvRecords } from './csvRecords.ts'

/** The rows of Shopify's order export, below its header. */
export interface ShopifyRows {
  /** Line of each row in the text, from 1. */
  readonly lines: readonly number[]
  /** Why a row belongs to no order, or nothing. */
  readonly problems: readonly string[]
  /** Rows of each order; the first of them holds the fields of the order itself. */
  readonly orders: readonly (readonly number[])[]
  /** A cell; empty where the export lacks the column. */
  cell(row: number, column: string): string
}

const NEEDED = ['name', 'email', 'currency', 'subtotal', 'total', 'created at']

/** Columns that are filled in the first row of an order alone. */
const OWN = ['id', 'financial status', 'subtotal', 'total']

/**
 * Reads the text and finds which rows make an order: those of one `Name`, from a row with fields of the order itself to
 * the next such one. Column names are compared without case.
 *
 * @throws {ClienteleError} `BAD_FILE` without a header; `MISSING_COLUMN` for a column that is not there
 */
export function shopifyRows(caller: string, text: string): ShopifyRows {
  const records = csvRecords(text, ',')
  const first = records.next()
  if (first.done || first.value.problem !== '')
    throw new ClienteleError('BAD_FILE', `${caller}: the text has no header line`)
  const header = first.value.fields
  const places = new Map(header.map((name, i) => [name.trim().toLowerCase(), i]))
  const missing = NEEDED.find((name) => !places.has(name))
  if (missing !== undefined)
    throw new ClienteleError(
      'MISSING_COLUMN',
      `${caller}: the header has no column "${missing}"; it begins ${show(first.value.text)}`,
    )
  const rows: (readonly string[])[] = []
  const lines: number[] = []
  const problems: string[] = []
  for (const { line, fields, problem } of records) {
    const isWhole = fields.length === header.length
    rows.push(problem === '' && isWhole ? fields : [])
    lines.push(line)
    problems.push(
      problem || (isWhole ? '' : `the row has ${countOf(fields.length, 'field')}, the header ${header.length}`),
    )
  }
  const cell = (row: number, column: string): string => rows[row]![places.get(column) ?? -1]?.trim() ?? ''
  return { lines, problems, orders: groupRows(problems, cell), cell }
}

/** Rows of each order; a row of none gets a problem. */
function groupRows(problems: string[], cell: ShopifyRows['cell']): number[][] {
  const orders: number[][] = []
  const open = new Map<string, number[]>()
  for (const [row, problem] of problems.entries()) {
    if (problem !== '') continue
    const name = cell(row, 'name')
    const order = open.get(name)
    if (OWN.some((column) => cell(row, column) !== '')) {
      const rows = [row]
      orders.push(rows)
      open.set(name, rows)
    } else if (order !== undefined) order.push(row)
    else problems[row] = `no row before this one has the fields of order ${show(name)}`
  }
  return orders
}
