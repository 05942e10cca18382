import { describe, expect, test } from 'vitest'
import { fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { trackForecast } from '../../src/clv/trackForecast.ts'
import { holdout } from '../../src/table/holdout.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { golden, histories, relativeError } from './goldens.ts'
import { atExactFit } from './predictions.ts'

const { before, after } = holdout(cdnowSample(), { cutoff: '1997-10-01', horizon: { weeks: 39 } })
const weekly = Float64Array.from({ length: 39 }, (_, week) =>
  after.daily.subarray(7 * week, 7 * week + 7).reduce((sum, purchases) => sum + purchases, 0),
)

describe('published', () => {
  test('39 weeks of the CDNOW sample, to 1e-11', () => {
    const { expectedCumulative, ends } = trackForecast(atExactFit(), before, weekly)
    const truth = golden('predictions_cdnow_sample.json').aggregates
    for (const week of [13, 26, 39]) {
      expect(ends[week - 1]).toBe(week)
      expect(relativeError(expectedCumulative[week - 1]!, truth[`bgnbd_ce${week}_sum`])).toBeLessThan(1e-11)
    }
  })

  test('of 1,882 purchase days that came, the model foresaw 1,653', () => {
    const { expectedCumulative, actualCumulative } = trackForecast(fitBgNbd(before), before, weekly)
    expect(actualCumulative[38]).toBe(1882)
    expect(Math.round(expectedCumulative[38]!)).toBe(1653)
  })
})

describe('laws', () => {
  test('steps add up, and days are sevenths of weeks', () => {
    const byWeek = trackForecast(atExactFit(), before, weekly)
    const byDay = trackForecast(atExactFit(), before, after.daily, { step: { days: 1 } })
    for (let week = 1; week <= 39; week++) {
      expect(relativeError(byDay.expectedCumulative[7 * week - 1]!, byWeek.expectedCumulative[week - 1]!)).toBeLessThan(
        1e-13,
      )
      expect(byDay.actualCumulative[7 * week - 1]).toBe(byWeek.actualCumulative[week - 1])
    }
    const total = byWeek.expected.reduce((sum, value) => sum + value, 0)
    expect(relativeError(total, byWeek.expectedCumulative[38]!)).toBeLessThan(1e-13)
    expect(byWeek.expected.every((value, week) => week === 0 || value < byWeek.expected[week - 1]!)).toBe(true)
  })

  test('a weight of two counts twice', () => {
    const doubled = { ...before, weights: before.weights.map((weight) => 2 * weight) }
    const [once, twice] = [before, doubled].map((summary) => trackForecast(atExactFit(), summary, weekly))
    twice!.expected.forEach((value, week) => {
      expect(relativeError(value, 2 * once!.expected[week]!)).toBeLessThan(1e-12)
    })
  })
})

test('refusals', () => {
  expectRefusal(() => trackForecast(atExactFit(), histories([1, 5, 10]), weekly), 'UNIT_MISMATCH')
  expectRefusal(() => trackForecast(atExactFit(), before, []), 'BAD_SHAPE', 'at least one step')
  expectRefusal(() => trackForecast(atExactFit(), before, [3, -1]), 'BAD_SHAPE', 'step 1')
  expectRefusal(() => trackForecast(atExactFit(), before, weekly, { step: { weeks: 0 } }), 'BAD_OPTION', 'step')
})
