import { checkForm, type Form } from '../core/form.ts'
import type { CustomerSummary } from './customerSummary.ts'

// Not `customers` and `weights`, which are made when they are first read.
const SUMMARY: Form = {
  is: 'a customer summary, as customerSummary makes it',
  fields: {
    sinceLast: 'typed array',
    purchases: 'typed array',
    total: 'typed array',
    repeats: 'typed array',
    ageAtLast: 'typed array',
    age: 'typed array',
    meanRepeatValue: 'typed array',
    timeUnit: 'text',
  },
}

/** Throws `BAD_OPTION` unless `summary` is a customer summary. */
export function checkSummary(caller: string, summary: CustomerSummary, name = 'summary'): void {
  checkForm(caller, name, summary, SUMMARY)
}
