import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byteIds, textIds } from '../../src/io/batchIds.ts'
import { csvByteReader } from '../../src/io/csvByteReader.ts'
import { csvTextReader } from '../../src/io/csvTextReader.ts'
import { batchBuilder, type EventBatch } from '../../src/io/eventBatch.ts'
import { findEventColumns } from '../../src/io/eventColumnNames.ts'
import { readCsv } from '../../src/io/readCsv.ts'
import { readEvents } from '../../src/io/readEvents.ts'
import { batchCollector } from '../../src/io/tableFromBatches.ts'
import { inPieces } from './eventFiles.ts'

interface Settings {
  readonly batchRows?: number
  readonly timeZone?: string
  readonly decimal?: '.' | ','
}

const context = ({ batchRows = 1000, timeZone = 'UTC', decimal = '.' }: Settings) => ({
  caller: 'test',
  name: 'the file',
  delimiter: undefined,
  decimal,
  timeZone,
  batchRows,
  findColumns: (header: readonly string[]) => findEventColumns('test', 'the file', header, {}),
})

const pieces = (bytes: Uint8Array, size: number): Uint8Array[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))

/** All that can be seen of a reading: batches without their numbers, and the table of all. */
function seen(batches: () => Iterable<EventBatch>): unknown {
  const collector = batchCollector('test', {})
  const list: unknown[] = []
  try {
    for (const batch of batches()) {
      const { coded: _, ...rest } = batch
      list.push({ ...rest, columns: { ...rest.columns }, places: Array.from(rest.places) })
      collector.add(batch)
    }
  } catch (error) {
    return { code: (error as { code?: string }).code }
  }
  return { list, ...collector.finish() }
}

/** Read by the bytes, in pieces. */
function short(bytes: Uint8Array, settings: Settings = {}, size = 1 << 20): unknown {
  return seen(function* () {
    const base = context(settings)
    const batches = batchBuilder('test', base.batchRows, base.timeZone, byteIds)
    const reader = csvByteReader({ ...base, batches })
    for (const piece of pieces(bytes, size)) yield* reader.read(piece, false)
    yield* reader.read(new Uint8Array(), true)
  })
}

/** Read as text, whole. */
function long(bytes: Uint8Array, settings: Settings = {}): unknown {
  return seen(function* () {
    const base = context(settings)
    const batches = batchBuilder('test', base.batchRows, base.timeZone, textIds)
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      throw Object.assign(new Error('not UTF-8'), { code: 'BAD_FILE' })
    }
    yield* csvTextReader({ ...base, batches }).read(text, true)
  })
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const id = fc.oneof(
  fc.constantFrom(
    'ann',
    ' ann',
    'ann\t',
    'Zoë',
    '\u00a0ann',
    '日本',
    'René',
    '\u3000',
    '😀',
    '',
    '"a""b"',
    '"a,b"',
    '"a\nb"',
  ),
  fc.constantFrom(
    '"ann"',
    '"ann"\r',
    '"ann" x',
    'a"b',
    '"open',
    'nul\0',
    'a\rb',
    'customer-with-a-long-id-1',
    'a-long-id-2',
  ),
  fc.nat(99).map((n) => `c${n}`),
  fc.string({ maxLength: 14 }),
)
const time = fc.oneof(
  fc.constantFrom('2024-05-02', '20240502', '2024-02-30', '2024-13-01', '2024-05-02T10:30', '2024-05-02 10:30:15.1239'),
  fc.constantFrom(
    '2024-05-02T10:30:00Z',
    '2024-05-02T10:30:00+02:00',
    '2024-05-02T10:30-0530',
    '"2024-05-02"',
    ' 2024-05-02 ',
  ),
  fc.constantFrom(
    '275761-01-01',
    '0000-02-29',
    '2024-03-31T02:30',
    '2024-05-02T24:00',
    '',
    '2/26/2024',
    '2024-05-02T10:30:00,5z',
  ),
)
const money = fc.oneof(
  fc.constantFrom(
    '12.50',
    '-3',
    '-0',
    '+1',
    '5.',
    '.5',
    '.',
    '',
    '1e3',
    '1e999',
    '"1,5"',
    '1,5',
    '0.1',
    ' 7 ',
    '--1',
    '0x10',
  ),
  fc.constantFrom('9007199254740993', '0.00000000000000000000000001', '123456789.123456789', '١'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer({ min: -99999, max: 99999 }).map((cents) => (cents / 100).toFixed(2)),
)
const line = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(id, time, money, fc.constantFrom('', 'o1', 'o2', '"o,3"')).map((cells) => cells) },
  { weight: 1, arbitrary: fc.array(fc.oneof(id, time, money), { maxLength: 6 }) },
)
const file = fc.record({
  lines: fc.array(line, { maxLength: 25 }),
  end: fc.constantFrom('\n', '\r\n', '\n\n', '\r'),
  delimiter: fc.constantFrom(',', ',', ';', '\t'),
  hasOrder: fc.boolean(),
  mark: fc.constantFrom('', '\ufeff'),
  last: fc.constantFrom('', '\n', '\r'),
})
type File = typeof file extends fc.Arbitrary<infer Value> ? Value : never

function textOf({ lines, end, delimiter, hasOrder, mark, last }: File): string {
  const header = hasOrder ? ['id', 'date', 'amount', 'order'] : ['id', 'date', 'amount']
  const rows = lines.map((cells) => (cells.length === 4 && !hasOrder ? cells.slice(0, 3) : cells).join(delimiter))
  return mark + [header.join(delimiter), ...rows].join(end) + last
}

