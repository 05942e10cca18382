import { oneOf, record, type Shape } from './shapes.ts'

/** The units in which models count time. */
export const timeUnit: Shape = (json, path) => oneOf('day', 'week')(json, path)

/** The fields by which a model is known. */
export function named(kind: string, fields: Readonly<Record<string, Shape>>): Shape {
  return record({ kind: oneOf(kind), version: oneOf(1), ...fields })
}
