import { ClienteleError } from './errors.ts'

// Checks for the doors of public functions. Each takes the caller's name and the option's name, so that the
// message can say whose rule was broken, and returns the value, so that a resolver reads as one expression.

/** `value`, if it is an integer from `low` to `high`; `BAD_OPTION` otherwise. */
export function checkInteger(caller: string, name: string, value: number, low: number, high: number): number {
  if (Number.isInteger(value) && value >= low && value <= high) return value
  throw badOption(caller, name, `an integer${rangeText(low, high)}`, value)
}

/** `value`, if it is a finite number from `low` to `high`; `BAD_OPTION` otherwise. */
export function checkNumber(caller: string, name: string, value: number, low: number, high: number): number {
  if (Number.isFinite(value) && value >= low && value <= high) return value
  throw badOption(caller, name, `a finite number${rangeText(low, high)}`, value)
}

/** `value`, if it is a finite number above zero; `BAD_OPTION` otherwise. */
export function checkPositive(caller: string, name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value
  throw badOption(caller, name, 'a finite number above 0', value)
}

/** `value`, if it is one of `choices`; `BAD_OPTION` otherwise. */
export function checkChoice<T extends string>(caller: string, name: string, value: T, choices: readonly T[]): T {
  if (choices.includes(value)) return value
  throw badOption(caller, name, `one of ${choices.map(quote).join(', ')}`, value)
}

/** `value`, if it is a text; `BAD_OPTION` otherwise. */
export function checkText(caller: string, name: string, value: string): string {
  if (typeof value === 'string') return value
  throw badOption(caller, name, 'a text', value)
}

/** `value`, if it is `true` or `false`; `BAD_OPTION` otherwise. */
export function checkFlag(caller: string, name: string, value: boolean): boolean {
  if (typeof value === 'boolean') return value
  throw badOption(caller, name, 'true or false', value)
}

/** `value`, if it has elements as an array has them; `BAD_OPTION` otherwise. What these are is not looked at. */
export function checkList<T extends ArrayLike<unknown>>(caller: string, name: string, value: T): T {
  if (isList(value)) return value
  throw badOption(caller, name, 'an array', value)
}

/** `value`, if it is an object with fields; `BAD_OPTION` otherwise. */
export function checkObject<T extends object>(caller: string, name: string, value: T): T {
  if (isObject(value)) return value
  throw badOption(caller, name, 'an object', value)
}

/** The options of a call, if they are an object; `BAD_OPTION` otherwise. */
export function checkOptions<T extends object>(caller: string, options: T): T {
  return checkObject(caller, 'options', options)
}

/**
 * Throws `BAD_OPTION` if options are left when those that a function knows are taken out of them: a misspelt name must
 * not be a silent default. Its type refuses a list of known names that misses one.
 */
export function checkNoOthers(caller: string, others: Readonly<Record<string, never>>): void {
  for (const name in others) {
    if (others[name] === undefined) continue
    throw new ClienteleError('BAD_OPTION', `${caller}: "${name}" is not one of its options`)
  }
}

/** `value`, if it can be read one after the other and is no text; `BAD_OPTION` otherwise. */
export function checkIterable<T extends object>(caller: string, name: string, value: T): T {
  if (typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value))
    return value
  throw badOption(caller, name, 'an array or another iterable', value)
}

/** Whether a value is an object with fields: no list, no function. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}

/** Whether a value is an array, a typed array or the like: an object with a length. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return typeof value === 'object' && value !== null && Number.isInteger((value as { length?: unknown }).length)
}

/** Whether a value is a typed array, of whichever realm. */
export function isTypedArray(value: unknown): value is ArrayBufferView & ArrayLike<unknown> {
  return ArrayBuffer.isView(value) && !(value instanceof DataView)
}

/** Whether a text can be a currency: three capital letters, ISO 4217. */
export function isCurrency(text: unknown): text is string {
  return typeof text === 'string' && /^[A-Z]{3}$/.test(text)
}

/** `currency`, if it is three capital letters, or empty for none; `BAD_OPTION` otherwise. */
export function checkCurrency(caller: string, name: string, currency: string): string {
  if (currency === '' || isCurrency(currency)) return currency
  throw badOption(caller, name, CURRENCY_RULE, currency)
}

/** What a currency must be, for messages. */
export const CURRENCY_RULE = 'three capital letters such as "EUR" (ISO 4217)'

/** Throws unless `values` is a list (`BAD_OPTION`) of the `expected` length (`BAD_SHAPE`). */
export function checkLength(caller: string, name: string, values: ArrayLike<unknown>, expected: number): void {
  if (checkList(caller, name, values).length === expected) return
  throw new ClienteleError('BAD_SHAPE', `${caller}: "${name}" must have ${expected} values, got ${values.length}`)
}

/** Throws `BAD_OPTION` unless all values are finite numbers. */
export function checkFinite(caller: string, name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) throw badOption(caller, `${name}[${i}]`, 'a finite number', values[i])
  }
}

/** Throws `UNIT_MISMATCH` unless the time unit of the data is the model's. */
export function checkTimeUnit(caller: string, model: { timeUnit: string }, data: { timeUnit: string }): void {
  if (model.timeUnit === data.timeUnit) return
  for (const [name, { timeUnit }] of Object.entries({ model, data })) {
    if (typeof timeUnit !== 'string') throw badOption(caller, `${name}.timeUnit`, 'a unit of time', timeUnit)
  }
  throw new ClienteleError(
    'UNIT_MISMATCH',
    `${caller}: the model counts time in ${model.timeUnit}s and the data in ${data.timeUnit}s; make both in one unit`,
  )
}

/** The error for an option outside its rule. */
export function badOption(caller: string, name: string, rule: string, value: unknown): ClienteleError {
  return new ClienteleError('BAD_OPTION', `${caller}: "${name}" must be ${rule}, got ${show(value)}`)
}

/** A value as a message shows it: quoted text, numbers as they are, long text cut. */
export function show(value: unknown): string {
  if (typeof value === 'string') return quote(value.length > 60 ? `${value.slice(0, 57)}…` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (value instanceof Date) return `Date(${value.getTime()})`
  if (Array.isArray(value)) return 'an array'
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`
  if (typeof value === 'object' && value !== null) return showObject(value)
  if (typeof value === 'function') return 'a function'
  return String(value)
}

/** By its kind or its first fields an object is recognised, where it stands in the place of another. */
function showObject(value: { readonly kind?: unknown }): string {
  if (typeof value.kind === 'string') return `an object of kind ${show(value.kind)}`
  const names = Object.keys(value)
  if (names.length === 0) return 'an object without fields'
  const first = names.slice(0, 3).join(', ')
  return `an object with ${first.length > 60 ? `${first.slice(0, 57)}…` : first}${names.length > 3 ? ', …' : ''}`
}

function quote(text: string): string {
  return `"${text}"`
}

function rangeText(low: number, high: number): string {
  const isOpen = high === Number.POSITIVE_INFINITY || high === Number.MAX_SAFE_INTEGER
  if (low === Number.NEGATIVE_INFINITY) return isOpen ? '' : ` of at most ${high}`
  return isOpen ? ` of at least ${low}` : ` from ${low} to ${high}`
}
