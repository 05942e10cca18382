import { dayText, parseDay } from '../core/calendar.ts'
import { checkNoOthers, checkOptions } from '../core/checks.ts'
import { checkUnit, daysIn, type TimeUnit } from '../core/timeUnit.ts'
import { COUNTS, EVENTS_AFTER, GROSS, PURCHASES, summariseEventsInto, TAKEN_BACK } from '../kernels/summariseEvents.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { checkTable } from './checkTable.ts'
import type { EventTable } from './eventTable.ts'
import { lazyColumn } from './lazyColumn.ts'
import { loosePurchases } from './loosePurchases.ts'
import { type NetOrders, netOrders } from './netOrders.ts'
import { type LooseSummary, summariseLoose } from './summariseLoose.ts'
import { firstRows, summaryRows } from './summaryRows.ts'

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
  const caller = 'customerSummary'
  checkTable(caller, table)
  const { asOf, timeUnit = 'week', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkUnit(caller, timeUnit)
  const lastDay = parseDay(caller, 'asOf', asOf)
  const loose = loosePurchases(table)
  const summed = loose && summariseLoose(loose, lastDay, daysIn(timeUnit))
  if (summed !== undefined) return summaryOfPurchases(summed, table, loose!.customers, lastDay, timeUnit)
  return summarise(table, netOrders(table, lastDay), lastDay, timeUnit)
}

/** The summary of a table of `customers` with nothing but purchases, of which all sums are known. */
export function summaryOfPurchases(
  { rows, eventsAfter, purchases, gross }: LooseSummary,
  table: Pick<EventTable, 'customers' | 'timeZone' | 'currency'>,
  customers: number,
  lastDay: number,
  timeUnit: TimeUnit,
): CustomerSummary {
  const ledger = {
    refundsOfOrders: 0,
    refundsOfCustomers: 0,
    cancellationsUnmatched: 0,
    refunded: 0,
    eventsAfter,
    purchases,
    purchasesTakenBack: 0,
    customersWithoutPurchase: customers - rows.total.length,
    gross,
    total: compensatedSum(rows.total),
    outside: 0,
  }
  return assemble(rows, table, customers, lastDay, timeUnit, ledger)
}

/** The summary of a table whose orders were netted up to the day `lastDay`. */
export function summarise(table: EventTable, net: NetOrders, lastDay: number, timeUnit: TimeUnit): CustomerSummary {
  const customers = table.offsets.length - 1
  const isUtc = table.timeZone === 'UTC'
  const isPurchases = table.types.length === 1 && table.types[0] === 'purchase'
  const all = summaryRows(customers)
  const counts = new Float64Array(COUNTS)
  const count = summariseEventsInto(
    table.offsets,
    table.time,
    isUtc ? new Int32Array(0) : table.day,
    isPurchases ? new Uint8Array(0) : table.type,
    isPurchases ? new Float64Array(0) : table.value,
    net.value,
    new Float64Array(0),
    net.fate,
    net.unassigned,
    Number.POSITIVE_INFINITY,
    lastDay,
    daysIn(timeUnit),
    all,
    counts,
  )
  const rows = firstRows(all, count)
  const ledger = {
    ...net.ledger,
    eventsAfter: counts[EVENTS_AFTER]!,
    purchases: counts[PURCHASES]!,
    purchasesTakenBack: counts[TAKEN_BACK]!,
    customersWithoutPurchase: customers - count,
    gross: counts[GROSS]!,
    total: compensatedSum(rows.total),
    outside: 0 - moneyOfOthers(net.unassigned, rows.tableRows),
  }
  return assemble(rows, table, customers, lastDay, timeUnit, ledger)
}

function assemble(
  rows: SummaryRows,
  table: Pick<EventTable, 'customers' | 'timeZone' | 'currency'>,
  customers: number,
  lastDay: number,
  timeUnit: TimeUnit,
  ledger: SummaryLedger,
): CustomerSummary {
  const count = rows.total.length
  const summary = {
    ...rows,
    asOf: dayText(lastDay),
    timeZone: table.timeZone,
    timeUnit,
    currency: table.currency,
    ledger,
  }
  return Object.defineProperties(summary, {
    customers: namesOf(table, customers, rows.tableRows),
    weights: lazyColumn(() => new Float64Array(count).fill(1)),
  }) as typeof summary & Pick<CustomerSummary, 'customers' | 'weights'>
}

/** Sum of the money of customers without a row. */
function moneyOfOthers(money: Float64Array, rows: Uint32Array): number {
  const others = money.slice()
  if (others.length > 0) for (const row of rows) others[row] = 0
  return compensatedSum(others)
}

/** The names of some customers. If these are all, the names that the table holds or will make on demand. */
function namesOf(table: Pick<EventTable, 'customers'>, customers: number, rows: Uint32Array): PropertyDescriptor {
  const names = Object.getOwnPropertyDescriptor(table, 'customers')!
  if (rows.length === customers) return names
  // What is worked out later holds on to the names alone, not to the table.
  const { get = () => names.value } = names
  return lazyColumn(() => {
    const all: readonly string[] = get()
    return Array.from(rows, (row) => all[row]!)
  })
}
