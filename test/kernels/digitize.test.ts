import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digitizeHalfOpenInto, digitizeInto } from '../../src/kernels/digitize.ts'

test('a value on a cut belongs to the bin that the cut closes, or opens', () => {
  const out = new Uint8Array(5)
  digitizeInto([0, 1, 1.5, 2, 3], Float64Array.of(1, 2), out)
  expect(Array.from(out)).toEqual([0, 0, 1, 1, 2])
  digitizeHalfOpenInto([0, 1, 1.5, 2, 3], Float64Array.of(1, 2), out)
  expect(Array.from(out)).toEqual([0, 1, 1, 2, 2])
})

test('both count the cuts below, equal cuts included', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9 })),
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 }),
      (values, marks) => {
        const cuts = Float64Array.from(marks).sort()
        const [closed, open] = [new Uint8Array(values.length), new Uint8Array(values.length)]
        digitizeInto(values, cuts, closed)
        digitizeHalfOpenInto(values, cuts, open)
        expect(Array.from(closed)).toEqual(values.map((value) => cuts.filter((cut) => cut < value).length))
        expect(Array.from(open)).toEqual(values.map((value) => cuts.filter((cut) => cut <= value).length))
      },
    ),
  )
})
