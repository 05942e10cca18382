import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gainCurve, liftAt, recallAt } from '../../src/metrics/lift.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { telcoGolden, telcoScores } from '../fixtures/telco.ts'

const { labels, probabilities } = telcoScores()

test('lift and recall on the Telco scores', () => {
  const golden = telcoGolden('metrics_telco.json').scores_p
  for (const percent of [5, 10, 20, 30]) {
    expect(Math.abs(liftAt(labels, probabilities, percent / 100) - golden[`lift${percent}`])).toBeLessThan(1e-12)
    expect(Math.abs(recallAt(labels, probabilities, percent / 100) - golden[`recall_top${percent}`])).toBeLessThan(
      1e-12,
    )
  }
})

const rows = fc
  .array(fc.record({ label: fc.constantFrom(0, 1), score: fc.integer({ min: 0, max: 3 }) }), { minLength: 2 })
  .filter((list) => new Set(list.map(({ label }) => label)).size === 2)

test('the order of rows is irrelevant, and all the rows hold all the ones', () => {
  fc.assert(
    fc.property(rows, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, share) => {
      const [y, s] = [list.map((row) => row.label), list.map((row) => row.score)]
      expect(liftAt(y.toReversed(), s.toReversed(), share)).toBe(liftAt(y, s, share))
      expect(recallAt(y, s, 1)).toBe(1)
      expect(liftAt(y, s, 1)).toBeCloseTo(1, 14)
    }),
  )
})

test('the gain curve rises from 0 to 1, and constant scores are the diagonal', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const [y, s] = [list.map((row) => row.label), list.map((row) => row.score)]
      const { recall, share } = gainCurve(y, s, { points: 20 })
      expect(recall[0]).toBe(0)
      expect(recall[20]).toBe(1)
      for (let k = 1; k <= 20; k++) expect(recall[k]).toBeGreaterThanOrEqual(recall[k - 1]!)
      const chance = gainCurve(y, s.fill(1), { points: 20 }).recall
      share.forEach((x, k) => {
        expect(chance[k]).toBeCloseTo(x, 14)
      })
    }),
  )
})

test('a share is rounded up to whole rows, but not by the dust of its binary fraction', () => {
  const y = Array.from({ length: 100 }, (_, i) => (i < 7 ? 1 : 0))
  const s = y.map((_, i) => -i)
  expect(0.07 * 100).toBeGreaterThan(7)
  expect(recallAt(y, s, 0.07)).toBe(1)
  expect(liftAt(y, s, 0.07)).toBeCloseTo(1 / 0.07, 12)
})

test('refusals', () => {
  expectRefusal(() => liftAt([0, 1], [1, 2], 0), 'BAD_OPTION', 'share')
  expectRefusal(() => recallAt([0, 1], [1, 2], 1.1), 'BAD_OPTION', 'share')
  expectRefusal(() => liftAt([0, 0], [1, 2], 0.5), 'NOT_ENOUGH_DATA')
  expectRefusal(() => gainCurve([0, 1], [1, 2], { points: 0 }), 'BAD_OPTION', 'points')
})
