import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FACTS, GROUPS, HIGH, LEAST, LOW, scanIdsInto, scanPurchasesInto } from '../../src/kernels/scanEvents.ts'

test('ids: their reach, and their groups if they ascend', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1 }), fc.boolean(), (list, isSorted) => {
      const ids = isSorted ? Int32Array.from(list).sort() : Int32Array.from(list)
      const starts = new Uint32Array(ids.length + 1)
      const distinct = new Float64Array(ids.length)
      const facts = new Float64Array(FACTS)
      expect(scanIdsInto(ids, starts, distinct, facts)).toBe(ids.length)
      expect(facts[LOW]).toBe(Math.min(...ids))
      expect(facts[HIGH]).toBe(Math.max(...ids))
      const doAscend = ids.every((id, i) => i === 0 || id >= ids[i - 1]!)
      const different = [...new Set(ids)]
      expect(facts[GROUPS]).toBe(doAscend ? different.length : 0)
      if (!doAscend) return
      expect(Array.from(distinct.slice(0, different.length))).toEqual(different)
      const firsts = different.map((id) => ids.indexOf(id))
      expect(Array.from(starts.slice(0, different.length + 1))).toEqual([...firsts, ids.length])
    }),
  )
})

test.each([2 ** 53, -(2 ** 53), 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is no id, first or later', (bad) => {
  for (const ids of [[bad], [1, 2, bad], [2, 1, bad, bad]]) {
    const scratch = new Float64Array(ids.length)
    const row = scanIdsInto(Float64Array.from(ids), new Uint32Array(ids.length + 1), scratch, new Float64Array(FACTS))
    expect(row).toBe(ids.findIndex((id) => Object.is(id, bad)))
  }
})

test('purchases: the reach of their times and the smallest money, or the first that is wrong', () => {
  const scan = (time: number[], value: number[]): [row: number, ...reach: unknown[]] => {
    const facts = new Float64Array(FACTS)
    const row = scanPurchasesInto(Float64Array.from(time), Float64Array.from(value), 100, facts)
    return [row, facts[LOW], facts[HIGH], facts[LEAST]]
  }
  expect(scan([5, -100, 100], [0, Number.MAX_VALUE, 1])).toEqual([3, -100, 100, 1])
  expect(scan([5, 6], [0, -0])).toEqual([2, 5, 6, Number.POSITIVE_INFINITY])
  for (const time of [101, -101, Number.NaN]) expect(scan([5, time, time], [1, 1, 1])[0]).toBe(1)
  for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(scan([5, 6], [1, value])[0]).toBe(1)
})
