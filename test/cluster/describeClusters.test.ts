import { expect, test } from 'vitest'
import { describeClusters } from '../../src/cluster/describeClusters.ts'
import { fitKMeans, type KMeansModel } from '../../src/cluster/kMeans.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'

function modelOf(columns: string[], centroids: number[][], sizes: number[]): KMeansModel {
  const width = columns.length
  return {
    kind: 'kMeans',
    version: 1,
    columns,
    scaling: { rule: 'log', mean: new Float64Array(width), sd: new Float64Array(width).fill(1) },
    k: sizes.length,
    centroids: Float64Array.from(centroids.flat()),
    sizes: Uint32Array.from(sizes),
    inertia: 1,
    iterations: 1,
    converged: true,
  }
}

const RFM = ['sinceLast', 'purchases', 'total']

test('says what sets a cluster apart, in the order of the columns', () => {
  const model = modelOf(
    RFM,
    [
      [1, -1.5, -0.2],
      [-1, 1.5, 0.2],
    ],
    [10, 10],
  )
  expect(describeClusters(model)).toEqual(['bought long ago, few purchases', 'bought lately, many purchases'])
})

test('falls back on the name of a feature, and takes words of the caller first', () => {
  const model = modelOf(
    ['visits', 'total'],
    [
      [2, 0],
      [-2, 0],
    ],
    [10, 10],
  )
  expect(describeClusters(model)).toEqual(['high visits', 'low visits'])
  expect(describeClusters(model, { words: { visits: { high: 'visits often', low: 'visits rarely' } } })).toEqual([
    'visits often',
    'visits rarely',
  ])
})

test('a cluster in the middle is average', () => {
  expect(describeClusters(modelOf(['total'], [[2], [0], [-2]], [5, 5, 5]))).toEqual([
    'high spending',
    'average',
    'low spending',
  ])
})

test('clusters that would read alike get a further feature, and else the farther one is stronger', () => {
  const further = modelOf(
    RFM,
    [
      [2, 2, 0.5],
      [2, 2, -0.5],
      [-4, -4, 0],
    ],
    [5, 5, 5],
  )
  expect(describeClusters(further).slice(0, 2)).toEqual([
    'bought long ago, many purchases, high spending',
    'bought long ago, many purchases, low spending',
  ])
  const stronger = modelOf(['total'], [[3], [1], [2], [-6]], [5, 5, 5, 5])
  expect(describeClusters(stronger)).toEqual([
    'high spending (stronger 2)',
    'high spending',
    'high spending (stronger)',
    'low spending',
  ])
})

test('labels are different for any fit', () => {
  const x = Float64Array.from({ length: 300 }, (_, i) => (i * Math.SQRT2) % 1)
  const y = Float64Array.from({ length: 300 }, (_, i) => (i * Math.E) % 1)
  for (let k = 1; k <= 12; k++) {
    const labels = describeClusters(fitKMeans(featureMatrix({ x, y }), { k, restarts: 1 }))
    expect(new Set(labels).size).toBe(k)
  }
})
