import { checkInteger, checkLength, checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSeed, randomFrom, sampleRows } from '../core/random.ts'
import { gatherRowsInto, paddedStride } from '../kernels/rowMajor.ts'
import { distancesFromInto, silhouetteOfRow } from '../kernels/silhouette.ts'
import { checkMatrix, type FeatureMatrix } from '../table/featureMatrix.ts'

/** Options of `silhouette`. */
export interface SilhouetteOptions {
  /** Number of rows drawn to judge the rest, 2 or more. @default all rows */
  readonly sample?: number
  /** Seed of the draw, an integer of 32 bits. @default 1 */
  readonly seed?: number
}

/**
 * Mean silhouette of the rows: 1 if every group is tight and far from the others, 0 if groups touch, below 0 if rows
 * sit in the wrong one. Distances are Euclidean in the columns as they are, so give scaled columns.
 *
 * Costs n² · columns operations and memory for n distances; a `sample` is judged by itself, as if it were all.
 *
 * @param codes - group of each row, integers from 0 to 65,535
 * @throws {ClienteleError} `BAD_SHAPE` if `codes` has another length than the matrix has rows, or is not of such
 * integers; `NOT_ENOUGH_DATA` if fewer than two groups have rows; `BAD_OPTION` if an option is out of range
 * @see Rousseeuw (1987), "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis"
 * @example
 * silhouette(matrix, predictKMeans(model, matrix).codes, { sample: 2000 }) // 0.55…
 */
export function silhouette(matrix: FeatureMatrix, codes: ArrayLike<number>, options: SilhouetteOptions = {}): number {
  checkMatrix('silhouette', matrix)
  const { seed = 1, sample = Math.max(2, matrix.rows), ...others } = checkOptions('silhouette', options)
  checkNoOthers('silhouette', others)
  checkSeed('silhouette', seed)
  const size = checkInteger('silhouette', 'sample', sample, 2, 2 ** 32 - 1)
  readGroups('silhouette', matrix, codes)
  const rows = sampleRows(matrix.rows, size, randomFrom(seed))
  const [mean] = silhouettesOfRows(matrix, [codes], rows)
  if (Number.isNaN(mean!)) {
    throw new ClienteleError('NOT_ENOUGH_DATA', 'silhouette: the sampled rows must fall into at least 2 groups, got 1')
  }
  return mean!
}

/**
 * Mean silhouettes of several divisions of the same rows, for which distances are computed once. Not checked; for the
 * functions that choose among divisions.
 *
 * @param rows - the rows to judge, and to judge by
 * @returns one mean a division, NaN where the rows fall into one group
 */
export function silhouettesOfRows(
  matrix: FeatureMatrix,
  divisions: readonly ArrayLike<number>[],
  rows: Uint32Array,
): Float64Array {
  const stride = paddedStride(matrix.columns.length)
  const points = new Float64Array(rows.length * stride)
  gatherRowsInto(matrix.values, matrix.rows, matrix.columns.length, rows, stride, points)
  const judged = divisions.map((codes) => {
    const labels = Uint16Array.from(rows, (row) => codes[row]!)
    const sizes = new Float64Array(1 + labels.reduce((most, label) => Math.max(most, label), 0))
    for (const label of labels) sizes[label]!++
    return { labels, sizes, sums: new Float64Array(sizes.length), groups: sizes.filter((size) => size > 0).length }
  })
  const means = new Float64Array(divisions.length)
  const distances = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    distancesFromInto(points, stride, i, distances)
    judged.forEach(({ labels, sizes, sums }, d) => {
      means[d]! += silhouetteOfRow(distances, labels, sizes, labels[i]!, sums)
    })
  }
  return means.map((sum, d) => (judged[d]!.groups > 1 ? sum / rows.length : Number.NaN))
}

/**
 * Calinski–Harabasz index: variance between groups over variance within, each by its degrees of freedom. Higher is
 * better; compare divisions of the same rows only. Infinite if every group is a point. Costs two passes.
 *
 * @param codes - group of each row, integers from 0 to 65,535
 * @throws {ClienteleError} as `silhouette`; `NOT_ENOUGH_DATA` also if there are not more rows than groups
 * @see Caliński & Harabasz (1974), "A dendrite method for cluster analysis", equation 3
 * @example
 * calinskiHarabasz(matrix, codes) // 4373.9…
 */
