import { show } from '../core/checks.ts'
import type { RawFields } from './eventFields.ts'

/** A row that is no text, for a list of what was rejected. */
export function rowText(raw: RawFields): string {
  const { customer, time, value, order } = raw
  return Object.entries({ customer, time, value, order })
    .filter(([, part]) => part !== undefined)
    .map(([name, part]) => `${name} ${show(part)}`)
    .join(', ')
}
