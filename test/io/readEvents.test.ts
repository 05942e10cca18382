import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventSource } from '../../src/io/eventSource.ts'
import { readCsv } from '../../src/io/readCsv.ts'
import { type ReadEventsOptions, readEvents } from '../../src/io/readEvents.ts'
import { tableFromBatches } from '../../src/io/tableFromBatches.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { all, eventFile, inPieces, orders } from './eventFiles.ts'

const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(eventFile(name)))
const table = (source: EventSource, options?: ReadEventsOptions) => tableFromBatches(readEvents(source, options))

/** Bytes of a text, of which half characters become whole ones. */
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

function streamOf<Item>(items: Iterable<Item>): ReadableStream<Item> {
  const iterator = items[Symbol.iterator]()
  return new ReadableStream<Item>({
    pull(controller) {
      const { done, value } = iterator.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
  })
}

describe('formats', () => {
  const FILES = [
    'orders.csv',
    'pyarrow-snappy.parquet',
    ...(typeof WebAssembly === 'object' ? ['pyarrow-gzip.parquet'] : []), // see parquetCodecs.ts
    'pyarrow-zstd.parquet',
    'duckdb.parquet',
    'pyarrow.arrow',
    'pyarrow-dictionary.arrows',
  ]
  test.each(FILES)('%s has the orders, to the bit', async (name) => {
    const read = await table(eventFile(name), { batchRows: 333 })
    expect([read.rows, read.rejected]).toEqual([1200, []])
    expect(read.table).toEqual(orders().table)
  })

  test.each(FILES)('%s by its bytes alone, in pieces', async (name) => {
    const read = await table(inPieces(bytesOf(name), [4099, 1, 7]))
    expect(read.table).toEqual(orders().table)
  })

  test.each(FILES)('%s as a Node Buffer that is a part of a larger one, whole and in pieces', async (name) => {
    // As `readFileSync` gives small files; `slice` of a Buffer shares the memory around it.
    const part = Buffer.concat([Buffer.from('GARBAGE!,'), bytesOf(name), Buffer.from('\n,GARBAGE!')]).subarray(9, -10)
    expect((await table(part)).table).toEqual(orders().table)
    expect((await table(inPieces(part, [4099, 1, 7]))).table).toEqual(orders().table)
  })

  test('short texts as Buffers, which lie in a pool with others', async () => {
    const csv = 'id,date,amount\nann,2024-05-02,30\n'
    const { table: read } = await table(Buffer.from(csv))
    expect([read.customers, [...read.value]]).toEqual([['ann'], [30]])
    const json = '{"type":"purchase","customer":"ann","time":"2024-05-02","value":30}\n'
    expect((await table(Buffer.from(json))).table).toEqual(read)
    expect((await table(Buffer.from(gzipSync(json)))).table).toEqual(read)
  })

  test.each(['pyarrow-plain.parquet', 'pyarrow-small.arrow', 'pyarrow-small.arrows', 'pyarrow-zstd.arrow'])(
    '%s has the 24 orders of the small files',
    async (name) => {
      const { table: read, rows } = await table(eventFile(name))
      const { table: reference } = await table(eventFile('pyarrow-small.arrow'))
      expect(rows).toBe(24)
      expect(read).toEqual(reference)
      expect(read.value[0]).toBe(0)
    },
  )

  test('Arrow with LZ4 has its orders too', async () => {
    const { table: read, rows } = await table(eventFile('pyarrow-lz4.arrow'))
    expect(rows).toBe(100)
    const first = readCsv(readFileSync(eventFile('orders.csv'), 'utf8').split('\n').slice(0, 101).join('\n'))
    expect(read).toEqual(first.table)
  })

  test('a column of days begins at local midnight', async () => {
    const { table: read } = await table(eventFile('pyarrow-days.parquet'), { timeZone: 'Europe/Berlin' })
    expect(read.timeZone).toBe('Europe/Berlin')
    expect(Math.min(...read.time)).toBe(Date.parse('2023-01-01T00:00:00+01:00'))
  })

  test('NDJSON, by the usual names or the fields of an event', async () => {
    const lines = readFileSync(eventFile('orders.csv'), 'utf8').trim().split('\r\n').slice(1)
    const json = lines.map((line) => {
      const [customer_id, order_date, amount, order_id] = line.split(',')
      return JSON.stringify({ customer_id, order_date, amount: Number(amount), order_id: order_id || null })
    })
    expect((await table([json.join('\n')])).table).toEqual(orders().table)
    const events =
      '{"type":"visit","customer":7,"time":"2024-05-02"}\n{"type":"purchase","customer":7,"time":0,"value":"1.5"}'
    const { table: read } = await table([events])
    expect([read.customers, Array.from(read.value)]).toEqual([['7'], [1.5, 0]])
  })

  test('gzip of several members', async () => {
    const bytes = bytesOf('orders.csv')
    const packed = Buffer.concat([gzipSync(bytes.subarray(0, 9000)), gzipSync(bytes.subarray(9000))])
    expect((await table(new Uint8Array(packed))).table).toEqual(orders().table)
  })

  test('semicolons, tabs, decimal commas, CRLF and a byte order mark', async () => {
    const text = '\ufeffkunde;datum;betrag\r\nann;2024-05-02;"1,50"\r\n'
    const columns = { customer: 'kunde', time: 'datum', value: 'betrag' }
    const [batch] = await all(readEvents([text], { columns, decimal: ',' }))
    expect(Array.from(batch!.columns.value!)).toEqual([1.5])
    const [tabbed] = await all(readEvents(['id\tdate\tamount\nann\t2024-05-02\t2\n']))
    expect(tabbed!.rows).toBe(1)
  })
})

describe('decimal commas', () => {
  const values = ['1.234,50', '-1.234.567,8', '12,5', '1234,5', '999', '1.234', '1.23,5', '1234.567,8', '1,234.5']
  const text = ['id;date;amount', ...values.map((value) => `ann;2024-05-02;${value}`), ''].join('\n')

  test('thousands may be parted by points where a comma follows, in bytes as in text', async () => {
    const options = { decimal: ',' } as const
    const read = readCsv(text, options)
    expect([...read.table.value].sort((a, b) => a - b)).toEqual([12.5, 999, 1234.5, 1234.5, 1234567.8])
    expect(read.refunds).toBe(1)
    expect(read.rejected.map(({ line }) => line)).toEqual([7, 8, 9, 10])
    expect(readCsv(utf8(text), options)).toEqual(read)
    for (const source of [[text], [utf8(text)], inPieces(utf8(text), [7, 3])]) {
      const streamed = await table(source, options)
      expect([streamed.table, streamed.rejected]).toEqual([read.table, read.rejected])
    }
    expect(readCsv(text, { ...options, decimal: '.' }).rejected.map(({ line }) => line)).not.toContain(7)
  })
})

describe('sources', () => {
  const events: CustomerEvent[] = [
    {
      type: 'purchase',
      customer: 'ann',
      time: '2024-05-02',
      value: 30,
      currency: 'EUR',
      order: 'a',
      id: '1',
      source: 's',
    },
    {
      type: 'purchase',
      customer: 'ann',
      time: '2024-05-02',
      value: 30,
      currency: 'EUR',
      order: 'a',
      id: '1',
      source: 's',
    },
    { type: 'cancel', customer: 'ann', time: '2024-05-03', order: 'a' },
    { type: 'visit', customer: 7n, time: new Date(0), channel: 'web' },
  ]
  async function* later(): AsyncGenerator<CustomerEvent, void, void> {
    yield* events
  }

  test.each([
    ['an array', () => events],
    ['a generator', () => events.values()],
    ['an async iterable', later],
    ['a stream', () => streamOf(events)],
  ])('events from %s', async (_, source) => {
    const { table: read, rejected, rows } = await table(source())
    const { ledger, ...rest } = eventTable(events)
    expect([rows, rejected, read.ledger.replays]).toEqual([4, [], ledger.replays])
    expect(read).toEqual({ ...rest, ledger })
  })

  test.each([
    ['a path', eventFile('orders.csv')],
    ['a URL', pathToFileURL(eventFile('orders.csv'))],
    ['bytes', bytesOf('orders.csv')],
    ['a blob', new Blob([bytesOf('orders.csv') as Uint8Array<ArrayBuffer>])],
    ['a stream of bytes', streamOf([bytesOf('orders.csv').subarray(0, 100), bytesOf('orders.csv').subarray(100)])],
    ['pieces of text', [readFileSync(eventFile('orders.csv'), 'utf8')]],
  ])('a file as %s', async (_, source: EventSource) => {
    expect((await table(source)).table).toEqual(orders().table)
  })

  test('Parquet as a blob is read where it stands', async () => {
    const blob = new Blob([bytesOf('pyarrow-snappy.parquet') as Uint8Array<ArrayBuffer>])
    expect((await table(blob)).table).toEqual(orders().table)
  })

  test('nothing is no batch', async () => {
    expect(await all(readEvents([]))).toEqual([])
    expect(await all(readEvents(['id,date,amount\n']))).toEqual([])
  })

  test('leaving the loop closes the source', async () => {
    let isClosed = false
    const stream = new ReadableStream<string>({
      pull: (controller) => controller.enqueue(`id,date,amount\n${'ann,2024-05-02,1\n'.repeat(9000)}`),
      cancel: () => {
        isClosed = true
      },
    })
    for await (const { rows } of readEvents(stream, { batchRows: 10 })) {
      expect(rows).toBe(10)
      break
    }
    expect(isClosed).toBe(true)
  })
})

describe('rows', () => {
  test('places and reasons are those of readCsv', async () => {
    const text =
      'id,date,amount\nann,2024-05-02,30\nbob,never,12\n\n,2024-05-02,1\neve,2024-05-02,1e999\neve,275761-01-01,1\n"a\nb",2024-05-02,1\nnul\0,2024-05-02,1\neve,2024-05-02\n"eve,2024-05-02,1\ndan,2024-05-03,0\n'
    const [batch] = await all(readEvents([text]))
    expect(batch!.rejected).toEqual(readCsv(text).rejected)
    expect(batch!.rejected.map(({ line }) => line)).toEqual([3, 5, 6, 7, 10, 11, 12])
    expect(Array.from(batch!.places)).toEqual([2, 8, 13])
    expect(batch!.rows).toBe(10)
  })

  test('a list of events with some that are none', async () => {
    const odd = [{ type: 'purchase', customer: 1, time: 0, value: 1 }, null, 5, { type: 'x', customer: 1, time: 0 }]
    const [batch] = await all(readEvents(odd as CustomerEvent[]))
    expect(batch!.rejected).toEqual([
      { line: 2, reason: 'an event must be an object, got null', text: 'null' },
      { line: 3, reason: 'an event must be an object, got 5', text: '5' },
      { line: 4, reason: expect.stringContaining('"type" must be one of purchase'), text: 'customer 1, time 0' },
    ])
  })

  test('NDJSON that is none', async () => {
    const lines = [
      '{"customer":"ann","date":"2024-05-02","amount":1}',
      '{"customer"',
      '[]',
      '5',
      '',
      '{"amount":1e999}',
    ]
    const polluted = '{"__proto__":{"customer":"eve","date":"2024-05-02","amount":1}}'
    const [batch] = await all(readEvents([[...lines, polluted].join('\r\n')]))
    expect(batch!.rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'the line is not JSON'],
      [3, 'the line is not an object'],
      [4, 'the line is not an object'],
      [6, '"amount" must be a number, got Infinity'],
      [7, '"amount" must be a number, got undefined'],
    ])
    expect({}).not.toHaveProperty('customer')
  })

  test('a column is taken as type, currency, id and source where it is named', async () => {
    const text = 'id,date,amount,kind,cur,event\nann,2024-05-02,1,purchase,EUR,e1\nann,2024-05-02,1,refund,EUR,e1\n'
    const columns = { type: 'kind', currency: 'cur', id: 'event' }
    const { table: read } = await table([text], { columns })
    expect([read.ledger.replays, read.currency]).toEqual([1, 'EUR'])
    expect((await table([text])).table.ledger).toEqual({ accepted: 2, replays: 0, rejected: [] })
  })
})

