import { badField, isRefusal, type Money, type Refusal } from './importFacts.ts'
import { readCurrency, readMoney } from './importMoney.ts'
import type { ResolvedImportOptions } from './importOptions.ts'
import { fieldOf } from './jsonFields.ts'

/** An amount in the units that Stripe states it in. */
export function amountOf(
  object: unknown,
  field: string,
  options: ResolvedImportOptions,
  currencyOf: unknown = object,
): Money | Refusal {
  const currency = readCurrency(fieldOf(currencyOf, 'currency'), options)
  if (isRefusal(currency)) return currency
  const amount = fieldOf(object, field)
  if (!Number.isSafeInteger(amount)) return badField(field, 'a whole number of smallest units', amount)
  return readMoney(field, amount, currency, shiftOf(currency))
}

/** Decimals of the units that Stripe states a currency in. */
export function shiftOf({ currency, exponent }: { readonly currency: string; readonly exponent: number }): number {
  return STRIPE_EXPONENTS[currency] ?? exponent
}

/** What was captured of a charge; records older than `amount_captured` state the rest as refunded. */
export function capturedOf(object: unknown, options: ResolvedImportOptions): Money | Refusal {
  if (fieldOf(object, 'amount_captured') !== undefined) return amountOf(object, 'amount_captured', options)
  const money = amountOf(object, 'amount', options)
  const back = amountOf(object, 'amount_refunded', options)
  if (isRefusal(money) || isRefusal(back)) return money
  return { ...money, minor: Math.max(0, money.minor - back.minor) }
}

/**
 * What was authorised of a charge and never captured, in smallest units. Stripe gives it back and counts it among what
 * was refunded, though nobody had paid it.
 */
export function notCapturedOf(object: unknown, options: ResolvedImportOptions): number {
  if (fieldOf(object, 'captured') === false) return Number.POSITIVE_INFINITY
  const amount = amountOf(object, 'amount', options)
  const captured = amountOf(object, 'amount_captured', options)
  return isRefusal(amount) || isRefusal(captured) ? 0 : Math.max(0, amount.minor - captured.minor)
}

/** Currencies whose amounts Stripe states in other units than ISO 4217 does; Stripe's own word for it is "special cases". */
const STRIPE_EXPONENTS: Readonly<Record<string, number>> = { ISK: 2, MGA: 0, UGX: 2 }
