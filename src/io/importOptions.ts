import { badOption, checkNoOthers, checkOptions } from '../core/checks.ts'
import { currencyCode } from './minorUnits.ts'

/** Options of every importer. */
export interface ImportOptions {
  /**
   * The one currency to keep, ISO 4217: a table holds one. Records with money in another one are rejected.
   * @default every currency is kept
   */
  readonly currency?: string
  /** Currency of records that name none, ISO 4217. @default they are rejected */
  readonly missingCurrency?: string
}

/** Import options, checked; empty text stands for what was not given. */
export interface ResolvedImportOptions {
  readonly currency: string
  readonly missingCurrency: string
}

/** Checks the options of an importer; `BAD_OPTION` for a currency that is none. */
export function resolveImportOptions(caller: string, options: ImportOptions): ResolvedImportOptions {
  const { currency, missingCurrency, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    currency: checkCurrency(caller, 'currency', currency),
    missingCurrency: checkCurrency(caller, 'missingCurrency', missingCurrency),
  }
}

function checkCurrency(caller: string, name: string, value: string | undefined): string {
  if (value === undefined) return ''
  const code = currencyCode(value)
  if (code === undefined) throw badOption(caller, name, 'an ISO 4217 code such as "EUR"', value)
  return code
}