describe('laws', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      'ann',
      'Zoë',
      '😀',
      '__proto__',
      '2024-05-02',
      '12.5',
      '-3',
      '"',
      '""',
      '"a\r\nb"',
      '\n',
      '\r\n',
      'x',
    ),
    fc.string(),
  )
  const body = fc
    .array(fc.array(cell, { maxLength: 4 }), { maxLength: 20 })
    .map((rows) => `id,date,amount\n${rows.map((row) => row.join(',')).join('\n')}`)
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })

  test('bytes cut anywhere give the rows of the whole text', async () => {
    await fc.assert(
      fc.asyncProperty(body, sizes, fc.integer({ min: 1, max: 7 }), async (text, cuts, batchRows) => {
        const bytes = utf8(text)
        const batches = await all(readEvents(inPieces(bytes, cuts), { format: 'csv', batchRows }))
        const whole = readCsv(new TextDecoder().decode(utf8(text)))
        expect(batches.flatMap(({ rejected }) => rejected)).toEqual(whole.rejected)
        expect((await tableFromBatches(batches)).table).toEqual({
          ...whole.table,
          ledger: { ...whole.table.ledger, rejected: [] },
        })
        for (const { rows, places, rejected } of batches) expect(places.length + rejected.length).toBe(rows)
      }),
      { numRuns: 500 },
    )
  })

  test('so do lines of JSON', async () => {
    const value = fc.oneof(fc.constantFrom('ann', '2024-05-02', 1.5, -2, null), fc.jsonValue())
    const line = fc.record({ customer: value, time: value, amount: value }).map((row) => JSON.stringify(row))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 20 }), sizes, async (lines, cuts) => {
        const text = new TextDecoder().decode(utf8(lines.join('\n')))
        const whole = await all(readEvents([text]))
        const cut = await all(readEvents(inPieces(utf8(text), cuts)))
        expect(cut).toEqual(whole)
        expect(whole[0]!.rows).toBe(lines.length)
      }),
      { numRuns: 300 },
    )
  })
})

