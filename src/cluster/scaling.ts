import { ClienteleError } from '../core/errors.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { columnOf, type FeatureMatrix } from '../table/featureMatrix.ts'

/**
 * What is done to columns before distances are measured.
 *
 * - `'log'`: signed logarithm sign(v) · ln(1 + |v|), then mean 0 and standard deviation 1; for counts and
 *   money, whose few large values would otherwise decide everything; it spreads small values of every column
 * - `'standard'`: mean 0 and standard deviation 1
 * - `'none'`: nothing; the columns share a scale already
 */
export type ScalingRule = 'log' | 'standard' | 'none'

/** How each column was scaled: `(log ? signedLog(v) : v) − mean` over `sd`. */
export interface Scaling {
  readonly rule: ScalingRule
  /** One a column; in logarithms under `'log'`, 0 under `'none'`. */
  readonly mean: Float64Array
  /** Population standard deviation, one a column; 1 for a constant column and under `'none'`. */
  readonly sd: Float64Array
}

/** Learns the scaling of a matrix. Private to this folder: the caller has checked the rule and the values. */
export function fitScaling(matrix: FeatureMatrix, rule: ScalingRule): Scaling {
  const width = matrix.columns.length
  const mean = new Float64Array(width)
  const sd = new Float64Array(width).fill(1)
  for (let j = 0; j < width && rule !== 'none'; j++) {
    const column = rule === 'log' ? columnOf(matrix, j).map(signedLog) : columnOf(matrix, j)
    // Compensated, so that a scaling does not depend on the order of rows beyond the last digit.
    const center = compensatedSum(column) / column.length
    mean[j] = center
    // A constant column must stay constant: the spread that rounding of the mean invents would be blown up to 1.
    const constant = column.every((value) => value === column[0])
    if (!constant) sd[j] = Math.sqrt(compensatedSum(column.map((value) => (value - center) ** 2)) / column.length)
  }
  return { rule, mean, sd }
}

/** The matrix with each column scaled. */
export function applyScaling(scaling: Scaling, matrix: FeatureMatrix): FeatureMatrix {
  if (scaling.rule === 'none') return matrix
  const { rows, columns } = matrix
  const values = new Float64Array(matrix.values.length)
  for (let j = 0; j < columns.length; j++) {
    const mean = scaling.mean[j]!
    const sd = scaling.sd[j]!
    for (let i = j * rows; i < (j + 1) * rows; i++) {
      const value = matrix.values[i]!
      values[i] = ((scaling.rule === 'log' ? signedLog(value) : value) - mean) / sd
    }
  }
  return { columns, rows, values }
}

/** A scaled value of column `j` in the units of the data. */
export function unscale(scaling: Scaling, value: number, j: number): number {
  const moved = value * scaling.sd[j]! + scaling.mean[j]!
  return scaling.rule === 'log' ? Math.sign(moved) * Math.expm1(Math.abs(moved)) : moved
}

/** Throws `BAD_SHAPE` unless every value of the matrix is finite, naming the column and the row. */
export function checkFinite(caller: string, matrix: FeatureMatrix): void {
  const at = matrix.values.findIndex((value) => !Number.isFinite(value))
  if (at < 0) return
  const column = matrix.columns[Math.floor(at / matrix.rows)]
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: every value must be finite, got ${matrix.values[at]} in column "${column}", row ${at % matrix.rows}`,
  )
}

function signedLog(value: number): number {
  return value < 0 ? -Math.log1p(-value) : Math.log1p(value)
}
