import { resolve } from 'node:path'
import { ClienteleError } from '../core/errors.ts'

/** Rows that DuckDB answers, some at a time and in the order of the file. */
export type DuckDbQuery = (sql: string, values: readonly string[]) => AsyncGenerator<DuckDbRows, void, void>

/** Some rows of an answer, by column. */
export interface DuckDbRows {
  readonly columns: readonly (readonly unknown[])[]
  readonly rows: number
}

/**
 * Opens a DuckDB in memory that answers queries until `close`. It loads no extensions and knows no network.
 *
 * @throws {ClienteleError} `MISSING_PEER` if the package is not installed
 */
export async function openDuckDb(caller: string): Promise<{ readonly query: DuckDbQuery; readonly close: () => void }> {
  const { DuckDBInstance } = await loadDuckDb(caller)
  const settings = { autoinstall_known_extensions: 'false', autoload_known_extensions: 'false' }
  const instance = await DuckDBInstance.create(':memory:', settings)
  const connection = await instance.connect()
  const query: DuckDbQuery = async function* (sql, values) {
    const result = await connection.stream(sql, [...values])
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) return
      yield { columns: chunk.getColumns(), rows: chunk.rowCount }
    }
  }
  const close = (): void => {
    connection.interrupt()
    connection.closeSync()
    instance.closeSync()
  }
  return { query, close }
}

/** Whether the package can be loaded. */
export async function hasDuckDb(): Promise<boolean> {
  return import('@duckdb/node-api').then(
    () => true,
    () => false,
  )
}

async function loadDuckDb(caller: string): Promise<typeof import('@duckdb/node-api')> {
  try {
    return await import('@duckdb/node-api')
  } catch (cause) {
    const message = `${caller}: "engine" 'duckdb' needs a package that is not there: npm install @duckdb/node-api`
    throw new ClienteleError('MISSING_PEER', message, { cause })
  }
}

/** A path as DuckDB reads it: absolute, so that it is no address, and with nothing in it that stands for other files. */
export function pathForDuckDb(path: string): string {
  return resolve(path).replaceAll(/[*?[]/g, '[$&]')
}

/** A name as SQL identifies it. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as SQL writes it. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
