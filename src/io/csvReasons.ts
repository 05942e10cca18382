import { show } from '../core/checks.ts'
import type { EventColumnNames } from './eventColumnNames.ts'
import type { RawFields } from './eventFields.ts'

/** How rules for events are worded, wherever they are checked. */
const RULE = /^"(\w+)" must be (.*), got /s

/**
 * Why a row of a file cannot be an event, as somebody who looks at the file sees it: the column and what is in it, not
 * the part of an event and its types.
 *
 * @param reason - the rule that is broken, of the part that breaks it; anything else is returned as it is
 */
export function cellReason(reason: string, names: EventColumnNames, cells: () => RawFields): string {
  const [, part, rule] = RULE.exec(reason) ?? []
  const column = names[part as keyof EventColumnNames] || undefined
  if (rule === undefined || column === undefined) return reason
  const cell = cells()[part as keyof EventColumnNames]
  const where = `column ${show(column)}`
  return cell === '' ? `${where} is empty` : `${where}: ${show(cell)} ${complaint(part, rule, cell)}`
}

/** A reason without the value, by which rows are counted: `column "date": a value is not a date that we know`. */
export function ruleOfReason(reason: string): string {
  return reason.replace(/^(column ".*?"): ".*" (?=is |must )/s, '$1: a value ').replace(/, got .*$/s, '')
}

function complaint(part: string | undefined, rule: string, cell: unknown): string {
  if (part === 'time') return 'is not a date that we know'
  if (part !== 'value' || rule !== 'a number') return `must be ${rule}`
  const isTooLarge = Math.abs(Number(cell)) === Number.POSITIVE_INFINITY && /\d/.test(String(cell))
  return isTooLarge ? 'is too large a number' : 'is not a number that we know'
}
