import { ClienteleError } from '../../core/errors.ts'
import { daysIn } from '../../core/timeUnit.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'

/** What data can support. */
export type Support = 'yes' | 'weakly' | 'no'

/** One thing that one may want to say of customers, and whether the data supports it. */
export interface DataAnswer {
  readonly question:
    | 'how often all buy'
    | 'how customers differ'
    | 'who has left'
    | 'how spend differs'
    | 'how far ahead'
  readonly support: Support
  /** The reason, in one sentence with its figures. */
  readonly because: string
}

/** What the histories of some customers support, before any model is fitted. */
export interface DataVerdict {
  /** Weights counted, as all below. */
  readonly customers: number
  /** Customers who bought on a second day. */
  readonly repeaters: number
  /** Purchase days after the first of all customers. */
  readonly repeats: number
  /** Days from the first purchase of the first customer to the as-of day. */
  readonly days: number
  readonly answers: readonly DataAnswer[]
}

/**
 * Says what a summary supports, and what not, before a model is fitted to it: the overall rate of purchases, how customers
 * differ in it, who has left, how spend differs, and how far ahead a forecast may look. It runs on any number of customers
 * and refuses nothing but none. Linear.
 *
 * The bounds are rules of thumb about relative errors, 10 % and 30 % of the quantity in question: 1/√n of a count n is
 * its relative error, so a hundred events give 10 % and eleven give 30 %.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers
 * @example
 * dataVerdict(summary).answers[0]?.because // 'the mean of 2457 repeats of 2357 customers is known to 4.3 % (standard error)'
 */
export function dataVerdict(summary: CustomerSummary): DataVerdict {
  checkSummary('dataVerdict', summary)
  const { repeats, age, weights, timeUnit } = summary
  if (repeats.length === 0) {
    throw new ClienteleError('NOT_ENOUGH_DATA', 'dataVerdict: the summary has no customers')
  }
  const counts = countsOf(summary)
  const days = age.reduce((most, years) => Math.max(most, years), 0) * daysIn(timeUnit)
  return {
    customers: weights.reduce((sum, weight) => sum + weight, 0),
    repeaters: counts.repeaters,
    repeats: counts.repeats,
    days,
    answers: [overallRate(counts), differences(counts), departures(counts), spend(counts), distance(days, counts)],
  }
}

interface Counts {
  readonly customers: number
  readonly repeaters: number
  /** Customers with two repeats and more. */
  readonly frequent: number
  /** Of these, customers silent now for three of their own mean gaps. */
  readonly silent: number
  /** Customers with two repeats and more whose mean value is above 0. */
  readonly spenders: number
  readonly repeats: number
  readonly squares: number
}

function countsOf({ repeats, ageAtLast, age, weights, meanRepeatValue }: CustomerSummary): Counts {
  const counts = { customers: 0, repeaters: 0, frequent: 0, silent: 0, spenders: 0, repeats: 0, squares: 0 }
  repeats.forEach((x, row) => {
    const weight = weights[row]!
    counts.customers += weight
    counts.repeats += weight * x
    counts.squares += weight * x * x
    if (x > 0) counts.repeaters += weight
    if (x < 2) return
    counts.frequent += weight
    if (age[row]! - ageAtLast[row]! > (3 * ageAtLast[row]!) / x) counts.silent += weight
    if (meanRepeatValue[row]! > 0) counts.spenders += weight
  })
  return counts
}

/** Relative standard error of the mean number of repeats; infinite without repeats. */
function relativeError({ customers, repeats, squares }: Counts): number {
  if (repeats === 0) return Number.POSITIVE_INFINITY
  const mean = repeats / customers
  return Math.sqrt(Math.max(squares / customers - mean * mean, mean) / customers) / mean
}

function overallRate(counts: Counts): DataAnswer {
  const error = relativeError(counts)
  const because = Number.isFinite(error)
    ? `the mean of ${counts.repeats} repeats of ${counts.customers} customers is known to ${(100 * error).toFixed(1)} % (standard error)`
    : `none of ${counts.customers} customers bought a second time`
  return { question: 'how often all buy', support: supportOf(error), because }
}

function differences({ repeaters, frequent }: Counts): DataAnswer {
  const because = `${frequent} of ${repeaters} repeaters bought again more than once, and only they tell frequent from lucky`
  return { question: 'how customers differ', support: supportOf(1 / Math.sqrt(frequent)), because }
}

function departures({ frequent, silent }: Counts): DataAnswer {
  const because = `${silent} of ${frequent} customers with two repeats and more are silent for three of their own mean gaps`
  // Without silence nobody is seen to leave; that, too, is known, if enough customers could have shown it.
  const error = silent > 0 ? 1 / Math.sqrt(Math.min(silent, frequent)) : 1 / Math.sqrt(frequent)
  return { question: 'who has left', support: supportOf(error), because }
}

function spend({ spenders }: Counts): DataAnswer {
  const because = `${spenders} customers have two repeats and more with money, which tells their own habit from chance`
  return { question: 'how spend differs', support: supportOf(1 / Math.sqrt(spenders)), because }
}

function distance(days: number, counts: Counts): DataAnswer {
  const whole = Math.floor(days)
  const because = `a forecast beyond ${whole} days, the time observed, cannot be checked with this data; half of it, ${Math.floor(whole / 2)} days, can be by a backtest`
  return { question: 'how far ahead', support: days >= 1 && counts.repeats > 0 ? 'weakly' : 'no', because }
}

function supportOf(error: number): Support {
  if (error <= 0.1) return 'yes'
  return error <= 0.3 ? 'weakly' : 'no'
}
