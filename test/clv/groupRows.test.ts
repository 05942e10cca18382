import fc from 'fast-check'
import { expect, test } from 'vitest'
import { groupRows } from '../../src/clv/groupRows.ts'

const value = fc.constantFrom(-1.5, -0, 0, 1 / 7, 2 / 7, 1, 3, 1e300, 5e-324)

test('groups are the distinct rows in ascending order, whatever the order of the rows', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 200 }), (rows) => {
      const columns = [0, 1, 2].map((k) => Float64Array.from(rows, (row) => row[k]!))
      const { count, groupOf, rowOf } = groupRows(columns)
      const text = (row: readonly number[]): string => row.map((x) => x + 0).join()
      const distinct = new Map(rows.map((row) => [text(row), row]))
      const sorted = [...distinct.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
      expect(count).toBe(sorted.length)
      expect(Array.from(groupOf, (group) => text(sorted[group]!))).toEqual(rows.map(text))
      expect(Array.from(rowOf, (row) => text(rows[row]!))).toEqual(sorted.map(text))
    }),
  )
})

test('many different values, and no rows at all', () => {
  const values = Float64Array.from({ length: 50_000 }, (_, i) => ((i * 7919) % 50_000) / 7)
  const { count, groupOf } = groupRows([values])
  expect(count).toBe(50_000)
  expect(groupOf.every((group, i) => group === (i * 7919) % 50_000)).toBe(true)
  expect(groupRows([new Float64Array(0)]).count).toBe(0)
})

test('the columns are left as they are', () => {
  const column = Float64Array.of(-0, 1)
  groupRows([column, column])
  expect(Object.is(column[0], -0)).toBe(true)
})
