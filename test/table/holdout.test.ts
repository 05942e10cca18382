import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { holdout } from '../../src/table/holdout.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const goldens = JSON.parse(readFileSync(new URL('../goldens/small/goldens_small.json', import.meta.url), 'utf8'))

describe('published', () => {
  test('lifetimes issue 208, with the money of a holdout averaged over days as before it', () => {
    const golden = goldens.lifetimes_issue_208
    const transactions: [number, string, number][] = golden.transactions
    const table = eventTableFromColumns({
      customer: transactions.map(([customer]) => customer),
      time: transactions.map(([, day]) => day),
      value: transactions.map(([, , value]) => value),
    })
    const { before, after, until } = holdout(table, {
      cutoff: '2018-01-01',
      horizon: { days: 268 },
      timeUnit: 'day',
      asOf: golden.observation_period_end,
    })
    expect(until).toBe('2018-09-25')
    const rows = before.customers.map((customer, c) => [
      Number(customer),
      before.repeats[c],
      before.ageAtLast[c],
      before.age[c],
      before.meanRepeatValue[c],
      after.purchaseDays[c],
    ])
    const expected = golden.expected.map((row: number[]) => row.slice(0, 6))
    expect(rows.sort((a, b) => a[0]! - b[0]!)).toEqual(expected)
    before.customers.forEach((customer, c) => {
      const perDay = golden['monetary_value_holdout_correct(per day)'][customer]
      expect(after.total[c]! / after.purchaseDays[c]!).toBe(perDay)
    })
  })

  test('CDNOW: 1,882 purchases in the 39 weeks after the calibration', () => {
    const { after, before, days } = holdout(cdnowSample(), { cutoff: '1997-10-01', horizon: { weeks: 39 } })
    expect(before.asOf).toBe('1997-09-30')
    expect(days).toBe(273)
    expect(after.purchaseDays.reduce((sum, n) => sum + n, 0)).toBe(1882)
    expect(after.daily.reduce((sum, n) => sum + n, 0)).toBe(1882)
  })
})

describe('laws', () => {
  test('the past is the summary of the day before the cut-off', () => {
    const table = cdnowSample()
    const { before } = holdout(table, { cutoff: '1997-10-01', horizon: { weeks: 39 } })
    expect(before).toEqual(customerSummary(table, { asOf: '1997-09-30' }))
  })

  test('a refund in the future does not change the past', () => {
    const events = {
      customer: ['a', 'a', 'a'],
      time: ['2024-01-01', '2024-01-10', '2024-02-01'],
      order: ['1', '2', '2'],
    }
    const value = [10, 20, 20]
    const type = ['purchase', 'purchase', 'refund'] as const
    const { before, after } = holdout(eventTableFromColumns({ ...events, value, type }), {
      cutoff: '2024-01-20',
      horizon: { days: 13 },
    })
    expect(before.total[0]).toBe(30)
    expect(after.purchaseDays[0]).toBe(0)
  })
})

describe('refusals', () => {
  const table = cdnowSample()

  test('a future that runs past the data', () => {
    expectRefusal(
      () => holdout(table, { cutoff: '1998-06-01', horizon: { weeks: 13 } }),
      'NOT_ENOUGH_DATA',
      'holdout: the future from 1998-06-01 runs to 1998-08-30, and the data ends on 1998-06-30',
    )
  })

  test('nobody before the cut-off', () => {
    expectRefusal(() => holdout(table, { cutoff: '1997-01-01', horizon: { weeks: 1 } }), 'NOT_ENOUGH_DATA', 'nobody')
  })

  test('half a day', () => {
    expectRefusal(() => holdout(table, { cutoff: '1997-10-01', horizon: { days: 0.5 } }), 'BAD_OPTION', '"horizon"')
    expectRefusal(() => holdout(table, { cutoff: '1997-10-01', horizon: { days: -7 } }), 'BAD_OPTION', '"horizon.days"')
    expectRefusal(() => holdout(table, { cutoff: '1997-10-01', horizon: 13 as never }), 'BAD_OPTION', '"horizon"')
  })
})
