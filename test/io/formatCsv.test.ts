import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRecords } from '../../src/io/csvRecords.ts'
import { formatCsv } from '../../src/io/formatCsv.ts'
import { expectRefusal } from '../fixtures/errors.ts'

describe('text cells that a spreadsheet would run', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('%j is defused', (id) => {
    const [, row] = [...csvRecords(formatCsv({ id: [id], value: [-1] }), ',')]
    expect(row!.fields).toEqual([`'${id}`, '-1'])
  })

  test('as they are where that is asked for', () => {
    expect(formatCsv({ id: ['=1+1'] }, { defuse: false })).toBe('id\n=1+1\n')
  })

  test('in the header too', () => {
    expect(formatCsv({ '=x': [1] })).toBe("'=x\n1\n")
  })
})

describe('numbers', () => {
  test('are written so that they read back to the same bits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = formatCsv({ value: Float64Array.of(value) })
        expect(Number(text.split('\n')[1])).toBe(value + 0)
      }),
    )
  })

  test('NaN is an empty field', () => {
    expect(formatCsv({ a: ['x'], b: [Number.NaN] })).toBe('a,b\nx,\n')
  })
})

describe('laws', () => {
  test('what is written without defusing reads back', () => {
    const rows = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(rows, (ids) => {
        const text = formatCsv({ id: ids, n: ids.map((_, i) => i) }, { defuse: false })
        const read = [...csvRecords(text, ',')].slice(1).map(({ fields }) => fields[0])
        expect(read).toEqual(ids)
      }),
    )
  })
})

test('columns of different length are refused', () => {
  expectRefusal(() => formatCsv({ a: [1, 2], b: [1] }), 'BAD_SHAPE', '"b" must have 2 values, got 1')
})

describe('cells that are neither text nor number', () => {
  test('nothing is an empty field, and what reads as itself is written', () => {
    expect(formatCsv({ a: [null, undefined, Number.NaN, ''], b: [1, 2, 3, 4] })).toBe('a,b\n,1\n,2\n,3\n,4\n')
    expect(formatCsv({ a: [true, 12n] as never[] })).toBe('a\ntrue\n12\n')
  })

  test('anything else is refused with its place', () => {
    for (const cell of [{}, [1], new Date(0), () => 1]) {
      expectRefusal(
        () => formatCsv({ a: ['x', cell as never] }),
        'BAD_OPTION',
        'formatCsv: "a[1]" must be a text or a number',
      )
    }
  })
})
