import { describe, expect, test } from 'vitest'
import { defaultSegmentMap, recencyFrequencyMap } from '../../src/rfm/defaultSegmentMap.ts'
import { fitRfm, type RfmScores, scoreRfm } from '../../src/rfm/rfmScores.ts'
import { rfmSegments } from '../../src/rfm/rfmSegments.ts'
import type { SegmentMap } from '../../src/rfm/segmentMap.ts'
import { goldenJson, orderSummary } from './orders.ts'

const DIGITS = [1, 2, 3, 4, 5]

/** Scores that go through all 125 cells in ascending order. */
function everyCell(): RfmScores {
  const cells = DIGITS.flatMap((r) => DIGITS.flatMap((f) => DIGITS.map((m) => [r, f, m] as const)))
  return {
    bins: 5,
    recency: Uint8Array.from(cells, ([r]) => r),
    frequency: Uint8Array.from(cells, ([, f]) => f),
    monetary: Uint8Array.from(cells, ([, , m]) => m),
  }
}

const snake = (name: string): string => name.toLowerCase().replaceAll("'", '').replaceAll(' ', '_')

describe('published', () => {
  test('125 cells, 11 segments', () => {
    const golden = goldenJson<Record<string, string>>('segments/rfm_125_cell_map_11_segments.json')
    const scores = everyCell()
    const { names, codes } = rfmSegments(scores)
    expect(names).toHaveLength(11)
    codes.forEach((code, row) => {
      expect(names[code]).toBe(golden[`${scores.recency[row]}${scores.frequency[row]}${scores.monetary[row]}`])
    })
    expect([names[0], names.at(-1)]).toEqual(['Champions', 'Lost'])
  })

  test('25 cells, 10 segments', () => {
    const golden = goldenJson<Record<string, string>>('segments/rf_25_cell_map_10_segments.json')
    const scores = everyCell()
    const { names, codes } = rfmSegments(scores, recencyFrequencyMap())
    expect(names).toHaveLength(10)
    codes.forEach((code, row) => {
      expect(snake(names[code]!)).toBe(golden[`${scores.recency[row]}${scores.frequency[row]}`])
    })
  })

  test.each<[string, SegmentMap, (name: string) => string]>([
    ['rfm/segment_summary_125cells_on_R_scores.json', defaultSegmentMap(), (name) => name],
    ['rfm/segment_summary_25cells_on_R_scores.json', recencyFrequencyMap(), snake],
  ])('customers, orders and revenue of %s', (file, map, nameInFile) => {
    const orders = orderSummary()
    const { names, codes } = rfmSegments(scoreRfm(fitRfm(orders, { rule: 'rPackage' }), orders), map)
    const found = Object.fromEntries(names.map((name) => [nameInFile(name), { customers: 0, orders: 0, revenue: 0 }]))
    codes.forEach((code, row) => {
      const segment = found[nameInFile(names[code]!)]!
      segment.customers++
      segment.orders += orders.purchases[row]!
      segment.revenue += orders.total[row]!
    })
    // Exact: the amounts are whole numbers.
    expect(found).toEqual(goldenJson(file))
  })
})

test('refuses a map for another number of scores', () => {
  const orders = orderSummary()
  const scores = scoreRfm(fitRfm(orders, { bins: 4 }), orders)
  expect(() => rfmSegments(scores)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }))
})
