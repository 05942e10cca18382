import fc from 'fast-check'
import { expect, test } from 'vitest'
import { partitionRows } from '../../src/kernels/partitionRows.ts'

test('rows in the slots that go right come last, both sides in their order, rows outside untouched', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.nat(9), fc.nat(9), (list, from, right) => {
      const slots = Uint16Array.from(list.flatMap((slot) => [99, slot]))
      const rows = Uint32Array.from([77, ...list.keys(), 88])
      const middle = partitionRows(slots, 2, 1, from, right, rows, 1, 1 + list.length, new Uint32Array(list.length))
      const goesRight = (row: number) => list[row]! >= from && list[row]! < from + right
      const all = [...list.keys()]
      const expected = [...all.filter((row) => !goesRight(row)), ...all.filter(goesRight)]
      expect(Array.from(rows)).toEqual([77, ...expected, 88])
      expect(middle).toBe(1 + all.filter((row) => !goesRight(row)).length)
    }),
  )
})
