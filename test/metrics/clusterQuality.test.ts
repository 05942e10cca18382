import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calinskiHarabasz, daviesBouldin, silhouette } from '../../src/metrics/clusterQuality.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'

function goldenColumns(file: string): Record<string, Float64Array> {
  const text = readFileSync(new URL(`../goldens/cluster/${file}`, import.meta.url), 'utf8')
  const [head, ...lines] = text.trim().split('\n')
  const rows = lines.map((line) => line.split(',').map(Number))
  return Object.fromEntries(head!.split(',').map((name, j) => [name, Float64Array.from(rows, (row) => row[j]!)]))
}

const retail = featureMatrix(goldenColumns('Z_retail_rfm_log.csv'))
const labels = goldenColumns('labels_kmeans_retail_rfm_log.csv')
const golden = JSON.parse(readFileSync(new URL('../goldens/cluster/retail_rfm_log.json', import.meta.url), 'utf8'))
  .retail_rfm_log.kmeans

describe('published', () => {
  test.each([2, 3, 4, 5])('Online Retail, labels of scikit-learn, k = %i', (k) => {
    const codes = labels[`k${k}`]!
    // 1e-9 relative, tighter than the 1e-6 of the golden: labels are given, only the order of summation differs.
    expect(Math.abs(silhouette(retail, codes) / golden[k].silhouette - 1)).toBeLessThan(1e-9)
    expect(Math.abs(calinskiHarabasz(retail, codes) / golden[k].calinskiHarabasz - 1)).toBeLessThan(1e-9)
    expect(Math.abs(daviesBouldin(retail, codes) / golden[k].daviesBouldin - 1)).toBeLessThan(1e-9)
  })

  test('by hand: 0 and 1 against 4 and 6', () => {
    const line = featureMatrix({ x: [0, 1, 4, 6] })
    const codes = [0, 0, 1, 1]
    // a = 1, 1, 2, 2 and b = 5, 4, 3.5, 5.5.
    expect(silhouette(line, codes)).toBeCloseTo((4 / 5 + 3 / 4 + 1.5 / 3.5 + 3.5 / 5.5) / 4, 15)
    // Between: 2 · 2.25² · 2 = 20.25 with 1 degree of freedom; within: 0.5 + 2 = 2.5 with 2.
    expect(calinskiHarabasz(line, codes)).toBeCloseTo(20.25 / 1.25, 13)
    expect(daviesBouldin(line, codes)).toBeCloseTo(1.5 / 4.5, 15)
  })
})

const divided = fc
  .array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 }), fc.nat(2)), {
    minLength: 4,
    maxLength: 30,
  })
  .filter((rows) => new Set(rows.map(([, , code]) => code)).size > 1)
  .map((rows) => ({
    matrix: featureMatrix({ x: rows.map(([x]) => x), y: rows.map(([, y]) => y) }),
    codes: rows.map(([, , code]) => code),
  }))

describe('laws', () => {
  test('silhouettes lie from −1 to 1, the other two are not negative', () => {
    fc.assert(
      fc.property(divided, ({ matrix, codes }) => {
        expect(Math.abs(silhouette(matrix, codes))).toBeLessThanOrEqual(1)
        expect(daviesBouldin(matrix, codes)).toBeGreaterThanOrEqual(0)
        expect(calinskiHarabasz(matrix, codes) >= 0 || Number.isNaN(calinskiHarabasz(matrix, codes))).toBe(true)
      }),
    )
  })

  test('codes are names: others, with gaps, give the same', () => {
    fc.assert(
      fc.property(divided, ({ matrix, codes }) => {
        const renamed = codes.map((code) => [40, 7, 19][code]!)
        for (const index of [silhouette, calinskiHarabasz, daviesBouldin]) {
          const [a, b] = [index(matrix, codes), index(matrix, renamed)]
          // 1e-12 relative: groups are summed in another order.
          expect(Object.is(a, b) || Math.abs(a - b) <= 1e-12 * (1 + Math.abs(a))).toBe(true)
        }
      }),
    )
  })

  test('a sample is judged by itself, and a sample of all rows is exact', () => {
    const codes = labels.k3!
    expect(silhouette(retail, codes, { sample: 4338 })).toBe(silhouette(retail, codes))
    const sampled = silhouette(retail, codes, { sample: 2000, seed: 5 })
    expect(sampled).toBe(silhouette(retail, codes, { sample: 2000, seed: 5 }))
    // Five standard errors of a mean of 2,000 silhouettes whose standard deviation is below 0.25.
    expect(Math.abs(sampled - golden[3].silhouette)).toBeLessThan((5 * 0.25) / Math.sqrt(2000))
  })

  test('groups that are points are infinitely well separated', () => {
    const matrix = featureMatrix({ x: [1, 1, 5, 5] })
    expect(silhouette(matrix, [0, 0, 1, 1])).toBe(1)
    expect(calinskiHarabasz(matrix, [0, 0, 1, 1])).toBe(Number.POSITIVE_INFINITY)
    expect(daviesBouldin(matrix, [0, 0, 1, 1])).toBe(0)
  })
})

describe('refusals', () => {
  const matrix = featureMatrix({ x: [1, 2, 3] })
  const refused = (code: string) => expect.objectContaining({ code })

  test.each([silhouette, calinskiHarabasz, daviesBouldin])('%o refuses codes that are none', (index) => {
    expect(() => index(matrix, [0, 1])).toThrow(refused('BAD_SHAPE'))
    expect(() => index(matrix, [0, 1, -1])).toThrow(refused('BAD_SHAPE'))
    expect(() => index(matrix, [0, 1, 0.5])).toThrow(refused('BAD_SHAPE'))
    expect(() => index(matrix, [1, 1, 1])).toThrow(refused('NOT_ENOUGH_DATA'))
  })

  test('options out of range, and more groups than rows allow', () => {
    expect(() => silhouette(matrix, [0, 1, 1], { sample: 1 })).toThrow(refused('BAD_OPTION'))
    expect(() => silhouette(matrix, [0, 1, 1], { seed: 1.5 })).toThrow(refused('BAD_OPTION'))
    expect(() => calinskiHarabasz(matrix, [0, 1, 2])).toThrow(refused('NOT_ENOUGH_DATA'))
    const lopsided = Float64Array.from({ length: 4338 }, (_, row) => (row === 0 ? 1 : 0))
    expect(() => silhouette(retail, lopsided, { sample: 20 })).toThrow(refused('NOT_ENOUGH_DATA'))
  })
})
