// Fields of parsed JSON whose shape nobody promised. Only own properties are looked at, so that a record cannot pass
// what an object inherits for data.

/** An own property of an object, or nothing. */
export function fieldOf(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null || !Object.hasOwn(record, name)) return undefined
  return (record as Record<string, unknown>)[name]
}

/** A text with more than spaces in it, as it stands; empty if the field is none. */
export function textField(record: unknown, name: string): string {
  const value = fieldOf(record, name)
  return typeof value === 'string' && value.trim() !== '' ? value : ''
}

/** An identity: a text with more than spaces in it or a safe integer, as text; empty if the field is none. */
export function idField(record: unknown, name: string): string {
  const value = fieldOf(record, name)
  return Number.isSafeInteger(value) ? String(value) : textField(record, name)
}

/** The elements of an array; none if the field is no array. */
export function listField(record: unknown, name: string): readonly unknown[] {
  const value = fieldOf(record, name)
  return Array.isArray(value) ? value : []
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
