import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { orderStatistics } from '../../src/rfm/orderStatistics.ts'

/** What a sort puts there. Which zero is nobody's concern. */
function expectSorted(values: Float64Array | Uint32Array, ranks: Uint32Array): void {
  const sorted = values.slice().sort()
  const before = values.slice()
  const found = orderStatistics(values, ranks)
  expect(Array.from(found, (value) => value + 0)).toEqual(Array.from(ranks, (rank) => sorted[rank]! + 0))
  expect(values).toEqual(before)
}

const SIZE = 20_000
const RANKS = Uint32Array.of(0, 1, 3999, 4000, 4000, 10_000, 19_998, 19_999)

/** Chance enough for a test, the same every time. */
const unit = (i: number): number => ((i * 7919 + 13) % SIZE) / SIZE

describe('large columns, each a pattern that buckets of equal width find hard or easy', () => {
  test.each<[string, (i: number) => number]>([
    ['even', unit],
    ['ascending', (i) => i],
    ['cents with a long tail', (i) => Math.round(1000 * unit(i) ** -2) / 100],
    ['half of them zero', (i) => Math.max(0, unit(i) - 0.5)],
    ['few values', (i) => Math.floor(7 * unit(i)) / 7],
    ['all equal', () => 3.25],
    ['all equal but for one far off', (i) => (i === 500 ? 1e300 : 1)],
    ['a power of two each', (i) => 2 ** -Math.floor(1000 * unit(i))],
    ['from one end of the numbers to the other', (i) => (unit(i) - 0.5) * 2 * Number.MAX_VALUE],
    ['next to nothing', (i) => Math.floor(9 * unit(i)) * Number.MIN_VALUE],
    ['below zero', (i) => -unit(i)],
  ])('%s', (_, valueAt) => {
    expectSorted(
      Float64Array.from({ length: SIZE }, (_, i) => valueAt(i)),
      RANKS,
    )
  })

  test.each<[string, (i: number) => number]>([
    ['few whole numbers', (i) => 1 + Math.floor(5 * unit(i) ** 4)],
    ['whole numbers far apart', (i) => Math.floor(unit(i) * 4_294_967_295)],
    ['whole numbers just too far apart to count', (i) => 10 + Math.floor(unit(i) * 32_800)],
  ])('%s', (_, valueAt) => {
    expectSorted(
      Uint32Array.from({ length: SIZE }, (_, i) => valueAt(i)),
      RANKS,
    )
  })
})

test('any columns, short or repeated until they are long, and any places', () => {
  const anyValues = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(anyValues, fc.array(fc.nat(), { minLength: 1, maxLength: 9 }), fc.boolean(), (list, places, isLong) => {
      const length = isLong ? list.length * Math.ceil(5000 / list.length) : list.length
      const values = Float64Array.from({ length }, (_, i) => list[i % list.length]!)
      expectSorted(values, Uint32Array.from(places, (place) => place % length).sort())
    }),
  )
})
