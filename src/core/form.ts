import { badOption, isList, isObject, show } from './checks.ts'
import { ClienteleError } from './errors.ts'

/** What one look tells of a field. A list is an array or a typed array; an object is neither. */
export type FieldForm = 'typed array' | 'list' | 'object' | 'text' | 'number'

/**
 * By what a plain object is told from every other: its fields, each by one look, so that a check costs the same for a
 * million customers as for one. What columns hold was checked when the object was made.
 */
export interface Form {
  /** What it is, and where it comes from, for messages. */
  readonly is: string
  /** Its `kind`, if it has one. */
  readonly kind?: string
  readonly fields: Readonly<Record<string, FieldForm>>
}

/** Throws `BAD_OPTION` unless `value` has the form, saying what it is or which of its fields is wrong. */
export function checkForm(caller: string, name: string, value: unknown, form: Form): void {
  if (!isObject(value)) throw badOption(caller, name, form.is, value)
  const { kind, fields } = form
  const isOther = kind === undefined ? !(firstOf(fields) in value) : value.kind !== kind
  if (isOther) throw badOption(caller, name, form.is, value)
  for (const field in fields) {
    if (has(value[field], fields[field]!)) continue
    throw badField(caller, name, form, field, value[field])
  }
}

function badField(caller: string, name: string, { is, fields }: Form, field: string, value: unknown): ClienteleError {
  const wanted = fields[field] === 'object' ? 'an object' : `a ${fields[field]}`
  const hint = fields[field] === 'typed array' && isObject(value) ? '; JSON does not keep typed arrays' : ''
  const rule = `"${name}" must be ${is}, whose "${field}" is ${wanted}, got ${show(value)}${hint}`
  return new ClienteleError('BAD_OPTION', `${caller}: ${rule}`)
}

function has(value: unknown, form: FieldForm): boolean {
  switch (form) {
    case 'typed array':
      return ArrayBuffer.isView(value)
    case 'list':
      return isList(value)
    case 'object':
      return isObject(value)
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' && !Number.isNaN(value)
  }
}

/** The first field tells most. */
function firstOf(fields: Readonly<Record<string, FieldForm>>): string {
  for (const field in fields) return field
  return ''
}
