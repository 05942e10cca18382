import {
  checkCurrency,
  checkLength,
  checkList,
  checkNoOthers,
  checkObject,
  checkOptions,
  show,
} from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkUnit, type TimeUnit } from '../core/timeUnit.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { columnOf } from './columnOf.ts'
import type { CustomerSummary } from './customerSummary.ts'
import { lazyColumn } from './lazyColumn.ts'

/** A summary made elsewhere, as columns of equal length. Both our names and the usual ones of BTYD are taken. */
export interface SummaryColumns {
  /** Purchase days after the first; whole numbers. */
  readonly repeats?: ArrayLike<number>
  /** Another name of `repeats`. */
  readonly frequency?: ArrayLike<number>
  /** First → last purchase, in `timeUnit`. */
  readonly ageAtLast?: ArrayLike<number>
  /** Another name of `ageAtLast`. */
  readonly recency?: ArrayLike<number>
  /** First purchase → as-of day, in `timeUnit`. */
  readonly age?: ArrayLike<number>
  /** Another name of `age`. */
  readonly T?: ArrayLike<number>
  /** Mean money of a repeat purchase day. @default 0 */
  readonly meanRepeatValue?: ArrayLike<number>
  /** Another name of `meanRepeatValue`. */
  readonly monetary_value?: ArrayLike<number>
  /** All orders. @default repeats + 1 */
  readonly purchases?: ArrayLike<number>
  /** Net money. @default unknown, NaN */
  readonly total?: ArrayLike<number>
  /** @default '1', '2', … */
  readonly customers?: readonly string[]
  /** How many customers each row stands for, above 0. @default 1 */
  readonly weights?: ArrayLike<number>
}

/** Options of `customerSummaryFromColumns`. */
export interface SummaryFromColumnsOptions {
  /** Unit of the durations. */
  readonly timeUnit: TimeUnit
  /** ISO 4217. @default unknown */
  readonly currency?: string
}

/**
 * A customer summary from columns that another program made, such as a BTYD table with `frequency`, `recency`, `T`
 * and `monetary_value`. Linear; copies the columns.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if a column is missing, there twice or of another length; `BAD_EVENT`, with the row, unless
 *   0 ≤ ageAtLast ≤ age, repeats is whole, and ageAtLast is 0 where repeats is
 * @example
 * const summary = customerSummaryFromColumns(
 *   { frequency: [2, 0], recency: [30.43, 0], T: [38.86, 38.86], monetary_value: [22.35, 0] },
 *   { timeUnit: 'week' },
 * )
 * summary.sinceLast[0] // 8.43
 */
export function customerSummaryFromColumns(
  columns: SummaryColumns,
  options: SummaryFromColumnsOptions,
): CustomerSummary {
  const caller = 'customerSummaryFromColumns'
  checkObject(caller, 'columns', columns)
  const { timeUnit, currency = '', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const repeats = checkList(caller, 'repeats', needed(columns, 'repeats', 'frequency'))
  const rows = repeats.length
  const ageAtLast = Float64Array.from(sized(needed(columns, 'ageAtLast', 'recency'), 'ageAtLast', rows))
  const age = Float64Array.from(sized(needed(columns, 'age', 'T'), 'age', rows))
  const money = columnOf(caller, columns, 'meanRepeatValue', 'monetary_value') ?? new Float64Array(rows)
  const weights = Float64Array.from(sized(columns.weights ?? new Float64Array(rows).fill(1), 'weights', rows))
  const purchases = columns.purchases ?? Float64Array.from(repeats, (count) => count + 1)
  const total = Float64Array.from(sized(columns.total ?? new Float64Array(rows).fill(Number.NaN), 'total', rows))
  const { customers } = columns
  if (customers !== undefined) checkLength(caller, 'customers', customers, rows)
  const meanRepeatValue = Float64Array.from(sized(money, 'meanRepeatValue', rows))
  for (let row = 0; row < rows; row++) {
    const problem = rowProblem(repeats[row]!, ageAtLast[row]!, age[row]!, meanRepeatValue[row]!, weights[row]!)
    if (problem !== '')
      throw new ClienteleError(
        'BAD_EVENT',
        `${caller}: row ${row} (customer "${customers?.[row] ?? row + 1}"): ${problem}`,
      )
  }
  const summary = {
    tableRows: new Uint32Array(0),
    asOf: '',
    timeZone: 'UTC',
    timeUnit: checkUnit(caller, timeUnit),
    currency: checkCurrency(caller, 'currency', currency),
    purchases: Uint32Array.from(sized(purchases, 'purchases', rows)),
    sinceLast: age.map((T, row) => T - ageAtLast[row]!),
    total,
    repeats: Uint32Array.from(repeats),
    ageAtLast,
    age,
    meanRepeatValue,
    weights,
    ledger: {
      eventsAfter: 0,
      purchases: compensatedSum(purchases),
      purchasesTakenBack: 0,
      refundsOfOrders: 0,
      refundsOfCustomers: 0,
      cancellationsUnmatched: 0,
      customersWithoutPurchase: 0,
      gross: compensatedSum(total),
      refunded: 0,
      total: compensatedSum(total),
      outside: 0,
    },
  }
  // A million texts that nobody reads would cost every collection of garbage more than a fit costs.
  const names = (): readonly string[] => Array.from({ length: rows }, (_, row) => String(row + 1))
  return Object.defineProperties(summary, {
    customers: customers === undefined ? lazyColumn(names) : { enumerable: true, value: customers },
  }) as typeof summary & Pick<CustomerSummary, 'customers'>
}

type NumberColumn = Exclude<keyof SummaryColumns, 'customers'>

function needed(columns: SummaryColumns, name: NumberColumn, alias: NumberColumn): ArrayLike<number> {
  const column = columnOf('customerSummaryFromColumns', columns, name, alias)
  if (column !== undefined) return column
  throw new ClienteleError('BAD_SHAPE', `customerSummaryFromColumns: a column "${name}" or "${alias}" is needed`)
}

function sized(column: ArrayLike<number>, name: string, rows: number): ArrayLike<number> {
  checkLength('customerSummaryFromColumns', name, column, rows)
  return column
}

function rowProblem(repeats: number, ageAtLast: number, age: number, money: number, weight: number): string {
  if (!Number.isInteger(repeats) || repeats < 0 || repeats > 4_294_967_294)
    return `"repeats" must be a whole number of at least 0, got ${show(repeats)}`
  if (!(ageAtLast >= 0 && Number.isFinite(ageAtLast)))
    return `"ageAtLast" must be a finite number of at least 0, got ${show(ageAtLast)}`
  if (!(age >= ageAtLast && Number.isFinite(age)))
    return `"age" must be finite and at least "ageAtLast", ${ageAtLast}, got ${show(age)}`
  if (repeats === 0 && ageAtLast !== 0) return `"ageAtLast" must be 0 without repeats, got ${show(ageAtLast)}`
  if (!Number.isFinite(money)) return `"meanRepeatValue" must be a finite number, got ${show(money)}`
  if (!(weight > 0 && Number.isFinite(weight))) return `"weights" must be a finite number above 0, got ${show(weight)}`
  return ''
}
