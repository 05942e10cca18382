import { fieldOf, listField, textField } from './jsonFields.ts'

/** The invoice that a charge belongs to; empty if none is known. */
export type StripeLinks = (charge: unknown) => string

/** That a charge or a payment intent paid an invoice. */
export interface InvoicePayment {
  readonly link: string
  readonly invoice: string
}

/** The charges and payment intents that an invoice names. */
export function paymentsOf(object: unknown): InvoicePayment[] {
  const invoice = textField(object, 'id')
  if (invoice === '') return []
  const payments = listField(fieldOf(object, 'payments'), 'data').map((payment) => fieldOf(payment, 'payment'))
  return [object, ...payments].flatMap((payment) =>
    ['charge', 'payment_intent']
      .map((name) => ({ link: linkOf(payment, name), invoice }))
      .filter(({ link }) => link !== ''),
  )
}

/**
 * Finds the invoices of charges: a charge names its own up to version 2025-03-31 of the API; since then invoices list
 * their payments. Of several with the same payment, that with the lesser name.
 */
export function invoiceLinks(payments: readonly InvoicePayment[]): StripeLinks {
  const invoiceOf = new Map<string, string>()
  for (const { link, invoice } of payments) {
    const other = invoiceOf.get(link)
    if (other === undefined || invoice < other) invoiceOf.set(link, invoice)
  }
  return (charge) =>
    linkOf(charge, 'invoice') ||
    (invoiceOf.get(textField(charge, 'id')) ?? invoiceOf.get(linkOf(charge, 'payment_intent')) ?? '')
}

/** An id, or that of the object which stands in its place where Stripe was asked to expand it. */
function linkOf(object: unknown, name: string): string {
  return textField(object, name) || textField(fieldOf(object, name), 'id')
}
