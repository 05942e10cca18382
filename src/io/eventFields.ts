import { show } from '../core/checks.ts'
import type { EventFields } from '../table/tableDraft.ts'
import type { EventColumnNames } from './eventColumnNames.ts'

/** The parts of one event as a source has them: cells of text, or values of any type. */
export type RawFields = { readonly [Part in keyof EventColumnNames]?: unknown }

/** How the fields of a source are read. */
export interface FieldRules {
  readonly names: EventColumnNames
  /** Decimal mark of numbers that come as text. */
  readonly decimal: '.' | ','
}

/**
 * What a source says about one event, as a table checks it, or why it says nothing that can be one. The rules of values
 * are here for every format: text is a number written plainly, and without a type a negative value is a refund.
 */
export function eventFields(raw: RawFields, rules: FieldRules): EventFields | string {
  const { names, decimal } = rules
  const value = readValue(raw.value, decimal)
  const hasType = names.type !== ''
  if (value === undefined ? !hasType : !Number.isFinite(value)) {
    return `"${names.value}" must be a number, got ${show(raw.value)}`
  }
  const currency = missing(raw.currency)
  if (currency !== undefined && typeof currency !== 'string') {
    return `"${names.currency}" must be a text such as "EUR", got ${show(currency)}`
  }
  const order = idText(raw.order)
  if (hasNul(raw.customer) || hasNul(order)) return 'the row holds a NUL character'
  const isRefund = !hasType && value !== undefined && value < 0
  return {
    type: hasType ? raw.type : isRefund ? 'refund' : 'purchase',
    customer: raw.customer,
    time: typeof raw.time === 'bigint' ? Number(raw.time) : raw.time,
    value: isRefund ? -value : value,
    order,
    currency,
    channel: missing(raw.channel),
    id: idText(raw.id),
    source: idText(raw.source),
  }
}

/** A value as a number, NaN if it is none, `undefined` if there is none. */
function readValue(raw: unknown, decimal: '.' | ','): number | undefined {
  if (typeof raw === 'number') return raw
  if (typeof raw === 'string' && raw !== '') return readNumber(raw, decimal)
  if (typeof raw === 'bigint') return Number(raw)
  return missing(raw) === undefined ? undefined : Number.NaN
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/

/** Thousands parted by points before a decimal comma. Without the comma, 1.234 might be a little more than one. */
const PARTED = /^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/

/** A number written plainly, or NaN: no currency signs, nothing to be guessed at. */
function readNumber(text: string, decimal: '.' | ','): number {
  if (decimal === '.') return NUMBER.test(text) ? Number(text) : Number.NaN
  const whole = PARTED.test(text) ? text.replaceAll('.', '') : text
  const plain = whole.replace(',', '.')
  return NUMBER.test(plain) && !whole.includes('.') ? Number(plain) : Number.NaN
}

/** `undefined` for what formats write when there is nothing. */
function missing(raw: unknown): unknown {
  return raw === null || raw === '' ? undefined : raw
}

/** Ids as text; files write some of them as numbers. */
function idText(raw: unknown): unknown {
  return typeof raw === 'bigint' || Number.isSafeInteger(raw) ? String(raw) : missing(raw)
}

function hasNul(raw: unknown): boolean {
  return typeof raw === 'string' && raw.includes('\0')
}
