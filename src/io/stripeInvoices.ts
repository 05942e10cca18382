import { fieldOf, listField, textField } from './jsonFields.ts'

/** The invoice that a charge belongs to; empty if none is known. */
export type StripeLinks = (charge: unknown) => string

/**
 * Finds the invoices of charges: a charge names its own up to version 2025-03-31 of the API; since then invoices list
 * their payments.
 */
export function invoiceLinks(invoices: readonly unknown[]): StripeLinks {
  const invoiceOf = new Map<string, string>()
  for (const invoice of invoices) {
    const id = textField(invoice, 'id')
    const payments = listField(fieldOf(invoice, 'payments'), 'data').map((payment) => fieldOf(payment, 'payment'))
    for (const payment of [invoice, ...payments]) {
      for (const name of ['charge', 'payment_intent']) {
        const link = linkOf(payment, name)
        if (link !== '' && id !== '') invoiceOf.set(link, id)
      }
    }
  }
  return (charge) =>
    linkOf(charge, 'invoice') ||
    (invoiceOf.get(textField(charge, 'id')) ?? invoiceOf.get(linkOf(charge, 'payment_intent')) ?? '')
}

/** An id, or that of the object which stands in its place where Stripe was asked to expand it. */
function linkOf(object: unknown, name: string): string {
  return textField(object, name) || textField(fieldOf(object, name), 'id')
}
