import { expect, test } from 'vitest'
import { rfmSensitivity } from '../../src/rfm/rfmSensitivity.ts'
import { goldenJson, goldenRows, orderSummary } from './orders.ts'

const orders = orderSummary()

test('counts the customers that move between the conventions of the goldens', () => {
  const ofR = goldenRows('rfm/golden_orders_rfm_5x5x5.csv').map((row) => Number(row.rfm_score))
  const rows = goldenJson<Record<string, string>[]>('rfm/rfm_conventions_orders.json')
  const byId = new Map(rows.map((row) => [row.customer_id, row]))
  const codes = (suffix: string): number[] =>
    orders.customers.map((id) => Number(['r', 'f', 'm'].map((axis) => byId.get(id)![`${axis}_${suffix}`]).join('')))
  const conventions = [codes('type7'), ofR, codes('ntile')]
  const expected = conventions.flatMap((a) => conventions.map((b) => a.filter((code, row) => code !== b[row]).length))
  const { moved, customers } = rfmSensitivity(orders, { quantile: {}, rPackage: { rule: 'rPackage' }, ranks: 'ranks' })
  expect(customers).toBe(995)
  expect(Array.from(moved)).toEqual(expected)
  expect(expected[2]).toBeGreaterThan(0)
})

test('refuses to compare one convention with itself', () => {
  expect(() => rfmSensitivity(orders, { only: {} })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }))
})
