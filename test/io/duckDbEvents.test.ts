import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
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

/** Bytes that mean something in CSV. */
const MARKS = [0, 0x0a, 0x0d, 0x22, 0x2c, 0x2d, 0x2e, 0x3b, 0x80]

/** Types of DuckDB and values of them, some beyond what doubles hold. */
const TYPES: readonly (readonly [string, string])[] = [
  ...['TINYINT', 'SMALLINT', 'INTEGER', 'UTINYINT', 'UINTEGER'].map((type) => [type, 'i'] as const),
  ['BIGINT', 'CASE WHEN i % 3 = 0 THEN 9223372036854775807 - i ELSE i * 1000000 END'],
  ['UBIGINT', 'CASE WHEN i % 3 = 0 THEN 18446744073709551615 ELSE i END'],
  ['HUGEINT', 'CASE WHEN i % 3 = 0 THEN 170141183460469231731687303715884105727 ELSE i END'],
  ['FLOAT', `CASE i % 5 WHEN 0 THEN 'nan' WHEN 1 THEN 'inf' ELSE i / 7.0 END`],
  ['DOUBLE', `CASE i % 5 WHEN 0 THEN 'nan' WHEN 1 THEN 'inf' WHEN 2 THEN -0.0 ELSE i / 7.0 - 3 END`],
  ...['DECIMAL(4,2)', 'DECIMAL(9,2)', 'DECIMAL(18,6)', 'DECIMAL(38,10)'].map((type) => [type, 'i / 7.0'] as const),
  ['VARCHAR', `CASE i % 5 WHEN 0 THEN '2024-05-02' WHEN 1 THEN '12.5' WHEN 2 THEN ' x ' WHEN 3 THEN '' ELSE '-3' END`],
  ['BOOLEAN', 'i % 2 = 0'],
  ['BLOB', `encode('b' || i)`],
  ['UUID', `('00000000-0000-0000-0000-0000000000' || (10 + i))::uuid`],
  ['DATE', `date '1600-01-01' + (i * 997)::integer`],
  ...['TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'TIMESTAMPTZ'].map(
    (type) => [type, `timestamp '1931-01-01 10:11:12.123456' + interval (i * 1234567) second`] as const,
  ),
  ['TIME', `time '10:00:00' + interval (i) second`],
  ['INTERVAL', 'interval (i) day'],
  [`ENUM('ann', 'bob')`, `CASE WHEN i % 2 = 0 THEN 'ann' ELSE 'bob' END`],
  ['INTEGER[]', '[i, i]'],
  ['STRUCT(a INTEGER)', '{a: i}'],
]

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
    ['blank lines', `${good}\n\nbob,2024-05-02,1\n\r\n${good}\n`],
    ['blank lines and a row that cannot be read', `\n${good}\n\nbob,2024-05-02,1\nbob,never,1\n`],
  ])('CSV with %s', async (_, body) => {
    const path = await fileOf('rows.csv', `id,date,amount\n${body}`)
    expect(await allOf(withDuckDb(path, { batchRows: 20 }))).toEqual(await allOf(readEvents(path, { batchRows: 20 })))
  })

  // Decimals and days as ids, truth values and lists once came out otherwise.
  test.each(['customer_id', 'order_date', 'amount', 'order_id'])('Parquet whose "%s" is of any type', async (part) => {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const path = join(folder, 'types.parquet')
    for (const [type, expression] of TYPES) {
      const columns = {
        customer_id: `'c' || i`,
        order_date: `timestamp '2024-01-01' + interval (i) hour`,
        amount: 'i::double',
        order_id: `'o' || i`,
      }
      const selected = Object.entries({
        ...columns,
        [part]: `CASE WHEN i % 11 = 10 THEN NULL ELSE (${expression})::${type} END`,
      })
      const list = selected.map(([name, sql]) => `${sql} AS ${name}`).join(', ')
      await connection.run(`COPY (SELECT ${list} FROM range(40) r(i)) TO '${path}' (FORMAT parquet)`)
      const options = { batchRows: 15, timeZone: 'America/New_York' }
      const outcome = (batches: AsyncIterable<EventBatch>): Promise<unknown> =>
        allOf(batches).catch((error: Error) => error.message)
      expect(await outcome(withDuckDb(path, options)), `${type}`).toEqual(
        await outcome(readEvents(path, { ...options, engine: 'own' })),
      )
    }
    connection.closeSync()
    instance.closeSync()
  })

  test('Parquet with a name that DuckDB gives to the second of two alike', async () => {
    const path = await fileOf('twins.parquet', '')
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    await connection.run(
      `COPY (SELECT 'c' AS customer_id, 1 AS date, 2 AS amount, 3 AS date_1) TO '${path}' (FORMAT parquet)`,
    )
    connection.closeSync()
    instance.closeSync()
    expect(await allOf(withDuckDb(path))).toEqual(await allOf(readEvents(path, { engine: 'own' })))
  })

  test('files with bytes changed read alike, or are refused alike', async () => {
    const outcome = (batches: AsyncIterable<EventBatch>): Promise<unknown> =>
      allOf(batches).catch(({ code }: { code: string }) => code)
    const change = fc.tuple(
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      fc.oneof(fc.constantFrom(...MARKS), fc.nat(255)),
    )
    const changes = fc.array(change, { minLength: 1, maxLength: 3 })
    const [csv, parquet] = await Promise.all(
      ['orders.csv', 'pyarrow-plain.parquet'].map((name) => readFile(eventFile(name))),
    )
    const alike = async (
      name: string,
      bytes: Uint8Array,
      list: readonly (readonly [number, number])[],
    ): Promise<void> => {
      const changed = Uint8Array.from(bytes)
      for (const [at, byte] of list) changed[Math.floor(at * changed.length)] = byte
      const path = await fileOf(name, changed)
      const options = { batchRows: 7, format: name.endsWith('csv') ? 'csv' : 'parquet' } as const
      expect(await outcome(withDuckDb(path, options))).toEqual(
        await outcome(readEvents(path, { ...options, engine: 'own' })),
      )
    }
    await fc.assert(
      fc.asyncProperty(changes, (list) => alike('changed.csv', csv!.subarray(0, 1500), list)),
      { numRuns: 300 },
    )
    // Of a damaged Parquet file the two need not believe the same: it is read, or refused by name.
    await fc.assert(
      fc.asyncProperty(changes, async (list) => {
        const path = await fileOf(
          'changed.parquet',
          parquet!.with(Math.floor(list[0]![0] * parquet!.length), list[0]![1]),
        )
        const result = await outcome(withDuckDb(path, { format: 'parquet' }))
        if (typeof result === 'string') expect(['BAD_FILE', 'MISSING_COLUMN']).toContain(result)
      }),
      { numRuns: 200 },
    )
  })

  test('large Parquet goes through it unasked, and through ours where it is not there', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const write = (path: string, length: number): Promise<unknown> =>
      connection.run(
        `COPY (SELECT 'c' || i AS customer_id, timestamp '2024-01-01' + interval (i) hour AS date, i::double AS amount,
          repeat(md5(i::varchar), ${length}) AS note FROM range(40) r(i)) TO '${path}' (FORMAT parquet, COMPRESSION uncompressed)`,
      )
    const [small, large] = [join(folder, 'small.parquet'), join(folder, 'large.parquet')]
    await write(small, 1)
    await write(large, 16_384)
    connection.closeSync()
    instance.closeSync()
    const own = await allOf(readEvents(large, { engine: 'own' }))
    let loads = 0
    vi.doMock('@duckdb/node-api', async (importOriginal) => {
      loads++
      return importOriginal()
    })
    expect([await allOf(readEvents(small)), loads]).toEqual([own, 0])
    expect([await allOf(readEvents(large)), loads]).toEqual([own, 1])
    vi.doMock('@duckdb/node-api', () => {
      loads++
      throw new Error('Cannot find package')
    })
    expect([await allOf(readEvents(large)), loads]).toEqual([own, 2])
    vi.doUnmock('@duckdb/node-api')
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
