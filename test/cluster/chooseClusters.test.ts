import { describe, expect, test } from 'vitest'
import { chooseClusters, chooseClustersAsync } from '../../src/cluster/chooseClusters.ts'
import { fitKMeans, predictKMeans } from '../../src/cluster/kMeans.ts'
import { calinskiHarabasz, daviesBouldin, silhouette } from '../../src/metrics/clusterQuality.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'
import { blobs, retailClusterings, retailMatrix } from './retail.ts'

const retail = retailMatrix()

describe('published', () => {
  test('the curve of Online Retail on all rows', () => {
    const golden = retailClusterings()
    const { k, curve, structure } = chooseClusters(retail, { to: 5, sample: 5000, scaling: 'none' })
    expect([k, structure]).toEqual([2, 'weak'])
    expect(curve.map((candidate) => candidate.k)).toEqual([2, 3, 4, 5])
    for (const { k, silhouette, calinskiHarabasz, daviesBouldin } of curve) {
      // 2e-3: near the best inertia there are several optima, whose indices differ by that much.
      expect(Math.abs(silhouette / golden[k]!.silhouette - 1)).toBeLessThan(2e-3)
      expect(Math.abs(calinskiHarabasz / golden[k]!.calinskiHarabasz - 1)).toBeLessThan(2e-3)
      expect(Math.abs(daviesBouldin / golden[k]!.daviesBouldin - 1)).toBeLessThan(2e-3)
    }
  })
})

describe('laws', () => {
  test('each candidate is the fit of that k, judged by the public indices', () => {
    const { curve, segmentation, model } = chooseClusters(retail, { to: 4, sample: 500, seed: 3, scaling: 'none' })
    for (const candidate of curve) {
      expect(candidate.model).toEqual(fitKMeans(retail, { k: candidate.k, seed: 3, scaling: 'none' }))
      const { codes } = predictKMeans(candidate.model, retail)
      expect(candidate.silhouette).toBe(silhouette(retail, codes, { sample: 500, seed: 3 }))
      expect(candidate.calinskiHarabasz).toBe(calinskiHarabasz(retail, codes))
      expect(candidate.daviesBouldin).toBe(daviesBouldin(retail, codes))
    }
    expect(segmentation).toEqual(predictKMeans(model, retail))
  })

  test('finds separated clusters, and says how strong they are', () => {
    const matrix = blobs(
      [
        [0, 0],
        [20, 0],
        [0, 20],
        [20, 20],
      ],
      50,
    )
    const { k, structure } = chooseClusters(matrix, { scaling: 'none' })
    expect([k, structure]).toEqual([4, 'strong'])
  })

  test('says that an even cloud in many dimensions has no structure', () => {
    const side = [0, 1, 2]
    const rows = side.flatMap((a) =>
      side.flatMap((b) => side.flatMap((c) => side.flatMap((d) => side.map((e) => [a, b, c, d, e])))),
    )
    const cloud = featureMatrix(
      Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name, j) => [name, rows.map((row) => row[j]!)])),
    )
    expect(chooseClusters(cloud, { scaling: 'none', to: 4 }).structure).toBe('none')
  })

  test('in slices the same', async () => {
    const progress: number[] = []
    const onProgress = ({ done, total }: { done: number; total: number }): number => progress.push(done / total)
    const options = { to: 4, sample: 300, restarts: 3 }
    expect(await chooseClustersAsync(retail, { ...options, onProgress })).toEqual(chooseClusters(retail, options))
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBeLessThanOrEqual(1)
  })

  test('few rows end the curve early', () => {
    const matrix = featureMatrix({ x: [0, 0, 5, 9, 9, 9] })
    expect(chooseClusters(matrix).curve.map(({ k }) => k)).toEqual([2, 3])
  })

  test('a sample that falls into one cluster is passed over', () => {
    // One row in 20,000 is far out: k = 2 sets it apart, and the sample misses it.
    const x = Float64Array.from({ length: 20_000 }, (_, i) => (i % 3) + ((i * Math.SQRT2) % 1) / 10)
    x[19_999] = 1e6
    const { k, curve } = chooseClusters(featureMatrix({ x }), {
      sample: 100,
      to: 4,
      scaling: 'none',
      startRows: 20_000,
    })
    expect(curve[0]!.silhouette).toBeNaN()
    expect(k).toBe(4)
  })
})

describe('refusals', () => {
  test('options out of range, missing values, too few rows', () => {
    const refused = (code: string) => expect.objectContaining({ code })
    expect(() => chooseClusters(retail, { from: 1 })).toThrow(refused('BAD_OPTION'))
    expect(() => chooseClusters(retail, { from: 4, to: 3 })).toThrow(refused('BAD_OPTION'))
    expect(() => chooseClusters(retail, { sample: 10 })).toThrow(refused('BAD_OPTION'))
    expect(() => chooseClusters(featureMatrix({ x: [1, Number.NaN, 3] }))).toThrow(refused('BAD_SHAPE'))
    expect(() => chooseClusters(featureMatrix({ x: [1, 2] }))).toThrow(refused('NOT_ENOUGH_DATA'))
    expect(() => chooseClusters(featureMatrix({ x: [1, 1, 1, 1] }))).toThrow(refused('NOT_ENOUGH_DATA'))
    expect(() => chooseClusters(featureMatrix({ x: [] }))).toThrow(refused('NOT_ENOUGH_DATA'))
  })
})
