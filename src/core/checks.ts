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

/** Throws `BAD_SHAPE` unless `length` is `expected`. */
export function checkLength(caller: string, name: string, length: number, expected: number): void {
  if (length === expected) return
  throw new ClienteleError('BAD_SHAPE', `${caller}: "${name}" must have ${expected} values, got ${length}`)
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
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object'
  if (typeof value === 'function') return 'a function'
  return String(value)
}

function quote(text: string): string {
  return `"${text}"`
}

function rangeText(low: number, high: number): string {
  const isOpen = high === Number.POSITIVE_INFINITY || high === Number.MAX_SAFE_INTEGER
  if (low === Number.NEGATIVE_INFINITY) return isOpen ? '' : ` of at most ${high}`
  return isOpen ? ` of at least ${low}` : ` from ${low} to ${high}`
}
