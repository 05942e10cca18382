import { dayText, parseDay } from '../core/calendar.ts'
import { checkUnit, daysIn, type TimeUnit } from '../core/timeUnit.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import type { EventTable } from './eventTable.ts'
import { type PurchaseDays, purchaseDays } from './purchaseDays.ts'

/**
 * What each customer did up to a day, one row a customer with at least one purchase. Rows stand in the order in
 * which the customers first appear; row `c` is the same customer in everything computed from this summary.
 *
 * Purchases on the same local calendar day are one purchase occasion, with their money summed.
 */
export interface CustomerSummary {
  /** Ids, in row order. */
  readonly customers: readonly string[]
  /** Row of each customer in the event table that the summary was made from; empty if it was made from columns. */
  readonly tableRows: Uint32Array
  /** Last day that counts, `YYYY-MM-DD`; empty if the summary was made from columns. */
  readonly asOf: string
  /** IANA time zone whose calendar days count. */
  readonly timeZone: string
  /** Unit of `sinceLast`, `ageAtLast` and `age`. */
  readonly timeUnit: TimeUnit
  /** Currency of `total` and `meanRepeatValue`, ISO 4217; empty if unknown. */
  readonly currency: string
  /** All orders; F of RFM. */
  readonly purchases: Uint32Array
  /** Last purchase → as-of day; R of RFM. */
  readonly sinceLast: Float64Array
  /** Net money, refunds taken off; M of RFM. NaN if the summary was made from columns without it. */
  readonly total: Float64Array
  /** Purchase days after the first; x, "frequency" of BG/NBD. */
  readonly repeats: Uint32Array
  /** First → last purchase; t_x, "recency" of BG/NBD. */
  readonly ageAtLast: Float64Array
  /** First purchase → as-of day; T. */
  readonly age: Float64Array
  /** Mean net money of a repeat purchase day; m_x, "monetary value" of Gamma-Gamma. 0 without repeats. */
  readonly meanRepeatValue: Float64Array
  /** How many customers the row stands for: 1, unless the summary was made from weighted columns. */
  readonly weights: Float64Array
  /** What was counted, netted and left out on the way here. */
  readonly ledger: SummaryLedger
}

/** What a summary did with the events of its table: each is counted once, and `gross - refunded = total + outside`. */
export interface SummaryLedger {
  /** Events that fall after the as-of day and were left out. */
  readonly eventsAfter: number
  /** Purchases counted. */
  readonly purchases: number
  /** Purchases that refunds or cancellations took back whole, and that count as none. */
  readonly purchasesTakenBack: number
  /** Refunds and cancellations that reduced an order of the same customer. */
  readonly refundsOfOrders: number
  /** Refunds that named no known order and reduced the customer's total alone. */
  readonly refundsOfCustomers: number
  /** Cancellations without effect: they named no known order of the customer. */
  readonly cancellationsUnmatched: number
  /** Customers of the table without a purchase up to the as-of day, who have no row. */
  readonly customersWithoutPurchase: number
  /** Money of all purchases before refunds. */
  readonly gross: number
  /** Money that refunds and cancellations took off. */
  readonly refunded: number
  /** Net money of all rows. */
  readonly total: number
  /** Net money of customers who have no row: zero, or below it where refunds are left without a purchase. */
  readonly outside: number
}

/** Options of `customerSummary`. */
export interface SummaryOptions {
  /** Last day that counts, inclusive, `YYYY-MM-DD`. */
  readonly asOf: string
  /** Unit of the durations. @default 'week' */
  readonly timeUnit?: TimeUnit
}

/**
 * Sums up what each customer did up to a day. Customers without a purchase by then have no row.
 *
 * Linear in the events of the table.
 *
 * @param table - events of one currency; later ones are counted in the ledger and otherwise ignored
 * @returns one row a customer, durations in `timeUnit`, money in the table's currency
 * @throws {ClienteleError} `BAD_OPTION` if `asOf` is no day
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way", section 2, for x, t_x and T
 * @example
 * const summary = customerSummary(table, { asOf: '1998-06-30', timeUnit: 'day' })
 * summary.repeats[0] // 3 purchase days of the first customer after the first one
 */
export function customerSummary(table: EventTable, options: SummaryOptions): CustomerSummary {
  const { asOf, timeUnit = 'week' } = options
  const caller = 'customerSummary'
  checkUnit(caller, timeUnit)
  const lastDay = parseDay(caller, 'asOf', asOf)
  return summarise(table, purchaseDays(table, lastDay), lastDay, timeUnit)
}

/** The summary of purchase days that were netted up to the day `lastDay`. */
export function summarise(table: EventTable, days: PurchaseDays, lastDay: number, timeUnit: TimeUnit): CustomerSummary {
  const { offsets, day, value, orders, unassignedRefunds } = days
  const unit = daysIn(timeUnit)
  const tableRows = rowsWithPurchase(offsets)
  const rows = tableRows.length
  const summary = {
    customers: Array.from(tableRows, (c) => table.customers[c]!),
    tableRows,
    asOf: dayText(lastDay),
    timeZone: table.timeZone,
    timeUnit,
    currency: table.currency,
    purchases: new Uint32Array(rows),
    sinceLast: new Float64Array(rows),
    total: new Float64Array(rows),
    repeats: new Uint32Array(rows),
    ageAtLast: new Float64Array(rows),
    age: new Float64Array(rows),
    meanRepeatValue: new Float64Array(rows),
    weights: new Float64Array(rows).fill(1),
  }
  for (let row = 0; row < rows; row++) {
    const c = tableRows[row]!
    const start = offsets[c]!
    const end = offsets[c + 1]!
    for (let i = start; i < end; i++) summary.purchases[row]! += orders[i]!
    const repeats = end - start - 1
    summary.repeats[row] = repeats
    summary.sinceLast[row] = (lastDay - day[end - 1]!) / unit
    summary.ageAtLast[row] = (day[end - 1]! - day[start]!) / unit
    summary.age[row] = (lastDay - day[start]!) / unit
    const repeatMoney = compensatedSum(value, start + 1, end)
    summary.meanRepeatValue[row] = repeats > 0 ? repeatMoney / repeats : 0
    summary.total[row] = value[start]! + repeatMoney - unassignedRefunds[c]!
  }
  const total = compensatedSum(summary.total)
  const outside = 0 - compensatedSum(unassignedRefunds.filter((_, c) => offsets[c] === offsets[c + 1]))
  const customersWithoutPurchase = table.customers.length - rows
  return { ...summary, ledger: { ...days.ledger, customersWithoutPurchase, total, outside } }
}

/** Customers of the table with at least one purchase day. */
function rowsWithPurchase(offsets: Uint32Array): Uint32Array {
  const rows = new Uint32Array(offsets.length - 1)
  let count = 0
  for (let c = 0; c + 1 < offsets.length; c++) if (offsets[c + 1]! > offsets[c]!) rows[count++] = c
  return rows.slice(0, count)
}
