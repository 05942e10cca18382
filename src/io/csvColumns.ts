import { show } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'

/** Which column of a file plays which part. */
export interface CsvColumns {
  readonly customer: string
  readonly time: string
  readonly value: string
  /** Order number, which makes refunds find their order; empty if the file has none. */
  readonly order: string
}

/** Names by which each part is known, the surest first; case and punctuation do not matter. */
const KNOWN_NAMES: Readonly<Record<keyof CsvColumns, readonly (readonly string[])[]>> = {
  customer: [
    ['customer', 'customerid', 'customerno', 'customernumber', 'clientid', 'client', 'custid'],
    ['userid', 'user', 'memberid', 'accountid', 'email', 'customeremail'],
    ['id'],
  ],
  time: [
    ['orderdate', 'purchasedate', 'invoicedate', 'transactiondate', 'paidat'],
    ['date', 'time', 'timestamp', 'datetime', 'ts', 'day', 'createdat'],
  ],
  value: [
    ['amount', 'revenue', 'ordervalue', 'orderamount', 'monetary', 'dollarvalue', 'spend', 'sales', 'turnover'],
    ['value', 'total', 'totalprice', 'subtotal', 'price', 'net'],
  ],
  order: [['order', 'orderid', 'orderno', 'ordernumber', 'invoice', 'invoiceid', 'invoiceno', 'transactionid']],
}

/**
 * Finds the columns of a file: those that are named, and the others by their usual names where that is unambiguous.
 *
 * @param caller - function or command whose error it is
 * @param file - name of the file, for the error
 * @param header - columns found
 * @throws {ClienteleError} `MISSING_COLUMN` naming the column, the file and the columns found
 */
export function findColumns(
  caller: string,
  file: string,
  header: readonly string[],
  named: Partial<CsvColumns>,
): { readonly columns: CsvColumns; readonly guessed: readonly (keyof CsvColumns)[] } {
  const guessed: (keyof CsvColumns)[] = []
  const has = `it has ${namesText(header)}`
  const find = (part: keyof CsvColumns, isNeeded: boolean): string => {
    const name = named[part]
    const candidates = name === undefined ? candidatesFor(part, header) : header.filter((found) => found === name)
    if (name !== undefined && candidates.length === 1) return name
    if (name !== undefined) {
      const found = candidates.length === 0 ? 'no column' : `${candidates.length} columns`
      throw missing(`${caller}: ${file} has ${found} "${name}" for the ${part}; ${has}`)
    }
    if (candidates.length === 1) {
      guessed.push(part)
      return candidates[0]!
    }
    if (!isNeeded) return ''
    const found = candidates.length === 0 ? 'no column' : `${candidates.length} columns`
    throw missing(`${caller}: ${file} has ${found} that could be the ${part}, so name it; ${has}`)
  }
  const columns = {
    customer: find('customer', true),
    time: find('time', true),
    value: find('value', true),
    order: find('order', false),
  }
  return { columns, guessed }
}

/** Columns that bear the surest of the known names that any column bears. */
function candidatesFor(part: keyof CsvColumns, header: readonly string[]): readonly string[] {
  for (const names of KNOWN_NAMES[part]) {
    const found = header.filter((name) => names.includes(name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')))
    if (found.length > 0) return found
  }
  return []
}

const MAX_SHOWN = 30

/** Names for a message, which stays readable whatever the file holds. */
function namesText(header: readonly string[]): string {
  const shown = header.slice(0, MAX_SHOWN).map(show).join(', ')
  return header.length > MAX_SHOWN ? `${shown} and ${header.length - MAX_SHOWN} more` : shown
}

function missing(message: string): ClienteleError {
  return new ClienteleError('MISSING_COLUMN', message)
}
