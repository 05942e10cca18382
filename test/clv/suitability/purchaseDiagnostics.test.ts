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

/** Customers who buy at random, faster around New Year by the share `swing` than on average, and as much slower in July. */
function seasonal(swing: number, customers = 400): EventTable {
  const random = randomFrom(3)
  const rate = (day: number): number => 0.02 * (1 + swing * Math.cos((2 * Math.PI * day) / 365.25))
  // By thinning: candidates at the highest rate, kept with probability rate / highest.
  return bought(customers, 4 * 365, (_, day) => {
    let at = day
    do at += gamma(1, random) / rate(0)
    while (random.unit() > rate(at) / rate(0))
    return at - day
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
    const { seasonality: some, suits, evidence } = purchaseDiagnostics(seasonal(0.6))
    expect(suits).toBe('seasonalPurchases')
    expect(evidence[1]).toMatch(/month (12|1) at 1\.\d\d of it and month [678] at 0\.\d\d: a model with these months/)
    // ln(1 + 0.6 cos) is 0.425 from its mean, on average; 250 repeats a month leave a standard error of about 0.015.
    expect(Math.abs(some.swing - 0.425)).toBeLessThan(0.05)
    expect(some.months).toBeGreaterThanOrEqual(46)
    expect(some.low).toBeGreaterThan(0.8)
    expect(some.byMonth[0]! / some.byMonth[6]!).toBeGreaterThan(3) // 1.6 / 0.4 at the extremes, averaged over a month
    const none = purchaseDiagnostics(seasonal(0))
    expect(Math.abs(none.seasonality.yearToYear)).toBeLessThan(0.4)
    expect(none.suits).toBe('bgNbd')
  })

  test('seasons that are sure but small ask for no model that knows them', () => {
    const { seasonality, suits, evidence } = purchaseDiagnostics(seasonal(0.08, 1200))
    expect(seasonality.low).toBeGreaterThan(0)
    expect(seasonality.swing).toBeLessThan(0.1)
    expect(suits).toBe('bgNbd')
    expect(evidence[1]).toContain('too little to need a model that knows seasons')
  })

  test('who buys by habit in seasons is told that no model knows both', () => {
    const random = randomFrom(9)
    const yearly = (day: number): number => 1 + 0.4 * Math.cos((2 * Math.PI * day) / 365.25)
    const { suits, evidence } = purchaseDiagnostics(
      bought(600, 4 * 365, (_, day) => (30 * gamma(4, random)) / 4 / yearly(day)),
    )
    expect(suits).toBe('bgCnbdK')
    expect(evidence[1]).toContain('no model here knows both')
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
