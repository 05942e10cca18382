import { describe, expect, test } from 'vitest'
import { purchaseDiagnostics } from '../../../src/clv/suitability/purchaseDiagnostics.ts'
import { dayText } from '../../../src/core/calendar.ts'
import { randomFrom } from '../../../src/core/random.ts'
import type { EventTable } from '../../../src/table/eventTable.ts'
import { eventTableFromColumns } from '../../../src/table/tableFromColumns.ts'
import { cdnowSample } from '../../fixtures/cdnow.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { gamma } from '../simulate.ts'

const START = 18_262 // 2020-01-01

/** Customers from day 0 on, whose next purchase comes `gap` days after the last, for `days`. */
function bought(customers: number, days: number, gap: (customer: number, day: number) => number): EventTable {
  const customer: number[] = []
  const time: string[] = []
  for (let c = 0; c < customers; c++) {
    for (let day = (c * 7) % 60; day < days; day += gap(c, day)) {
      customer.push(c)
      time.push(dayText(START + Math.floor(day)))
    }
  }
  return eventTableFromColumns({
    customer: Uint32Array.from(customer),
    time,
    value: new Float64Array(time.length).fill(1),
  })
}

describe('known truth', () => {
  test.each([1, 2, 4])('gaps of shape %i, whatever the customers’ rates: within three standard errors', (k) => {
    const random = randomFrom(k)
    const rates = Array.from({ length: 3000 }, () => 0.01 + 0.02 * random.unit())
    const { regularity, suits } = purchaseDiagnostics(bought(3000, 700, (c) => gamma(k, random) / (k * rates[c]!)))
    const error = (regularity.high - regularity.low) / (2 * 1.645)
    expect(Math.abs(regularity.k - k)).toBeLessThan(3 * error)
    expect(error).toBeLessThan(0.1 * k)
    expect(suits).toBe(k === 1 ? 'bgNbd' : 'bgCnbdK')
  })

  test('renewals by the month are a contract', () => {
    const { renewal, suits } = purchaseDiagnostics(bought(100, 300, (c) => 30 + (c % 2)))
    expect(renewal).toMatchObject({ period: 'month', share: 1 })
    expect(suits).toBe('shiftedBetaGeometric')
  })

  test('seasons are seen where they are, and not where they are not', () => {
    const random = randomFrom(3)
    const rate = (day: number, swing: number): number => 0.02 * (1 + swing * Math.cos((2 * Math.PI * day) / 365.25))
    // By thinning: candidates at the highest rate, kept with probability rate / highest.
    const seasonal = (swing: number): EventTable =>
      bought(400, 4 * 365, (_, day) => {
        let at = day
        do at += gamma(1, random) / rate(0, swing)
        while (random.unit() > rate(at, swing) / rate(0, swing))
        return at - day
      })
    const some = purchaseDiagnostics(seasonal(0.6)).seasonality
    expect(some.months).toBeGreaterThanOrEqual(46)
    expect(some.low).toBeGreaterThan(0.8)
    expect(some.byMonth[0]! / some.byMonth[6]!).toBeGreaterThan(3) // 1.6 / 0.4 at the extremes, averaged over a month
    const none = purchaseDiagnostics(seasonal(0)).seasonality
    expect(Math.abs(none.yearToYear)).toBeLessThan(0.4)
  })

  test('CDNOW: at random, no contract, and too short for seasons', () => {
    const { regularity, renewal, seasonality, suits, evidence } = purchaseDiagnostics(cdnowSample())
    expect(suits).toBe('bgNbd')
    expect(regularity.low).toBeLessThan(1.5)
    expect(renewal.share).toBeLessThan(0.1)
    expect(seasonality.yearToYear).toBeNaN()
    expect(evidence[1]).toContain('18 whole months')
  })
})

describe('laws', () => {
  test('what comes after the as-of day changes nothing', () => {
    const early = purchaseDiagnostics(cdnowSample(), { asOf: '1997-12-31' })
    expect(early.regularity.customers).toBeLessThan(purchaseDiagnostics(cdnowSample()).regularity.customers)
    expect(early.seasonality.months).toBe(12)
  })

  test('customers who bought once, or twice, say nothing, and that is said', () => {
    const { suits, regularity, renewal, evidence } = purchaseDiagnostics(bought(5, 61, () => 1000))
    expect(suits).toBe('bgNbd')
    expect(regularity).toMatchObject({ k: Number.NaN, customers: 0 })
    expect(renewal.share).toBeNaN()
    expect(evidence[0]).toContain('regularity cannot be told')
  })
})

test('refused without purchases', () => {
  expectRefusal(() => purchaseDiagnostics(cdnowSample(), { asOf: '1990-01-01' }), 'NOT_ENOUGH_DATA', '1990-01-01')
  expectRefusal(() => purchaseDiagnostics(cdnowSample(), { asOf: 'soon' }), 'BAD_OPTION', 'asOf')
})
