import { describe, expect, test } from 'vitest'
import { naturalBreaks } from '../../src/rfm/naturalBreaks.ts'
import { fitRfm, scoreRfm } from '../../src/rfm/rfmScores.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

describe('published', () => {
  test('the parts of a column with clear gaps', () => {
    // Gaps after 2, 12 and 103: any division other than these has a larger sum of squares.
    const totals = [1, 2, 10, 11, 12, 100, 103, 1000]
    const events = totals.flatMap((value, i) =>
      Array.from({ length: 1 + (i >> 1) }, (_, n) => ({
        type: 'purchase' as const,
        customer: `c${i}`,
        time: `2024-0${1 + (i >> 1)}-0${n + 1}`,
        value: value / (1 + (i >> 1)),
      })),
    )
    const summary = customerSummary(eventTable(events), { asOf: '2024-12-31' })
    expect(Array.from(naturalBreaks(summary, { bins: 4 }).total, Math.round)).toEqual([2, 12, 103])
  })
})

describe('laws', () => {
  test('no cut of CDNOW could be moved to lessen the squares', () => {
    const summary = customerSummary(cdnowSample(), { asOf: '1998-06-30' })
    const { total } = naturalBreaks(summary, { bins: 3 })
    const values = Array.from(summary.total).sort((a, b) => a - b)
    const squares = (cuts: readonly number[]): number => {
      const parts = [Number.NEGATIVE_INFINITY, ...cuts].map((low, i) =>
        values.filter((v) => v > low && v <= (cuts[i] ?? Number.POSITIVE_INFINITY)),
      )
      return parts.reduce((sum, part) => {
        const mean = part.reduce((a, b) => a + b, 0) / part.length
        return sum + part.reduce((a, b) => a + (b - mean) ** 2, 0)
      }, 0)
    }
    const best = squares(Array.from(total))
    for (const i of [0, 1]) {
      for (const step of [-1, 1]) {
        const moved = Array.from(total)
        moved[i] = values[values.lastIndexOf(moved[i]!) + step]!
        expect(squares(moved)).toBeGreaterThanOrEqual(best)
      }
    }
    const scores = scoreRfm(fitRfm(summary, { cuts: naturalBreaks(summary) }), summary)
    expect(new Set(scores.monetary)).toEqual(new Set([1, 2, 3, 4, 5]))
  })
})

test('too few different values are refused', () => {
  const one = customerSummary(eventTable([{ type: 'purchase', customer: 'ann', time: 0, value: 1 }]), {
    asOf: '2024-01-01',
  })
  expectRefusal(
    () => naturalBreaks(one),
    'NOT_ENOUGH_DATA',
    '"sinceLast" must have 5 different values, got 1 different',
  )
  expectRefusal(() => naturalBreaks(one, { bins: 1 }), 'BAD_OPTION', '"bins"')
})
