import { badOption, checkFlag, checkLength, checkNoOthers, checkObject, checkOptions } from '../core/checks.ts'

/** Columns of a CSV text: texts are quoted where needed, numbers written in full, NaN and what is missing as empty fields. */
export type CsvTableColumns = Readonly<Record<string, ArrayLike<string | number | null | undefined>>>

/** Options of `formatCsv`. */
export interface FormatCsvOptions {
  /**
   * Whether text cells that begin with `= + - @`, a tab or a carriage return get a leading `'`, so that a spreadsheet
   * shows them instead of running them. Numbers never do. @default true
   */
  readonly defuse?: boolean
}

const LINES_A_CHUNK = 4096

/**
 * Columns as CSV text (RFC 4180, LF), header first.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if the columns differ in length; `BAD_OPTION` for a cell that is neither text nor number
 * @example
 * formatCsv({ customer: ['ann', '=1+1'], value: [12.5, -3] }) // 'customer,value\nann,12.5\n\'=1+1,-3\n'
 */
export function formatCsv(columns: CsvTableColumns, options: FormatCsvOptions = {}): string {
  const { defuse = true, ...others } = checkOptions('formatCsv', options)
  checkNoOthers('formatCsv', others)
  checkFlag('formatCsv', 'defuse', defuse)
  const names = Object.keys(checkObject('formatCsv', 'columns', columns))
  const data = Object.values(columns)
  const rows = data[0]?.length ?? 0
  data.forEach((column, j) => {
    checkLength('formatCsv', names[j]!, column, rows)
  })
  const chunks = [`${names.map((name) => textCell(name, defuse)).join(',')}\n`]
  for (let start = 0; start < rows; start += LINES_A_CHUNK) {
    let chunk = ''
    for (let row = start; row < Math.min(start + LINES_A_CHUNK, rows); row++) {
      for (let j = 0; j < data.length; j++) {
        const cell = data[j]![row]
        if (j > 0) chunk += ','
        if (typeof cell === 'number') chunk += numberCell(cell)
        else if (typeof cell === 'string') chunk += textCell(cell, defuse)
        else if (cell !== undefined && cell !== null) chunk += otherCell(cell, `${names[j]}[${row}]`)
      }
      chunk += '\n'
    }
    chunks.push(chunk)
  }
  return chunks.join('')
}

function numberCell(value: number): string {
  return Number.isNaN(value) ? '' : String(value)
}

/** Booleans and whole numbers of any length read as what they are; nothing else does. */
function otherCell(cell: unknown, name: string): string {
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return String(cell)
  throw badOption('formatCsv', name, 'a text or a number', cell)
}

function textCell(text: string, defuse: boolean): string {
  const safe = defuse && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
