import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventBatch } from '../../src/io/eventBatch.ts'
import { readCsv } from '../../src/io/readCsv.ts'
import { type ReadEventsOptions, readEvents } from '../../src/io/readEvents.ts'
import { type BatchesTable, tableFromBatches } from '../../src/io/tableFromBatches.ts'
import { all, eventFile, orders } from './eventFiles.ts'

// The same tests of files, by our own readers and by DuckDB.

const isThere = await import('@duckdb/node-api').then(
  () => true,
  () => false,
)
const engines = (['own', 'duckdb'] as const).filter((engine) => engine === 'own' || isThere)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function fileOf(content: string | Uint8Array, name = 'file'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

describe.each(engines)('files, read by %s', (engine) => {
  const batches = (path: string | URL, options: ReadEventsOptions = {}): Promise<EventBatch[]> =>
    all(readEvents(path, { ...options, engine }))
  const table = (path: string | URL, options: ReadEventsOptions = {}): Promise<BatchesTable> =>
    tableFromBatches(readEvents(path, { ...options, engine }))

  test.each(['orders.csv', 'pyarrow-snappy.parquet', 'pyarrow-zstd.parquet', 'duckdb.parquet'])(
    '%s has the orders, to the bit',
    async (name) => {
      for (const path of [eventFile(name), pathToFileURL(eventFile(name))]) {
        const read = await table(path, { batchRows: 333 })
        expect([read.rows, read.rejected]).toEqual([1200, []])
        expect(read.table).toEqual(orders().table)
      }
    },
  )

  test('small Parquet that is not packed', async () => {
    const { table: read, rows } = await table(eventFile('pyarrow-plain.parquet'))
    expect(rows).toBe(24)
    expect(read).toEqual((await tableFromBatches(readEvents(eventFile('pyarrow-small.arrow')))).table)
  })

  test('a column of days begins at local midnight', async () => {
    const { table: read } = await table(eventFile('pyarrow-days.parquet'), { timeZone: 'Europe/Berlin' })
    expect(Math.min(...read.time)).toBe(Date.parse('2023-01-01T00:00:00+01:00'))
  })

  test('gzip of several members', async () => {
    const bytes = await readFile(eventFile('orders.csv'))
    const packed = Buffer.concat([gzipSync(bytes.subarray(0, 9000)), gzipSync(bytes.subarray(9000))])
    expect((await table(await fileOf(packed))).table).toEqual(orders().table)
  })

  test('semicolons, tabs, decimal commas, CRLF and a byte order mark', async () => {
    const path = await fileOf('\ufeffkunde;datum;betrag\r\nann;2024-05-02;"1,50"\r\nbob;2024-05-02;1.234,5\r\n')
    const columns = { customer: 'kunde', time: 'datum', value: 'betrag' }
    const [batch] = await batches(path, { columns, decimal: ',' })
    expect(Array.from(batch!.columns.value!)).toEqual([1.5, 1234.5])
    const [tabbed] = await batches(await fileOf('id\tdate\tamount\nann\t2024-05-02\t2\n'))
    expect(tabbed!.rows).toBe(1)
  })

  test('places and reasons are those of readCsv', async () => {
    const text =
      'id,date,amount\nann,2024-05-02,30\nbob,never,12\n\n,2024-05-02,1\neve,2024-05-02,1e999\neve,275761-01-01,1\n"a\nb",2024-05-02,1\nnul\0,2024-05-02,1\neve,2024-05-02\n"eve,2024-05-02,1\ndan,2024-05-03,0\n'
    const [batch] = await batches(await fileOf(text))
    expect(batch!.rejected).toEqual(readCsv(text).rejected)
    expect(Array.from(batch!.places)).toEqual([2, 8, 13])
    const blank = `\nid,date,amount\n${'ann,2024-05-02,1\n'.repeat(3)}\nbob,2024-05-03,2\n`
    expect(Array.from((await batches(await fileOf(blank)))[0]!.places)).toEqual([3, 4, 5, 7])
  })

  test('a column is taken as type, currency, id and source where it is named', async () => {
    const text = 'id,date,amount,kind,cur,event\nann,2024-05-02,1,purchase,EUR,e1\nann,2024-05-02,1,refund,EUR,e1\n'
    const columns = { type: 'kind', currency: 'cur', id: 'event' }
    const { table: read } = await table(await fileOf(text), { columns })
    expect([read.ledger.replays, read.currency]).toEqual([1, 'EUR'])
  })

  test('columns of a type that no part is', async () => {
    const { rejected, rows } = await table(eventFile('pyarrow-snappy.parquet'), { columns: { value: 'note' } })
    expect([rejected.length, rows]).toEqual([1200, 1200])
    expect(rejected[0]).toMatchObject({ line: 1, reason: '"note" must be a number, got "x0"' })
  })

  test('a field of five million characters costs its row', async () => {
    const long = 'x'.repeat(5_000_000)
    const text = `id,date,amount\n${long},2024-05-02,1\n"${long}",2024-05-02,1\nann,2024-05-02,1\n`
    const [batch] = await batches(await fileOf(text))
    expect(batch!.rejected.map(({ line }) => line)).toEqual([2, 3])
    expect(batch!.rejected[0]).toMatchObject({ reason: 'a record is longer than 1048576 characters' })
    expect(Array.from(batch!.places)).toEqual([4])
  })

  test('nothing is no batch', async () => {
    expect(await batches(await fileOf('id,date,amount\n'))).toEqual([])
  })

  test('what is refused, and how', async () => {
    const refused = async (path: string, code: string, text: string, options?: ReadEventsOptions): Promise<void> => {
      await expect(batches(path, options)).rejects.toMatchObject({ code, message: expect.stringContaining(text) })
    }
    const csv = await readFile(eventFile('orders.csv'))
    const parquet = await readFile(eventFile('pyarrow-snappy.parquet'))
    const packed = gzipSync(csv)
    await refused('nowhere.csv', 'BAD_FILE', 'cannot read nowhere.csv')
    await refused(await fileOf(Uint8Array.of(...csv.subarray(0, 40), 0xe9, 0x2c)), 'BAD_FILE', 'is not UTF-8 text')
    await refused(await fileOf(packed.subarray(0, packed.length - 9)), 'BAD_FILE', 'gzip that is damaged or cut off')
    await refused(await fileOf(''), 'BAD_FILE', 'has no header line: it is empty', { format: 'csv' })
    await refused(await fileOf('"id,date'), 'BAD_FILE', 'no header line: a quote is opened')
    await refused(await fileOf(','.repeat(1_000_000)), 'BAD_FILE', 'has 1000001 columns, more than 16384')
    await refused(await fileOf('a,b\n'), 'MISSING_COLUMN', 'no column that could be the customer')
    await refused(eventFile('duckdb.parquet'), 'MISSING_COLUMN', 'has no column "euros" for the value', {
      columns: { value: 'euros' },
    })
    await refused(await fileOf(parquet.subarray(0, parquet.length >> 1)), 'BAD_FILE', 'damaged or cut off')
    await refused(await fileOf(csv), 'BAD_FILE', 'is no Parquet file', { format: 'parquet' })
  })

  test('a signal stops the reading between batches', async () => {
    for (const name of ['orders.csv', 'duckdb.parquet']) {
      const stop = new AbortController()
      const read = async (): Promise<void> => {
        for await (const _ of readEvents(eventFile(name), { batchRows: 10, signal: stop.signal, engine }))
          stop.abort('enough')
      }
      await expect(read()).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' })
    }
  })
})
