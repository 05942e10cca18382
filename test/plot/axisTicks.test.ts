import fc from 'fast-check'
import { expect, test } from 'vitest'
import { logDomain, logTicks, wholeTicks } from '../../src/plot/axisTicks.ts'

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

test('whole ticks have even steps', () => {
  expect(wholeTicks(0, 39, 14)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39])
  expect(wholeTicks(-2, 1, 14)).toEqual([-2, -1, 0, 1])
})