describe('the short way and the long way agree', () => {
  const settings = fc.record({
    batchRows: fc.integer({ min: 1, max: 30 }),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin'),
    decimal: fc.constantFrom('.' as const, ',' as const),
  })

  test('on any file, cut at any place', () => {
    fc.assert(
      fc.property(file, settings, fc.integer({ min: 1, max: 50 }), (parts, options, size) => {
        const bytes = utf8(textOf(parts))
        expect(short(bytes, options, size)).toEqual(long(bytes, options))
      }),
      { numRuns: 800 },
    )
  })

  test('on files with bytes changed', () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 0.999, noNaN: true }),
      byte: fc.integer({ min: 0, max: 255 }),
    })
    fc.assert(
      fc.property(file, fc.array(change, { minLength: 1, maxLength: 3 }), (parts, changes) => {
        const bytes = utf8(textOf(parts))
        for (const { at, byte } of changes) bytes[Math.floor(at * bytes.length)] = byte
        expect(short(bytes)).toEqual(long(bytes))
      }),
      { numRuns: 800 },
    )
  })

  test('where pieces are cut inside of records, quotes and characters', () => {
    // More than what is collected before it is read, with an end of a piece at every byte of a row.
    const row = '"Zoë, ""the"" 😀\r\n",2024-05-02,"1.5"\r\nann,2024-05-02,2\n"bob",never,3\n'
    const bytes = utf8(`id,date,amount\n${row.repeat(1000)}`)
    const whole = long(bytes)
    for (const size of [65_536, 65_543, 65_557, 65_579]) {
      expect(short(bytes, {}, size)).toEqual(whole)
    }
  })

  test('where a byte that is no text stands beside the places at which reading is divided', () => {
    const good = utf8(`id,date,amount\n${'Zoë,2024-05-02,1.25\n'.repeat(900)}`)
    for (let at = 8180; at < 8220; at++) {
      const bytes = good.slice()
      bytes[at] = 0xff
      expect(short(bytes)).toEqual({ code: 'BAD_FILE' })
      bytes[at] = 0xc3 // a character begun, which is whole only where it was before
      expect(short(bytes)).toEqual(long(bytes))
    }
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 16])('ids of %i bytes, in any neighbourhood', (length) => {
    const ids = Array.from(
      { length: 40 },
      (_, i) => String(i % 10).repeat(length - 1) + String.fromCharCode(97 + (i % 26)),
    )
    for (const [before, after] of [
      ['', ''],
      ['"', '"'],
      [' ', '\t'],
    ]) {
      const bytes = utf8(`id,date,amount\n${ids.map((one) => `${before}${one}${after},20240502,-7.05`).join('\n')}\n`)
      expect(short(bytes)).toEqual(long(bytes))
    }
  })

  test.each([
    ['a record of more than a million characters', `x${','.repeat(1_100_000)}`],
    ['a field of five million characters', 'é'.repeat(5_000_000)],
    ['a quoted field of five million characters', `"${'x'.repeat(5_000_000)}"`],
    ['a quote that is closed just in time', `"${'x'.repeat(65_536)}",2024-05-02,1`],
    ['a quote that is closed too late', `"${'x'.repeat(65_537)}",2024-05-02,1`],
    ['a field that is just short enough', `${'x'.repeat(65_536)},2024-05-02,1`],
    ['blank lines', '\n\r\n\n'],
    ['half a line', 'bob,2024-'],
    ['a NUL byte', 'b\0b,2024-05-02,1'],
    ['a year that no clock has', 'bob,275761-01-01,1'],
    ['a number that is too large', 'bob,2024-05-02,1e999'],
  ])('%s', (_, odd) => {
    for (const text of [`id,date,amount\nann,2024-05-02,1\n${odd}\nann,2024-05-03,2\n`, `id,date,amount\n${odd}`]) {
      const bytes = utf8(text)
      const expected = long(bytes)
      expect(short(bytes)).toEqual(expected)
      expect(short(bytes, {}, 100_003)).toEqual(expected)
    }
  })
})

describe('refusals', () => {
  test('text that is not UTF-8, with the byte', async () => {
    const bytes = Uint8Array.of(...utf8('id,date,amount\nann,2024-05-02,1\nbob,2024-05-02,'), 0xe9, 0x0a)
    expect(() => readCsv(bytes)).toThrow('is not UTF-8 text (byte 47)')
    await expect(async () => {
      for await (const _ of readEvents(inPieces(bytes, [7]))) expect.unreachable()
    }).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringContaining('(byte 47)') })
  })

  test('a million columns', () => {
    const bytes = utf8(Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(','))
    expect(() => readCsv(bytes)).toThrow('no column that could be the customer')
    expect(() => readCsv(utf8(','.repeat(1_100_000)))).toThrow('longer than 1048576')
  })
})

test('reasons name the column of the file', () => {
  const { rejected } = readCsv('id,date,amount\nann,2024-13-01,1\n,2024-05-02,1\nann,,1\nann,2024-05-02,1e999\n')
  expect(rejected.map(({ reason }) => reason)).toEqual([
    'column "date": "2024-13-01" is not a date that we know',
    'column "id" is empty',
    'column "date" is empty',
    'column "amount": "1e999" is too large a number',
  ])
})
