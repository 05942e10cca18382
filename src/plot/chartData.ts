import { badOption, checkList, checkObject } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'

// The doors of the charts: what they check before they draw.

/** Throws `NOT_ENOUGH_DATA` unless there is something to draw. */
export function checkSome(caller: string, name: string, rows: ArrayLike<unknown>): void {
  if (checkList(caller, name, rows).length > 0) return
  throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: "${name}" must hold at least 1 value, got none`)
}

/** Throws `BAD_OPTION` unless `rows` is an array of objects. */
export function checkObjects(caller: string, name: string, rows: readonly object[]): void {
  if (!Array.isArray(rows)) throw badOption(caller, name, 'an array of objects', rows)
  rows.forEach((row, i) => {
    checkObject(caller, `${name}[${i}]`, row)
  })
}

/** Throws `BAD_SHAPE` unless every value is a finite number. */
export function checkFinite(caller: string, name: string, values: ArrayLike<number>): void {
  checkList(caller, name, values)
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: "${name}" must hold finite numbers, got ${values[i]} at index ${i}`,
    )
  }
}

/** Throws `BAD_SHAPE` unless the named fields of every row are finite numbers. */
export function checkFields<Field extends string>(
  caller: string,
  rows: readonly Readonly<Record<Field, number>>[],
  fields: readonly Field[],
): void {
  for (const field of fields) {
    checkFinite(
      caller,
      field,
      rows.map((row) => row[field]),
    )
  }
}
