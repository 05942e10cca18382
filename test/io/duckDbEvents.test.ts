import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { EventBatch } from '../../src/io/eventBatch.ts'
import { type ReadEventsOptions, readEvents } from '../../src/io/readEvents.ts'
import { tableFromBatches } from '../../src/io/tableFromBatches.ts'
import { all, eventFile, orders } from './eventFiles.ts'

const isThere = await import('@duckdb/node-api').then(
  () => true,
  () => false,
)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const withDuckDb = (path: string, options: ReadEventsOptions = {}): AsyncIterable<EventBatch> =>
  readEvents(path, { ...options, engine: 'duckdb' })

/** All batches without their numbers, which bytes share from batch to batch and texts do not. */
const allOf = async (batches: AsyncIterable<EventBatch>): Promise<Omit<EventBatch, 'coded'>[]> =>
  (await all(batches)).map(({ coded: _, ...batch }) => batch)

describe.skipIf(!isThere)('DuckDB', () => {
  test.each([
    'orders.csv',
    'pyarrow-snappy.parquet',
    'pyarrow-zstd.parquet',
    'pyarrow-plain.parquet',
    'duckdb.parquet',
  ])('%s in the batches of our own reader', async (name) => {
    const path = eventFile(name)
    const options = { batchRows: 333 }
    expect(await allOf(withDuckDb(path, options))).toEqual(await allOf(readEvents(path, options)))
  })

  test('thousands parted by points before a decimal comma', async () => {
    const values = ['1.234,50', '12,5', '1.234.567,8', '-1.000,25']
    const path = await fileOf('de.csv', ['id;date;amount', ...values.map((v) => `ann;2024-05-02;${v}`), ''].join('\n'))
    const batches = await allOf(withDuckDb(path, { decimal: ',' }))
    expect(batches).toEqual(await allOf(readEvents(path, { decimal: ',' })))
    expect(Array.from(batches[0]!.columns.value!)).toEqual([1234.5, 12.5, 1234567.8, 1000.25])
  })

  test('the orders are those of readCsv', async () => {
    const { table } = await tableFromBatches(withDuckDb(eventFile('duckdb.parquet')))
    expect(table).toEqual(orders().table)
  })

  test.each(['UTC', 'America/New_York'])('days and wall times in %s', async (timeZone) => {
    for (const name of ['pyarrow-days.parquet', 'pyarrow-snappy.parquet']) {
      expect(await all(withDuckDb(eventFile(name), { timeZone }))).toEqual(
        await all(readEvents(eventFile(name), { timeZone })),
      )
    }
  })

  const good = 'ann,2024-05-02,30\n'.repeat(50)
  test.each([
    ['a row that cannot be read', `${good}bob,never,12\n${good}`],
    ['a row with a field too few', `${good}bob,2024-05-02\n${good}`],
    ['quotes', `${good}"bob ""the builder""",2024-05-02,"12"\n${good}`],
    ['quotes around everything', '"ann","2024-05-02","30"\n'.repeat(90)],
    ['a line break in quotes', `${good}"a\nb",2024-05-02,12\nbob,never,1\n${good}`],
    ['a quote that is not closed', `${good}"bob,2024-05-02,12\n${good}`],
    ['a quote in a field', `${good}b"ob,2024-05-02,12\n${good}`],
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['some CRLF', `${good}${good.replaceAll('\n', '\r\n')}`],
    ['CR inside', `${good}bob\r,2024-05-02,1\n${good}`],
    ['a NUL', `${good}b\0b,2024-05-02,1\n${good}`],
    ['a field that is too long', `${good}${'x'.repeat(70_000)},2024-05-02,1\n${good}`],
    ['a last line without its end', `${good}bob,2024-05-02,1`],
    ['nothing below the header', ''],
  ])('CSV with %s', async (_, body) => {
    const path = await fileOf('rows.csv', `id,date,amount\n${body}`)
    expect(await allOf(withDuckDb(path, { batchRows: 20 }))).toEqual(await allOf(readEvents(path, { batchRows: 20 })))
  })

  test('CSV with blank lines, before the header and after it', async () => {
    const path = await fileOf('blank.csv', `\n\nid,date,amount\n${good}\n\nbob,2024-05-02,1\nbob,never,1\n`)
    const [mine, theirs] = [await all(readEvents(path)), await all(withDuckDb(path))]
    expect(theirs.map(({ rejected }) => rejected)).toEqual(mine.map(({ rejected }) => rejected))
    expect(theirs[0]!.columns).toEqual(mine[0]!.columns)
  })

  test('CSV that is packed', async () => {
    const path = await fileOf('rows.csv.gz', gzipSync(await readFile(eventFile('orders.csv'))))
    expect(await all(withDuckDb(path))).toEqual(await all(readEvents(path)))
  })

  test('a path that would be a pattern or end a text, and a column that would end a name', async () => {
    const path = await fileOf(`it's [a] *?.csv`, `"who?",date,amount\nann,2024-05-02,1\n`)
    expect((await all(withDuckDb(path, { columns: { customer: 'who?' } })))[0]!.rows).toBe(1)
    const quoted = await fileOf(`"'; DROP.csv`, `a'b,date,amount\nann,2024-05-02,1\n`)
    expect((await all(withDuckDb(quoted, { columns: { customer: `a'b` } })))[0]!.rows).toBe(1)
    const parquet = await fileOf(`it's "[a] *?.parquet`, await readFile(eventFile('pyarrow-plain.parquet')))
    expect((await all(withDuckDb(parquet)))[0]!.rows).toBe(24)
  })

  test('files that are damaged or lack a column', async () => {
    const half = (await readFile(eventFile('duckdb.parquet'))).subarray(0, 9000)
    await expect(all(withDuckDb(await fileOf('half.parquet', half)))).rejects.toMatchObject({ code: 'BAD_FILE' })
    const bad = await fileOf('latin1.csv', Uint8Array.of(...new TextEncoder().encode('id,date,amount\n'), 0xe9, 0x2c))
    await expect(all(withDuckDb(bad))).rejects.toMatchObject({
      code: 'BAD_FILE',
      message: expect.stringContaining('UTF-8'),
    })
    await expect(all(withDuckDb(eventFile('duckdb.parquet'), { columns: { value: 'x' } }))).rejects.toMatchObject({
      code: 'MISSING_COLUMN',
    })
  })

  test('other formats are refused, and a signal is heard', async () => {
    await expect(all(withDuckDb(eventFile('pyarrow.arrow')))).rejects.toMatchObject({ code: 'BAD_OPTION' })
    const stop = new AbortController()
    const read = async (): Promise<void> => {
      for await (const _ of withDuckDb(eventFile('orders.csv'), { batchRows: 9, signal: stop.signal })) stop.abort()
    }
    await expect(read()).rejects.toMatchObject({ code: 'ABORTED' })
  })
})

test('without DuckDB the error says what to install', async () => {
  vi.doMock('@duckdb/node-api', () => {
    throw new Error('Cannot find package')
  })
  await expect(all(withDuckDb(eventFile('orders.csv')))).rejects.toMatchObject({
    code: 'MISSING_PEER',
    message: expect.stringContaining('npm install @duckdb/node-api'),
  })
  vi.doUnmock('@duckdb/node-api')
})
