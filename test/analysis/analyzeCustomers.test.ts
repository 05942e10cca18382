import { describe, expect, test } from 'vitest'
import { analyzeCustomers, analyzeCustomersAsync } from '../../src/analysis/analyzeCustomers.ts'
import { customerColumns } from '../../src/analysis/customerColumns.ts'
import { lifetimeValue } from '../../src/clv/lifetimeValue.ts'
import type { Progress } from '../../src/core/steps.ts'
import { profile } from '../../src/segment/profile.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import type { EventTable } from '../../src/table/eventTable.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { cdnow, cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const AS_OF = '1998-06-30'
const table = cdnow()
const analysis = analyzeCustomers(table, { asOf: AS_OF })
const columns = customerColumns(analysis)

describe('CDNOW, whole', () => {
  test('every customer has a row, and all money is in a segment', () => {
    expect(columns.customer.length).toBe(23_570)
    const { groups } = profile(analysis.segments, { total: columns.total })
    expect(groups.length).toBe(11)
    const cents = groups.reduce((sum, { columns }) => sum + Math.round(100 * columns.total!.sum), 0)
    expect(cents).toBe(250_031_563)
  })

  test('all columns are as long, and nothing is unknown', () => {
    for (const [name, column] of Object.entries(columns)) {
      expect(column.length, name).toBe(23_570)
      if (typeof column[0] === 'number') {
        expect(Array.from(column as ArrayLike<number>).every(Number.isFinite), name).toBe(true)
      }
    }
  })

  test('the parts are those that one gets by hand', () => {
    const { purchases, value, summary } = analysis
    expect(summary).toEqual(customerSummary(table, { asOf: AS_OF, timeUnit: 'week' }))
    if (!purchases.available || !value.available) throw new Error('parts are missing')
    const byHand = lifetimeValue(purchases.model, value.spendModel, summary, { horizon: { weeks: 52 } })
    expect(columns.lifetimeValue).toEqual(byHand.value)
  })

  test('intervals hold their values, risks and probabilities lie between 0 and 1', () => {
    for (let row = 0; row < columns.customer.length; row++) {
      expect(columns.lifetimeValueLow[row]!).toBeLessThanOrEqual(columns.lifetimeValueHigh[row]!)
      for (const share of [columns.churnRisk[row]!, columns.probabilityAlive[row]!]) {
        expect(share >= 0 && share <= 1).toBe(true)
      }
    }
  })

  test('the churn model was not trained on what judges it, and beats both baselines', () => {
    const { churn } = analysis
    if (!churn.available) throw new Error(churn.reason)
    expect(churn.cutoff).toBe('1998-04-01')
    // The futures of the training cut-offs, 13 weeks each, end before the evaluation cut-off.
    expect(churn.model.diagnostics.cutoffs).toEqual(['1997-04-02', '1997-07-02', '1997-10-01', '1997-12-31'])
    expect(churn.evaluation.customers).toBe(23_570)
    expect(Object.keys(churn.evaluation.baselines)).toEqual(['recency only', 'P(no purchase), BG/NBD'])
    expect(churn.evaluation.beatsBaselines).toBe('better')
  })

  test('the forecast is checked on the 39 weeks after 1997-09-30', () => {
    const { forecast } = analysis
    if (!forecast.available) throw new Error(forecast.reason)
    expect(forecast.cutoff).toBe('1997-10-01')
    expect(forecast.tracking.ends.length).toBe(39)
    expect(forecast.tracking.actualCumulative.at(-1)).toBe(19_684)
  })

  test('the whole curve of silhouettes comes along', () => {
    const { clusters } = analysis
    if (!clusters.available) throw new Error(clusters.reason)
    expect(clusters.choice.curve.map(({ k }) => k)).toEqual([2, 3, 4, 5, 6, 7, 8])
    expect(new Set(clusters.segmentation.names).size).toBe(clusters.choice.k)
  })
})

describe('laws', () => {
  const sample = cdnowSample()
  const upTo = (day: string): EventTable => {
    const last = customerSummary(sample, { asOf: day })
    const keep = Date.parse(last.asOf)
    const rows = Array.from(sample.time.keys()).filter((i) => sample.time[i]! <= keep)
    const customerOf = sample.customers.flatMap((id, c) =>
      Array<string>(sample.offsets[c + 1]! - sample.offsets[c]!).fill(id),
    )
    return eventTableFromColumns({
      customer: rows.map((i) => customerOf[i]!),
      time: rows.map((i) => sample.time[i]!),
      value: rows.map((i) => sample.value[i]!),
    })
  }

  test('what comes after the as-of day changes nothing', () => {
    const seen = customerColumns(analyzeCustomers(sample, { asOf: '1997-12-31' }))
    const blind = customerColumns(analyzeCustomers(upTo('1997-12-31'), { asOf: '1997-12-31' }))
    expect(blind).toEqual(seen)
  })

  test('in slices it gives the same as at once, and tells how far it has come', async () => {
    const told: Progress[] = []
    const sliced = await analyzeCustomersAsync(sample, { asOf: AS_OF, onProgress: (progress) => told.push(progress) })
    expect(customerColumns(sliced)).toEqual(customerColumns(analyzeCustomers(sample, { asOf: AS_OF })))
    expect(told.length).toBeGreaterThan(50)
    told.forEach(({ done, total }, i) => {
      expect(done).toBeGreaterThanOrEqual(told[i - 1]?.done ?? 0)
      expect(done).toBeLessThanOrEqual(total)
    })
  })

  test('a signal stops it', async () => {
    const stop = new AbortController()
    const work = analyzeCustomersAsync(sample, { asOf: AS_OF, signal: stop.signal, onProgress: () => stop.abort() })
    await expect(work).rejects.toMatchObject({ code: 'ABORTED' })
  })
})

describe('little data', () => {
  const buy = (customer: string, time: string, value = 10): CustomerEvent => ({
    type: 'purchase',
    customer,
    time,
    value,
  })

  test('one purchase: scores and a segment, and a reason for every part that is not there', () => {
    const { segments, clusters, purchases, value, forecast, churn, warnings } = analyzeCustomers(
      [buy('ann', '2024-05-02')],
      {
        asOf: '2024-06-30',
      },
    )
    expect(segments.codes.length).toBe(1)
    for (const part of [clusters, purchases, value, forecast, churn]) {
      expect(part).toEqual({ available: false, reason: expect.any(String) })
    }
    expect(warnings.length).toBe(5)
    for (const warning of warnings) expect(warning).toMatch(/^No [a-z ]+: [A-Z].*\.$/)
  })

  test('where nobody bought a second time, nothing about repeats is made up', () => {
    const events = Array.from({ length: 60 }, (_, c) => buy(`c${c}`, `2024-0${1 + (c % 6)}-1${c % 10}`, 5 + c))
    const { purchases, value, forecast, warnings } = analyzeCustomers(events, { asOf: '2024-06-30' })
    for (const part of [purchases, value, forecast]) {
      expect(part).toMatchObject({ available: false, reason: expect.stringContaining('bought a second time') })
    }
    expect(warnings.join()).toContain('No expected purchases: None of the 60 customers bought a second time')
  })

  test('a shop of thirty customers gets what its data support', () => {
    const events = Array.from({ length: 30 }, (_, c) =>
      Array.from({ length: 1 + (c % 4) }, (_, i) => buy(`c${c}`, `2024-0${1 + ((c + 2 * i) % 6)}-1${i}`, 5 + c)),
    ).flat()
    const shop = analyzeCustomers(events, { asOf: '2024-06-30' })
    expect(shop.purchases.available).toBe(true)
    expect(shop.churn).toMatchObject({ available: false, reason: expect.stringContaining('horizons') })
    expect(shop.warnings.join()).toContain('customers bought again: expected purchases and values may be far off')
    const { churnRisk, expectedPurchases } = customerColumns(shop)
    expect(churnRisk.every(Number.isNaN)).toBe(true)
    expect(expectedPurchases.every((count) => count >= 0)).toBe(true)
  })
})

describe('warnings', () => {
  test('times in seconds, read as milliseconds, are told', () => {
    const at = (time: number, customer: string): CustomerEvent => ({ type: 'purchase', customer, time, value: 5 })
    const times = [1_714_645_800, 1_717_324_200, 1_719_916_200] // May to July 2024
    const told = (scale: number, asOf: string): string =>
      analyzeCustomers(
        times.map((time, k) => at(scale * time, `${k % 2}`)),
        { asOf },
      ).warnings.join()
    expect(told(1, '1970-01-31')).toContain('dated 1970-01-20 to 1970-01-20: are their times seconds')
    expect(told(1000, '2024-07-31')).not.toContain('seconds')
  })

  test('of few events are sentences too', () => {
    const few = [0, 10, 20].map(
      (n): CustomerEvent => ({ type: 'purchase', customer: 'ann', time: n * 86_400_000, value: 5 + n }),
    )
    const others = ['bob', 'eve'].map((customer): CustomerEvent => ({ type: 'purchase', customer, time: 0, value: 9 }))
    const { warnings } = analyzeCustomers([...few, ...others], { asOf: '1970-06-30' })
    expect(warnings.join('\n')).not.toMatch(/Infinity|NaN|undefined|Only 1 customers/)
  })

  const buyers = Array.from({ length: 60 }, (_, c) => [
    buyAt(c, 1 + (c % 9)),
    buyAt(c, 40 + (c % 30)),
    buyAt(c, 60 + (c % 50)),
  ]).flat()

  test('refunds that name no order are said to leave values too high', () => {
    const refunds = Array.from({ length: 10 }, (_, c) => ({ ...buyAt(c, 100), type: 'refund' as const, value: 90 }))
    const { warnings } = analyzeCustomers([...buyers, ...refunds], { asOf: '2024-04-30' })
    expect(warnings.join()).toContain('10 refunds name no known order')
    expect(analyzeCustomers(buyers, { asOf: '2024-04-30' }).warnings.join()).not.toContain('refund')
  })

  test('a stray date is asked after', () => {
    const { warnings } = analyzeCustomers([...buyers, buyAt(0, 20_000)], { asOf: '2078-10-04' })
    expect(warnings.join()).toContain('is that the last day that the data cover, or is there a stray date?')
    expect(analyzeCustomers(buyers, { asOf: '2024-04-30' }).warnings.join()).not.toContain('stray')
  })
})

function buyAt(customer: number, day: number): CustomerEvent {
  return { type: 'purchase', customer, time: Date.UTC(2024, 0, day), value: 10 + (customer % 7) }
}

describe('refusals', () => {
  test('no events at all, or no options', () => {
    expectRefusal(() => analyzeCustomers(null as never, { asOf: AS_OF }), 'BAD_OPTION', '"events"')
    expectRefusal(() => analyzeCustomers([], undefined as never), 'BAD_OPTION', '"options"')
  })

  test('nobody had bought', () => {
    expectRefusal(
      () => analyzeCustomers(cdnowSample(), { asOf: '1996-12-31' }),
      'NOT_ENOUGH_DATA',
      'nobody had bought by 1996-12-31',
    )
    expectRefusal(() => analyzeCustomers([], { asOf: '2024-01-01' }), 'NOT_ENOUGH_DATA')
  })

  test('a discount rate is checked even where there is nothing to discount', () => {
    const once: CustomerEvent = { type: 'purchase', customer: 'ann', time: '2024-05-02', value: 5 }
    for (const discountRate of [
      { rate: -1, per: 'year' },
      { rate: 0.1, per: 'decade' },
    ] as never[]) {
      expectRefusal(
        () => analyzeCustomers([once], { asOf: '2024-06-30', discountRate }),
        'BAD_OPTION',
        'analyzeCustomers: "discountRate.',
      )
    }
  })

  test.each([
    [{ asOf: 'today' }, '"asOf"'],
    [{ asOf: AS_OF, horizon: { weeks: 0 } }, '"horizon.weeks"'],
    [{ asOf: AS_OF, horizon: 52 as never }, '"horizon"'],
    [{ asOf: AS_OF, churnHorizon: { days: 10.5 } }, '"churnHorizon"'],
    [{ asOf: AS_OF, margin: 0 }, '"margin"'],
    [{ asOf: AS_OF, maxClusters: 1 }, '"maxClusters"'],
    [{ asOf: AS_OF, seed: 0.5 }, '"seed"'],
    [{ asOf: AS_OF, discountRate: { rate: -1, per: 'year' } as const }, '"discountRate.rate"'],
  ])('%j', (options, text) => {
    expectRefusal(() => analyzeCustomers(cdnowSample(), options), 'BAD_OPTION', text)
  })
})