describe('refusals', () => {
  const refused = async (
    source: EventSource,
    code: string,
    text: string,
    options?: ReadEventsOptions,
  ): Promise<void> => {
    await expect(table(source, options)).rejects.toMatchObject({ code, message: expect.stringContaining(text) })
  }
  const csv = bytesOf('orders.csv')

  test('options, at once', () => {
    expectRefusal(() => readEvents('x', { format: 'xlsx' as never }), 'BAD_OPTION', '"format"')
    expectRefusal(() => readEvents('x', { batchRows: 0 }), 'BAD_OPTION', '"batchRows"')
    expectRefusal(() => readEvents('x', { timeZone: 'Mars' }), 'BAD_OPTION', '"timeZone"')
    expectRefusal(() => readEvents([''], { engine: 'duckdb' }), 'BAD_OPTION', '"engine"')
  })

  test('no file, or a text in place of its path', async () => {
    await refused('nowhere.csv', 'BAD_FILE', 'cannot read nowhere.csv')
    await refused('id,date,amount\nann', 'BAD_FILE', 'a text goes in as [text]')
    await refused(7 as never, 'BAD_OPTION', '"source" must be')
    await refused(['id,date,amount\n', {} as never], 'BAD_FILE', 'neither bytes nor text')
  })

  test('text that is not UTF-8, with its place', async () => {
    const bytes = Uint8Array.of(...new TextEncoder().encode('id,date,amount\n'), 0xe9, 0x2c)
    await refused(bytes, 'BAD_FILE', 'is not UTF-8 text (byte 15)')
    await refused(inPieces(bytes, [4]), 'BAD_FILE', 'is not UTF-8 text (byte 15)')
    await refused(new TextEncoder().encode('é').subarray(0, 1), 'BAD_FILE', 'is not UTF-8')
  })

  test('gzip that is cut off or damaged', async () => {
    const packed = new Uint8Array(gzipSync(csv))
    await refused(packed.subarray(0, packed.length - 9), 'BAD_FILE', 'gzip that is damaged or cut off')
    await refused(packed.with(packed.length - 6, 1), 'BAD_FILE', 'gzip that is damaged or cut off')
  })

  test('no header, too many columns, a column that is not there', async () => {
    await refused(new Uint8Array(), 'BAD_FILE', 'has no header line: it is empty', { format: 'csv' })
    await refused(['"id,date'], 'BAD_FILE', 'no header line: a quote is opened')
    await refused([','.repeat(1_000_000)], 'BAD_FILE', 'has 1000001 columns, more than 16384')
    await refused([Array.from({ length: 1_000_000 }, (_, i) => `c${i}`).join(',')], 'BAD_FILE', 'longer than 1048576')
    await refused(['a,b\n'], 'MISSING_COLUMN', 'no column that could be the customer')
    for (const name of ['pyarrow-snappy.parquet', 'pyarrow.arrow']) {
      await refused(eventFile(name), 'MISSING_COLUMN', 'has no column "euros" for the value', {
        columns: { value: 'euros' },
      })
    }
  })

  test('columns of a type that no part is', async () => {
    const { rejected, rows } = await table(eventFile('pyarrow-snappy.parquet'), { columns: { value: 'note' } })
    expect([rejected.length, rows]).toEqual([1200, 1200])
    expect(rejected[0]).toMatchObject({ line: 1, reason: '"note" must be a number, got "x0"' })
  })

  test('Parquet and Arrow that are cut off or none', async () => {
    for (const name of ['pyarrow-snappy.parquet', 'pyarrow.arrow']) {
      const bytes = bytesOf(name)
      await refused(bytes.subarray(0, bytes.length >> 1), 'BAD_FILE', 'damaged or cut off')
      await refused(bytes.subarray(0, 9), 'BAD_FILE', 'damaged or cut off')
    }
    await refused(csv, 'BAD_FILE', 'is no Parquet file', { format: 'parquet' })
    await refused(csv, 'BAD_FILE', 'is no Arrow IPC data', { format: 'arrow' })
    await refused(['text'], 'BAD_FILE', 'is text, and arrow is not', { format: 'arrow' })
  })

  test('a field of five million characters costs its row', async () => {
    const long = 'x'.repeat(5_000_000)
    const text = `id,date,amount\n${long},2024-05-02,1\n"${long}",2024-05-02,1\nann,2024-05-02,1\n`
    const [batch] = await all(readEvents(inPieces(text, [100_000])))
    expect(batch!.rejected.map(({ line }) => line)).toEqual([2, 3])
    expect(batch!.rejected[0]).toMatchObject({ reason: 'a record is longer than 1048576 characters' })
    expect(Array.from(batch!.places)).toEqual([4])
    const [lines] = await all(
      readEvents(inPieces(`{"customer":"${long}"}\n{"customer":1,"date":"2024-05-02","amount":1}`, [99_999])),
    )
    expect(lines!.rejected[0]).toMatchObject({ line: 1, reason: 'a line is longer than 1048576 characters' })
    expect(Array.from(lines!.places)).toEqual([2])
  })
})

describe('a signal', () => {
  test('stops the reading between batches', async () => {
    const stop = new AbortController()
    const read = async (): Promise<void> => {
      for await (const _ of readEvents(eventFile('orders.csv'), { batchRows: 10, signal: stop.signal }))
        stop.abort('enough')
    }
    await expect(read()).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' })
  })

  test('and while the source says nothing', async () => {
    const silent = new ReadableStream<string>({ pull: () => new Promise(() => {}) })
    const stop = new AbortController()
    const reading = table(silent, { signal: stop.signal })
    setTimeout(() => stop.abort(), 10)
    await expect(reading).rejects.toMatchObject({ code: 'ABORTED' })
  })

  test('that was given before means that nothing is opened', async () => {
    await expect(table('nowhere.csv', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' })
  })
})
