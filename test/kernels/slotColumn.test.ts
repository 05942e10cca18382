import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slotColumnInto } from '../../src/kernels/slotColumn.ts'

const INFINITE = Number.POSITIVE_INFINITY

test('a value stands in the slot of the number of cuts below it, NaN in its own, and other columns are left alone', () => {
  const out = new Uint16Array(10)
  const cuts = Float64Array.of(1, 2, INFINITE)
  slotColumnInto(Float64Array.of(0, 1, 1.5, 2.5, Number.NaN), cuts, 10, 13, out, 2, 1)
  expect(Array.from(out)).toEqual([0, 10, 0, 10, 0, 11, 0, 12, 0, 13])
})

test('as many cuts as counting finds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true })),
      fc.uniqueArray(fc.double({ noNaN: true }), { maxLength: 63 }),
      (list, marks) => {
        const cuts = new Float64Array(63).fill(INFINITE)
        cuts.set(Float64Array.from(marks).sort())
        const out = new Uint16Array(list.length)
        slotColumnInto(Float64Array.from(list), cuts, 0, 99, out, 1, 0)
        expect(Array.from(out)).toEqual(list.map((value) => marks.filter((cut) => cut < value).length))
      },
    ),
  )
})
