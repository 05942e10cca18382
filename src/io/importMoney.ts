import type { PurchaseItem } from '../table/customerEvent.ts'
import { badField, type Currency, fault, type Money, type Refusal } from './importFacts.ts'
import type { ResolvedImportOptions } from './importOptions.ts'
import { fieldOf, idField } from './jsonFields.ts'
import { currencyCode, majorOf, minorExponent, readMinor, readPieces } from './minorUnits.ts'

/** The currency that a record names, or that of records which name none; a refusal if there is none or another is kept. */
export function readCurrency(value: unknown, options: ResolvedImportOptions): Currency | Refusal {
  const isMissing = value === undefined || value === null || value === ''
  if (isMissing && options.missingCurrency === '')
    return fault('the record names no currency; the option "missingCurrency" can name it')
  const currency = isMissing ? options.missingCurrency : currencyCode(value)
  if (currency === undefined) return badField('currency', 'an ISO 4217 code', value)
  if (options.currency !== '' && currency !== options.currency)
    return fault(`the money is in ${currency} and only ${options.currency} is kept`)
  return { currency, exponent: minorExponent(currency) }
}

/** Money of at least zero in a currency, or a refusal. */
export function readMoney(name: string, value: unknown, currency: Currency, shift = 0): Money | Refusal {
  const money = readMinor(value, currency.exponent, shift)
  if (money === undefined || money.minor < 0)
    return badField(name, 'an amount of at least 0 and at most 15 digits', value)
  return moneyIn(currency, money.minor, money.isRounded)
}

/** Money given back, or a refusal; vendors write it with a minus or without. */
export function readRefund(name: string, value: unknown, currency: Currency, shift = 0): Money | Refusal {
  const money = readMinor(value, currency.exponent, shift)
  if (money === undefined) return badField(name, 'an amount of at most 15 digits', value)
  return moneyIn(currency, Math.abs(money.minor), money.isRounded)
}

/** Money in a currency, field by field: it is made for every record. */
export function moneyIn({ currency, exponent }: Currency, minor: number, isRounded: boolean): Money {
  return { currency, exponent, minor, isRounded }
}

/** Where the parts of a purchase's line stand in a vendor's record. */
export interface ItemFields {
  /** Identities of the product, the best first. */
  readonly product: readonly string[]
  readonly quantity: string
  /** Money of the whole line. */
  readonly value?: string
  /** Money of one piece, where that of the line is not there. */
  readonly price?: string
  readonly category?: string
}

/** Lines of a purchase; those that name no product are left out. */
export function readItems(
  lines: readonly unknown[],
  fields: ItemFields,
  currency: Currency,
  shift = 0,
): PurchaseItem[] {
  const items: PurchaseItem[] = []
  for (const line of lines) {
    const product = productOf(line, fields)
    if (product === '') continue
    const item: { -readonly [Key in keyof PurchaseItem]: PurchaseItem[Key] } = { product }
    const pieces = readMinor(fieldOf(line, fields.quantity), 0)
    const isCount = pieces !== undefined && !pieces.isRounded && pieces.minor >= 0
    if (isCount) item.quantity = pieces.minor
    const minor = lineMoney(line, fields, isCount ? pieces.minor : 1, currency.exponent, shift)
    if (minor !== undefined) item.value = majorOf(minor, currency.exponent)
    const category = fields.category === undefined ? '' : idField(line, fields.category)
    if (category !== '') item.category = category
    items.push(item)
  }
  return items
}

/** The first identity of a line's product; vendors write 0 for none. */
function productOf(line: unknown, { product }: ItemFields): string {
  for (const name of product) {
    const id = idField(line, name)
    if (id !== '' && id !== '0') return id
  }
  return ''
}

/** Money of a line in smallest units, if it states any that can be counted. */
function lineMoney(
  line: unknown,
  fields: ItemFields,
  pieces: number,
  exponent: number,
  shift: number,
): number | undefined {
  const whole = fields.value === undefined ? undefined : readMinor(fieldOf(line, fields.value), exponent, shift)
  if (whole !== undefined) return whole.minor
  if (fields.price === undefined) return undefined
  return readPieces(fieldOf(line, fields.price), pieces, exponent, shift)?.minor
}
