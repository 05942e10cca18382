import { ClienteleError } from '../../core/errors.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { columnOf, type FeatureMatrix } from '../../table/featureMatrix.ts'
import { groupRows, type RowGroups } from '../groupRows.ts'

/** A covariate as the search sees it: centred and in units of its spread, so that a step of 1 is a moderate change. */
export interface StandardColumn {
  readonly name: string
  readonly center: number
  readonly spread: number
  /** (value − center) / spread, by group. */
  readonly values: Float64Array
}

/** The distinct rows of covariates, and their columns. */
export interface CovariateDesign {
  readonly groups: RowGroups
  /** The columns of each matrix. */
  readonly columns: readonly (readonly StandardColumn[])[]
}

/**
 * Groups customers with the same covariates, and standardises the columns.
 *
 * @param rows - those that the fit learns from
 * @param weights - of these rows
 * @param of - what the rows are, for messages
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` for a column that does not vary or follows from others of its matrix, so
 *   that no data could tell its coefficient
 */
export function covariateDesign(
  caller: string,
  matrices: readonly FeatureMatrix[],
  rows: ArrayLike<number>,
  weights: Float64Array,
  of = 'customers',
): CovariateDesign {
  const taken = matrices.map((matrix) => matrix.columns.map((_, j) => takeFrom(columnOf(matrix, j), rows)))
  const groups = groupRows(taken.flat())
  const ofGroups = new Float64Array(groups.count)
  groups.groupOf.forEach((group, i) => {
    ofGroups[group]! += weights[i]!
  })
  const columns = matrices.map((matrix, m) => {
    const standard = matrix.columns.map((name, j) => {
      const values = Float64Array.from(groups.rowOf, (i) => taken[m]![j]![i]!)
      return standardised(caller, name, values, ofGroups, of)
    })
    checkRank(caller, standard, ofGroups)
    return standard
  })
  return { groups, columns }
}

/** Standard deviation of a column over its rows; 1 for one that does not vary. */
export function spreadOf(column: Float64Array): number {
  const mean = compensatedSum(column) / column.length
  return Math.sqrt(compensatedSum(column.map((value) => (value - mean) ** 2)) / column.length) || 1
}

function takeFrom(column: Float64Array, rows: ArrayLike<number>): Float64Array {
  return Float64Array.from(rows, (row) => column[row]!)
}

function standardised(
  caller: string,
  name: string,
  values: Float64Array,
  weights: Float64Array,
  of: string,
): StandardColumn {
  const total = compensatedSum(weights)
  const mean = compensatedSum(values.map((value, g) => weights[g]! * value)) / total
  // Where all values are one, their mean need not be it to the last bit.
  const center = values.every((value) => value === values[0]) ? values[0]! : mean
  const spread = Math.sqrt(compensatedSum(values.map((value, g) => weights[g]! * (value - center) ** 2)) / total)
  if (!(spread > SAME * Math.abs(center))) {
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `${caller}: the covariate "${name}" must vary, got ${center} for all ${of}: leave it out`,
    )
  }
  return { name, center, spread, values: values.map((value) => (value - center) / spread) }
}

/** Takes from each column what the ones before it explain (Gram & Schmidt, twice for rounding): something must be left. */
function checkRank(caller: string, columns: readonly StandardColumn[], weights: Float64Array): void {
  const dot = (one: Float64Array, other: Float64Array): number =>
    compensatedSum(one.map((value, g) => weights[g]! * value * other[g]!))
  const basis: Float64Array[] = []
  for (const { name, values } of columns) {
    let rest = values
    for (const direction of [...basis, ...basis]) {
      const share = dot(rest, direction)
      rest = rest.map((value, g) => value - share * direction[g]!)
    }
    const length = Math.sqrt(dot(rest, rest))
    if (!(length > SAME * Math.sqrt(dot(values, values)))) {
      const others = columns.slice(0, basis.length).map((column) => `"${column.name}"`)
      throw new ClienteleError(
        'NOT_ENOUGH_DATA',
        `${caller}: the covariate "${name}" must not follow from ${others.join(', ')}: leave one of them out`,
      )
    }
    basis.push(rest.map((value) => value / length))
  }
}

/** A difference below this share is rounding. */
const SAME = 1e-9
