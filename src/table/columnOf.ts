import { ClienteleError } from '../core/errors.ts'

/**
 * The column that stands under one of two names; nothing, if under none.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if there is one under both, since nobody can tell which is meant
 */
export function columnOf<Name extends string>(
  caller: string,
  columns: { readonly [_ in Name]?: ArrayLike<number> },
  name: Name,
  alias: Name,
): ArrayLike<number> | undefined {
  if (columns[name] !== undefined && columns[alias] !== undefined) {
    throw new ClienteleError('BAD_SHAPE', `${caller}: "${name}" and "${alias}" are one column; give one of them`)
  }
  return columns[name] ?? columns[alias]
}