export function calinskiHarabasz(matrix: FeatureMatrix, codes: ArrayLike<number>): number {
  const { rows, columns, values } = matrix
  const { sizes, groups } = readGroups('calinskiHarabasz', matrix, codes)
  if (rows <= groups) {
    throw new ClienteleError('NOT_ENOUGH_DATA', `calinskiHarabasz: ${groups} groups need more rows, got ${rows}`)
  }
  const centers = centersOf(matrix, codes, sizes)
  let between = 0
  let within = 0
  for (let j = 0; j < columns.length; j++) {
    const center = centers.subarray(j * sizes.length, (j + 1) * sizes.length)
    let mean = 0
    for (let g = 0; g < sizes.length; g++) mean += (center[g]! * sizes[g]!) / rows
    for (let g = 0; g < sizes.length; g++) between += sizes[g]! * (center[g]! - mean) ** 2
    for (let i = 0; i < rows; i++) within += (values[j * rows + i]! - center[codes[i]!]!) ** 2
  }
  return between / (groups - 1) / (within / (rows - groups))
}

/**
 * Davies–Bouldin index: how wide each group is beside its most similar other, on average. Lower is better, 0 is best;
 * infinite if two groups have the same center. Costs two passes and groups² · columns operations.
 *
 * @param codes - group of each row, integers from 0 to 65,535
 * @throws {ClienteleError} as `silhouette`
 * @see Davies & Bouldin (1979), "A cluster separation measure", definitions 4 and 5 with p = 2, q = 1
 * @example
 * daviesBouldin(matrix, codes) // 0.89…
 */
export function daviesBouldin(matrix: FeatureMatrix, codes: ArrayLike<number>): number {
  const { rows, columns, values } = matrix
  const { sizes, groups } = readGroups('daviesBouldin', matrix, codes)
  const centers = centersOf(matrix, codes, sizes)
  const squared = new Float64Array(rows)
  for (let j = 0; j < columns.length; j++) {
    for (let i = 0; i < rows; i++) squared[i]! += (values[j * rows + i]! - centers[j * sizes.length + codes[i]!]!) ** 2
  }
  const widths = new Float64Array(sizes.length)
  for (let i = 0; i < rows; i++) widths[codes[i]!]! += Math.sqrt(squared[i]!) / sizes[codes[i]!]!
  let sum = 0
  for (let g = 0; g < sizes.length; g++) {
    let worst = 0
    for (let o = 0; o < sizes.length; o++) {
      if (o === g || sizes[g] === 0 || sizes[o] === 0) continue
      let gap = 0
      for (let j = 0; j < columns.length; j++)
        gap += (centers[j * sizes.length + g]! - centers[j * sizes.length + o]!) ** 2
      worst = Math.max(worst, gap > 0 ? (widths[g]! + widths[o]!) / Math.sqrt(gap) : Number.POSITIVE_INFINITY)
    }
    sum += worst
  }
  return sum / groups
}

interface Groups {
  /** Rows of each code from 0 to the largest; some may have none. */
  readonly sizes: Float64Array
  /** Codes that have rows. */
  readonly groups: number
}

function readGroups(caller: string, matrix: FeatureMatrix, codes: ArrayLike<number>): Groups {
  checkLength(caller, 'codes', codes, matrix.rows)
  let largest = 0
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (!Number.isInteger(code) || code < 0 || code > 65_535) {
      throw new ClienteleError(
        'BAD_SHAPE',
        `${caller}: "codes" must be integers from 0 to 65535, got ${code} in row ${i}`,
      )
    }
    largest = Math.max(largest, code)
  }
  const sizes = new Float64Array(largest + 1)
  for (let i = 0; i < codes.length; i++) sizes[codes[i]!]!++
  const groups = sizes.filter((size) => size > 0).length
  if (groups < 2)
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: at least 2 groups must have rows, got ${groups}`)
  return { sizes, groups }
}

/** Means of the groups, column-major: column `j` of group `g` at `j * sizes.length + g`. */
function centersOf(
  { rows, columns, values }: FeatureMatrix,
  codes: ArrayLike<number>,
  sizes: Float64Array,
): Float64Array {
  const centers = new Float64Array(columns.length * sizes.length)
  for (let j = 0; j < columns.length; j++) {
    const at = j * sizes.length
    for (let i = 0; i < rows; i++) centers[at + codes[i]!]! += values[j * rows + i]!
    for (let g = 0; g < sizes.length; g++) centers[at + g]! /= sizes[g]!
  }
  // A code without rows has no center; 0 keeps it out of sums that it weighs nothing in.
  return centers.map((center) => (Number.isNaN(center) ? 0 : center))
}
