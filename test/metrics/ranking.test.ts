import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaUnderRoc, averagePrecision, kolmogorovSmirnov } from '../../src/metrics/ranking.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { telcoGolden, telcoScores } from '../fixtures/telco.ts'

const { labels, probabilities, tied } = telcoScores()

test('areas and distances of scikit-learn on the Telco scores', () => {
  const golden = telcoGolden('metrics_telco.json').scores_p
  // Sums of 7,043 rounded terms there, exact counts here: 1e-12 covers their rounding.
  expect(Math.abs(areaUnderRoc(labels, probabilities) - golden.auc)).toBeLessThan(1e-12)
  expect(Math.abs(averagePrecision(labels, probabilities) - golden.ap)).toBeLessThan(1e-12)
  expect(Math.abs(kolmogorovSmirnov(labels, probabilities) - golden.ks)).toBeLessThan(1e-12)
})

test('the same with ties: scikit-learn 1.9.1 on the scores of two digits', () => {
  expect(Math.abs(areaUnderRoc(labels, tied) - 0.8448216615033847)).toBeLessThan(1e-12)
  expect(Math.abs(averagePrecision(labels, tied) - 0.6500202966344205)).toBeLessThan(1e-12)
  expect(Math.abs(kolmogorovSmirnov(labels, tied) - 0.5297360780111613)).toBeLessThan(1e-12)
})

const rows = fc
  .array(fc.record({ label: fc.constantFrom(0, 1), score: fc.integer({ min: -3, max: 3 }) }), { minLength: 2 })
  .filter((list) => new Set(list.map(({ label }) => label)).size === 2)

test('the area is the share of pairs in the right order, ties half', () => {
  fc.assert(
    fc.property(rows, (list) => {
      let right = 0
      let pairs = 0
      for (const one of list.filter(({ label }) => label === 1)) {
        for (const zero of list.filter(({ label }) => label === 0)) {
          pairs++
          right += one.score > zero.score ? 1 : one.score === zero.score ? 0.5 : 0
        }
      }
      expect(
        areaUnderRoc(
          list.map(({ label }) => label),
          list.map(({ score }) => score),
        ),
      ).toBe(right / pairs)
    }),
  )
})

test('nothing depends on the order of rows or the scale of scores', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const turned = list.toReversed()
      for (const metric of [areaUnderRoc, averagePrecision, kolmogorovSmirnov]) {
        const there = metric(
          list.map(({ label }) => label),
          list.map(({ score }) => score),
        )
        expect(
          metric(
            turned.map(({ label }) => label),
            turned.map(({ score }) => Math.exp(score)),
          ),
        ).toBe(there)
      }
    }),
  )
})

test('perfect, useless and reversed rankings', () => {
  expect(areaUnderRoc([0, 1, 1], [1, 2, 3])).toBe(1)
  expect(areaUnderRoc([0, 1, 1], [3, 2, 1])).toBe(0)
  expect(areaUnderRoc([0, 1, 1], [5, 5, 5])).toBe(0.5)
  expect(averagePrecision([0, 1, 1], [5, 5, 5])).toBe(2 / 3)
  expect(kolmogorovSmirnov([0, 1, 1], [5, 5, 5])).toBe(0)
  expect(areaUnderRoc([0, 1], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY])).toBe(1)
})

test('refusals', () => {
  expectRefusal(() => areaUnderRoc([0, 1], [1]), 'BAD_SHAPE', 'areaUnderRoc')
  expectRefusal(() => areaUnderRoc([0, 2], [1, 2]), 'BAD_OPTION', 'labels[1]')
  expectRefusal(() => areaUnderRoc([0, 1], [1, Number.NaN]), 'BAD_OPTION', 'scores[1]')
  expectRefusal(() => averagePrecision([1, 1], [1, 2]), 'NOT_ENOUGH_DATA', '2 ones among 2')
  expectRefusal(() => kolmogorovSmirnov([], []), 'NOT_ENOUGH_DATA')
})
