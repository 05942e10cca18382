import { isObject } from '../core/checks.ts'
import { checkForm, type Form } from '../core/form.ts'
import type { EventTable } from './eventTable.ts'
import { loosePurchases } from './loosePurchases.ts'

const TABLE: Form = {
  is: 'an event table, as eventTable makes it',
  fields: {
    offsets: 'typed array',
    time: 'typed array',
    day: 'typed array',
    type: 'typed array',
    value: 'typed array',
    timeZone: 'text',
  },
}

/** Throws `BAD_OPTION` unless `table` is an event table. Of one that is not in order yet no column is made. */
export function checkTable(caller: string, table: EventTable, name = 'table'): void {
  if (isObject(table) && loosePurchases(table as EventTable) !== undefined) return
  checkForm(caller, name, table, TABLE)
}
