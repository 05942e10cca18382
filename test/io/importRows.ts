import type { Imported } from '../../src/io/importLedger.ts'

/** Events as short lines: day, type, customer, order, money; visits with step and page. */
export function rowsOf({ events }: Imported): string[] {
  return events.map((event) => {
    const day = new Date(event.time as number).toISOString().slice(0, 10)
    const parts = [day, event.type, event.customer]
    if (event.type === 'visit') parts.push(event.step ?? '-', event.page ?? '-')
    else if ('order' in event || 'value' in event) parts.push(('order' in event && event.order) || '-')
    if (event.type === 'purchase' || event.type === 'refund') parts.push(event.value, event.currency ?? '-')
    return parts.join(' | ')
  })
}

/** Rejected records as short lines: place, cause, reason. */
export function refusalsOf({ rejected }: Imported): string[] {
  return rejected.map(({ index, cause, reason }) => `${index} ${cause}: ${reason}`)
}
