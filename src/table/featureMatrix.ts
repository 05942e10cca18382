import { checkLength, checkList, checkObject } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'

/** Numbers about customers, a row each, stored column by column. `NaN` means missing. */
export interface FeatureMatrix {
  /** Names of the columns, all different. */
  readonly columns: readonly string[]
  /** Number of rows. */
  readonly rows: number
  /** `columns.length × rows` values; column `j` is `values[j * rows]` up to `values[(j + 1) * rows]`. */
  readonly values: Float64Array
}

/**
 * Joins named columns of equal length to a feature matrix. Costs one copy.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if there is no column, the lengths differ, or a value is no number
 * @example
 * featureMatrix({ sinceLast: [3, 14], total: [80, 12.5] }).rows // 2
 */
export function featureMatrix(columns: Readonly<Record<string, ArrayLike<number>>>): FeatureMatrix {
  const names = Object.keys(checkObject('featureMatrix', 'columns', columns))
  for (const name of names) checkList('featureMatrix', name, columns[name]!)
  const rows = names.length > 0 ? columns[names[0]!]!.length : 0
  if (names.length === 0)
    throw new ClienteleError('BAD_SHAPE', 'featureMatrix: at least one column is needed, got none')
  const values = new Float64Array(names.length * rows)
  names.forEach((name, j) => {
    const column = columns[name]!
    if (column.length !== rows) {
      throw new ClienteleError(
        'BAD_SHAPE',
        `featureMatrix: column "${name}" must have ${rows} values like column "${names[0]}", got ${column.length}`,
      )
    }
    if (Array.isArray(column) && !column.every((value) => typeof value === 'number')) {
      throw new ClienteleError('BAD_SHAPE', `featureMatrix: column "${name}" must hold numbers only; NaN is missing`)
    }
    values.set(column, j * rows)
  })
  return { columns: names, rows, values }
}

const MATRIX: Form = {
  is: 'a feature matrix, as featureMatrix makes it',
  fields: { columns: 'list', rows: 'number', values: 'typed array' },
}

/** Throws `BAD_OPTION` unless `matrix` is a feature matrix, and `BAD_SHAPE` unless it has as many values as it should. */
export function checkMatrix(caller: string, matrix: FeatureMatrix, name = 'matrix'): void {
  checkForm(caller, name, matrix, MATRIX)
  checkLength(caller, `${name}.values`, matrix.values, matrix.columns.length * matrix.rows)
}

/** Column `j` of a matrix, as a view without a copy. */
export function columnOf(matrix: FeatureMatrix, j: number): Float64Array {
  return matrix.values.subarray(j * matrix.rows, (j + 1) * matrix.rows)
}

/** The given rows of a matrix, in the given order, as a new matrix. */
export function takeRows(matrix: FeatureMatrix, rows: Uint32Array): FeatureMatrix {
  const values = new Float64Array(matrix.columns.length * rows.length)
  for (let j = 0; j < matrix.columns.length; j++) {
    const from = j * matrix.rows
    const to = j * rows.length
    for (let i = 0; i < rows.length; i++) values[to + i] = matrix.values[from + rows[i]!]!
  }
  return { columns: matrix.columns, rows: rows.length, values }
}

/** Throws unless the matrix is one, and has the columns that a model was fitted on, in the same order (`BAD_SHAPE`). */
export function checkColumns(caller: string, matrix: FeatureMatrix, expected: readonly string[]): void {
  checkMatrix(caller, matrix)
  const same = matrix.columns.length === expected.length && matrix.columns.every((name, j) => name === expected[j])
  if (same) return
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: the model was fitted on the columns ${expected.join(', ')}, got ${matrix.columns.join(', ')}`,
  )
}
