import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRecords } from '../../src/io/csvRecords.ts'

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
        fc.constantFrom('\n', '\r\n'),
        (rows, delimiter, end) => {
          const text = rows.map((row) => row.map(quote).join(delimiter)).join(end)
          // A text with line breaks but no LF is one of old, whose lines end in CR: then CR inside quotes is LF.
          const isOld = !text.includes('\n')
          const expected = rows.map((row) => (isOld ? row.map((field) => field.replaceAll('\r', '\n')) : row))
          expect(read(text, delimiter)).toEqual(expected)
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
