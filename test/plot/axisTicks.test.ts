import fc from 'fast-check'
import { expect, test } from 'vitest'
import { labelMargin, linearTicks, logDomain, logTicks, wholeTicks } from '../../src/plot/axisTicks.ts'

test('ticks thin out as the axis grows', () => {
  expect(logTicks(1, 100)).toEqual([1, 2, 5, 10, 20, 50, 100])
  expect(logTicks(0.1, 100)).toEqual([0.1, 0.3, 1, 3, 10, 30, 100])
  expect(logTicks(1e-3, 1e3)).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000])
})

test('any axis has between one and twelve ticks, all within it', () => {
  const values = fc.double({ min: 1e-9, max: 1e9, noNaN: true })
  fc.assert(
    fc.property(values, values, (a, b) => {
      const [low, high] = logDomain(Math.min(a, b), Math.max(a, b))
      const ticks = logTicks(low, high)
      expect(ticks.length).toBeGreaterThanOrEqual(1)
      expect(ticks.length).toBeLessThanOrEqual(12)
      expect(ticks.every((tick) => tick >= low && tick <= high)).toBe(true)
    }),
  )
})

test('a logarithmic axis may be as long as doubles reach', () => {
  const domain = logDomain(Number.MIN_VALUE, Number.MAX_VALUE)
  expect(logTicks(...domain)).toEqual([1e-233, 1e-142, 1e-51, 1e40, 1e131, 1e222])
  expect(logDomain(Number.MAX_VALUE, Number.MAX_VALUE)).toEqual([Number.MAX_VALUE / 2, Number.MAX_VALUE])
  expect(logDomain(Number.MIN_VALUE, Number.MIN_VALUE)[0]).toBe(Number.MIN_VALUE)
})

test('linear ticks are round, from 0 to the end', () => {
  expect(linearTicks(8)).toEqual([0, 2, 4, 6, 8])
  expect(linearTicks(103)).toEqual([0, 20, 40, 60, 80, 100])
  expect(linearTicks(3e-112)).toEqual([0, 1e-112, 2e-112, 3e-112])
  expect(linearTicks(Number.MIN_VALUE)).toEqual([0, Number.MIN_VALUE])
})

test('any linear axis has three to six ticks, all within it', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: Number.MAX_VALUE, noNaN: true }), (high) => {
      const ticks = linearTicks(high)
      expect(ticks.length).toBeGreaterThanOrEqual(3)
      expect(ticks.length).toBeLessThanOrEqual(6)
      expect(ticks.every((tick) => tick >= 0 && tick <= high)).toBe(true)
    }),
  )
})

test('wide labels get the room that they need', () => {
  expect(labelMargin(['0', '0.5'], 52)).toBe(52)
  expect(labelMargin(['0', '1.5e−112'], 52)).toBeGreaterThan(8 * 8.3) // digits of 8.3 pixels, the widest of usual fonts
})

test('whole ticks have even steps', () => {
  expect(wholeTicks(0, 39, 14)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39])
  expect(wholeTicks(-2, 1, 14)).toEqual([-2, -1, 0, 1])
})
