import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CsvRecord } from '../../src/io/csvRecord.ts'
import { csvRecords, csvScanner } from '../../src/io/csvRecords.ts'

const read = (text: string, delimiter = ','): (readonly string[])[] =>
  [...csvRecords(text, delimiter)].map(({ fields }) => fields)

const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`

describe('RFC 4180', () => {
  test.each([
    [
      'plain',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CR',
      'a,b\r1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'mixed line ends',
      'a,b\r\n1,2\n3,"4"\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    [
      'byte order mark',
      '\ufeffa,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes',
      'a,b\n"1","x ""y"", z"',
      [
        ['a', 'b'],
        ['1', 'x "y", z'],
      ],
    ],
    [
      'a line break inside quotes',
      'a,b\n"1\n2",3\n4,5',
      [
        ['a', 'b'],
        ['1\n2', '3'],
        ['4', '5'],
      ],
    ],
    [
      'empty fields',
      ',\n"",x\n',
      [
        ['', ''],
        ['', 'x'],
      ],
    ],
    ['blank lines', '\n\na\n\nb\n\n', [['a'], ['b']]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('the line is where the record begins', () => {
    const records = [...csvRecords('a,b\n"1\n2\n3",4\n\n5,6', ',')]
    expect(records.map(({ line }) => line)).toEqual([1, 2, 6])
  })
})

describe('malformed records', () => {
  test.each([
    ['a quote that is never closed', 'a\n"1\n2\n3', 'a quote is opened and not closed'],
    ['text after a closing quote', 'a\n"1"x\n2\n3', 'text follows a closing quote'],
    ['a quote inside a plain field', 'a\n1"x\n2\n3', 'a quote stands inside a field that is not quoted'],
    ['an endless field', `a\n${'x'.repeat(70_000)}\n2\n3`, 'a field is longer than 65536 characters'],
    ['an endless quoted field', `a\n"${'x\n'.repeat(40_000)}"`, 'a quote is opened and not closed'],
  ])('%s costs its own line only', (_, text, problem) => {
    const records = [...csvRecords(text, ',')]
    expect(records[1]).toMatchObject({ line: 2, fields: [], problem })
    expect(records[1]!.text.length).toBeLessThanOrEqual(200)
    expect(records.slice(2, 4).map(({ line, problem }) => [line, problem])).toEqual([
      [3, ''],
      [4, ''],
    ])
  })
})

describe('laws', () => {
  const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
    fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 20,
    }),
  )

  test('quoted fields of any text come back', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (rows, delimiter, end) => {
          const text = rows.map((row) => row.map(quote).join(delimiter)).join(end)
          expect(read(text, delimiter)).toEqual(rows)
        },
      ),
    )
  })

  test('any text ends, and every line that is not blank is in one record', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', '=') }), (text) => {
        const records = [...csvRecords(text, ',')]
        let previous = 0
        for (const { line, problem, fields } of records) {
          expect(line).toBeGreaterThan(previous)
          expect(problem === '' || fields.length === 0).toBe(true)
          previous = line
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('pieces', () => {
  const scanned = (pieces: readonly string[]): CsvRecord[] => {
    const scanner = csvScanner(',')
    return [...pieces.flatMap((piece) => [...scanner.scan(piece, false)]), ...scanner.scan('', true)]
  }

  test('cut at any place give the records of the whole, where a record is longer than what is collected', () => {
    // Filled up with text whose ends matter: quotes, doubled quotes and line breaks fall on every border.
    const filling = 'x,"y ""z""\r\n"\r\n'.repeat(6000)
    const odd = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a'), maxLength: 30 })
    fc.assert(
      fc.property(
        odd,
        odd,
        fc.nat({ max: 40 }),
        fc.integer({ min: 65_000, max: 66_000 }),
        (head, tail, shift, size) => {
          const text = `a${'b'.repeat(shift)}\n${filling}${head}${filling}${tail}`
          const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
            text.slice(i * size, (i + 1) * size),
          )
          expect(scanned(pieces)).toEqual([...csvRecords(text, ',')])
        },
      ),
      { numRuns: 60 },
    )
  })

  test.each([
    ['a record of more than a million characters', `a\n"${'x","'.repeat(300_000)}"\n1\n`],
    ['a line of more than a million characters', `a\n${'x,'.repeat(600_000)}\n1\n`],
    ['a field that is too long behind a quoted one', `a\n"b",${'x'.repeat(65_537)}\n1\n`],
    ['a field that is just short enough', `a\n"b",${'x'.repeat(65_536)}\r\n1\n`],
    ['a quote that is closed just in time', `a\n"${'x'.repeat(65_536)}"\n1\n`],
    ['a quote that is closed too late', `a\n"${'x'.repeat(65_537)}"\n1\n`],
    ['a first line without an end', `"${'\n'.repeat(1_100_000)}`],
    ['a carriage return at the very end', 'a\n"b"\r'],
    ['lines that end in CR', `a\r"b\rc",d\r${'e,f\r'.repeat(40_000)}`],
  ])('%s', (_, text) => {
    const whole = [...csvRecords(text, ',')]
    for (const size of [7001, 65_535, 65_536, 1_048_577]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
        text.slice(i * size, (i + 1) * size),
      )
      expect(scanned(pieces)).toEqual(whole)
    }
  })
})
