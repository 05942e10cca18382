import { readFileSync } from 'node:fs'
import { type FeatureMatrix, featureMatrix } from '../../src/table/featureMatrix.ts'

const GOLDENS = new URL('../goldens/cluster/', import.meta.url)

interface Columns {
  readonly names: string[]
  readonly rows: number[][]
}

function table(file: string): Columns {
  const [head, ...lines] = readFileSync(new URL(file, GOLDENS), 'utf8').trim().split('\n')
  return { names: head!.split(','), rows: lines.map((line) => line.split(',').map(Number)) }
}

function columnsOf({ names, rows }: Columns): Record<string, Float64Array> {
  return Object.fromEntries(names.map((name, j) => [name, Float64Array.from(rows, (row) => row[j]!)]))
}

/** What scikit-learn found for a number of clusters. */
export interface GoldenClustering {
  readonly inertia: number
  readonly sizes: readonly number[]
  readonly centers: readonly (readonly number[])[]
  readonly calinskiHarabasz: number
  readonly daviesBouldin: number
  readonly silhouette: number
}

/** Standardised logarithms of recency, frequency and money of 4,338 customers of Online Retail. */
export function retailMatrix(): FeatureMatrix {
  return featureMatrix(columnsOf(table('Z_retail_rfm_log.csv')))
}

/** The cluster of each customer, by `k2` to `k8`. */
export function retailLabels(): Record<string, Float64Array> {
  return columnsOf(table('labels_kmeans_retail_rfm_log.csv'))
}

/** Best-known k-means for k = 2 to 5. */
export function retailClusterings(): Record<string, GoldenClustering> {
  const text = readFileSync(new URL('retail_rfm_log.json', GOLDENS), 'utf8')
  return JSON.parse(text).retail_rfm_log.kmeans
}

/** `perBlob` points around each of the given centers, spread evenly in a square of width 2. */
export function blobs(centers: readonly (readonly [number, number])[], perBlob: number): FeatureMatrix {
  const points = centers.flatMap(([x, y]) =>
    // The fractional parts of multiples of two irrational numbers fill the square without chance.
    Array.from({ length: perBlob }, (_, i) => [x + 2 * ((i * Math.SQRT2) % 1) - 1, y + 2 * ((i * Math.E) % 1) - 1]),
  )
  return featureMatrix({ x: points.map(([x]) => x!), y: points.map(([, y]) => y!) })
}
