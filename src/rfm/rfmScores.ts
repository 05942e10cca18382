import {
  badOption,
  checkChoice,
  checkInteger,
  checkList,
  checkNoOthers,
  checkObject,
  checkOptions,
  checkTimeUnit,
} from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import type { TimeUnit } from '../core/timeUnit.ts'
import { digitizeHalfOpenInto, digitizeInto } from '../kernels/digitize.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { cutPoints } from './rfmCuts.ts'

/** What is scored: R, F and M of RFM under the names that a summary gives them. */
export type RfmMeasure = 'sinceLast' | 'purchases' | 'total'

/**
 * How cut points are found and who owns a value on one.
 *
 * - `'quantile'`: cut points are type-7 quantiles, and a value on a cut belongs to the bin below it,
 *   `lower < value <= cut`
 * - `'rPackage'`: as the R package rfm does it, quantiles plus one, and a value on a cut belongs to the bin above it,
 *   `lower <= value < cut`; the same as `'quantile'` where quantiles are whole numbers
 */
export type RfmRule = 'quantile' | 'rPackage'

/** Options of `fitRfm`. */
export interface RfmOptions {
  /** Number of scores for each of R, F and M, 2 to 9. @default 5, or what `cuts` imply */
  readonly bins?: number
  /** How cut points are found and who owns a value on one. @default 'quantile' */
  readonly rule?: RfmRule
  /** Cut points by hand in place of quantiles, ascending, `bins - 1` a measure; `rule` says who owns a value on one. */
  readonly cuts?: Readonly<Record<RfmMeasure, ArrayLike<number>>>
}

/** Cut points of R, F and M, which score any later summary by the same yardstick. */
export interface RfmModel {
  readonly kind: 'rfm'
  readonly version: 1
  /** Number of scores for each measure. */
  readonly bins: number
  readonly rule: RfmRule
  /** Unit of `cuts.sinceLast`. */
  readonly timeUnit: TimeUnit
  /** Currency of `cuts.total`; empty if unknown. */
  readonly currency: string
  /** `bins - 1` cut points a measure, ascending; equal where many customers share a value. */
  readonly cuts: Readonly<Record<RfmMeasure, Float64Array>>
}

/** Scores of every customer in row order, from 1 (worst) to `bins` (best). */
export interface RfmScores {
  readonly bins: number
  /** High: bought lately. */
  readonly recency: Uint8Array
  /** High: bought often. */
  readonly frequency: Uint8Array
  /** High: spent much. */
  readonly monetary: Uint8Array
}

const RFM: Form = {
  is: 'an RFM model, as fitRfm makes it',
  kind: 'rfm',
  fields: { bins: 'number', cuts: 'object', timeUnit: 'text' },
}

const CUTS: Form = {
  is: 'cut points of three measures',
  fields: { sinceLast: 'typed array', purchases: 'typed array', total: 'typed array' },
}

const SCORES: Form = {
  is: 'RFM scores, as scoreRfm and rankRfm make them',
  fields: { recency: 'typed array', frequency: 'typed array', monetary: 'typed array', bins: 'number' },
}

/** Throws `BAD_OPTION` unless `scores` are RFM scores. */
export function checkScores(caller: string, scores: RfmScores): void {
  checkForm(caller, 'scores', scores, SCORES)
}

/**
 * Finds the cut points that divide customers into equal parts by time since the last purchase, number of purchases
 * and money. Equal values always share a score, so parts are only about equal, and a score that lies between two
 * equal cut points is given to nobody. Fewer customers than bins are no trouble; a single customer, or customers who
 * are all alike, get the best recency and the lowest frequency and money. A row of weight w counts as w customers.
 *
 * Costs three selections, linear in the number of customers (a sort with weights).
 *
 * @param summary - one row a customer; durations in its time unit, money in its currency
 * @throws {ClienteleError} `BAD_OPTION` if `bins`, `rule` or `cuts` break their rules; `NOT_ENOUGH_DATA` if there is
 * no customer or a measure is unknown (a summary made from columns without money)
 * @see Hyndman & Fan (1996), "Sample Quantiles in Statistical Packages", definition 7
 * @example
 * const model = fitRfm(summary, { bins: 4 })
 * model.cuts.purchases.length // 3
 */
export function fitRfm(summary: CustomerSummary, options: RfmOptions = {}): RfmModel {
  checkSummary('fitRfm', summary)
  const { bins, rule, cuts } = resolveRfmOptions(options)
  if (summary.customers.length === 0) {
    throw new ClienteleError('NOT_ENOUGH_DATA', 'fitRfm: cut points need at least 1 customer, got 0')
  }
  checkKnown('fitRfm', summary)
  const find = (measure: RfmMeasure): Float64Array => {
    if (cuts) return Float64Array.from(cuts[measure])
    const found = cutPoints(summary[measure], summary.weights, bins)
    return rule === 'rPackage' ? found.map((cut) => cut + 1) : found
  }
  return {
    kind: 'rfm',
    version: 1,
    bins,
    rule,
    timeUnit: summary.timeUnit,
    currency: summary.currency,
    cuts: { sinceLast: find('sinceLast'), purchases: find('purchases'), total: find('total') },
  }
}

/**
 * Scores customers by the cut points of a model: those that it was fitted on, or the same customers later.
 *
 * @param summary - in the time unit and currency of the model
 * @returns three scores a customer in row order, `bins` best. Costs one pass a measure
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `MIXED_CURRENCIES` if both currencies are known
 * and differ; `NOT_ENOUGH_DATA` if a measure is unknown
 * @see Hughes (1994), "Strategic Database Marketing", chapter 8
 * @example
 * const scores = scoreRfm(fitRfm(summary), summary)
 * scores.recency[0] // 4
 */
export function scoreRfm(model: RfmModel, summary: CustomerSummary): RfmScores {
  checkForm('scoreRfm', 'model', model, RFM)
  checkForm('scoreRfm', 'model.cuts', model.cuts, CUTS)
  checkSummary('scoreRfm', summary)
  checkTimeUnit('scoreRfm', model, summary)
  if (model.currency !== '' && summary.currency !== '' && model.currency !== summary.currency) {
    throw new ClienteleError(
      'MIXED_CURRENCIES',
      `scoreRfm: the model was fitted on money in ${model.currency}, got a summary in ${summary.currency}`,
    )
  }
  checkKnown('scoreRfm', summary)
  const { bins, rule, cuts } = model
  const digitize = rule === 'quantile' ? digitizeInto : digitizeHalfOpenInto
  const binOf = (measure: RfmMeasure): Uint8Array => {
    const out = new Uint8Array(summary.customers.length)
    digitize(summary[measure], cuts[measure], out)
    return out
  }
  return {
    bins,
    recency: binOf('sinceLast').map((bin) => bins - bin),
    frequency: binOf('purchases').map((bin) => bin + 1),
    monetary: binOf('total').map((bin) => bin + 1),
  }
}

/**
 * The three scores of each customer as one number in row order, recency first: 5, 4 and 3 are 543.
 *
 * @example
 * rfmCodes(scores)[0] // 444
 */
export function rfmCodes(scores: RfmScores): Uint16Array {
  checkScores('rfmCodes', scores)
  const { recency, frequency, monetary } = scores
  return Uint16Array.from(recency, (r, row) => 100 * r + 10 * frequency[row]! + monetary[row]!)
}

const MEASURES: readonly RfmMeasure[] = ['sinceLast', 'purchases', 'total']

interface Resolved {
  readonly bins: number
  readonly rule: RfmRule
  readonly cuts: RfmOptions['cuts']
}

function resolveRfmOptions(options: RfmOptions): Resolved {
  const { cuts, rule = 'quantile', bins: wanted, ...others } = checkOptions('fitRfm', options)
  checkNoOthers('fitRfm', others)
  if (cuts !== undefined) checkList('fitRfm', 'cuts.sinceLast', checkObject('fitRfm', 'cuts', cuts).sinceLast)
  const bins = wanted ?? (cuts ? cuts.sinceLast.length + 1 : 5)
  checkInteger('fitRfm', 'bins', bins, 2, 9)
  checkChoice('fitRfm', 'rule', rule, ['quantile', 'rPackage'])
  for (const measure of cuts ? MEASURES : []) checkCuts(measure, Array.from(cuts![measure] ?? []), bins)
  return { bins, rule, cuts }
}

function checkCuts(measure: RfmMeasure, cuts: readonly number[], bins: number): void {
  const ascend = cuts.every((cut, i) => Number.isFinite(cut) && (i === 0 || cut > cuts[i - 1]!))
  if (ascend && cuts.length === bins - 1) return
  throw badOption('fitRfm', `cuts.${measure}`, `${bins - 1} ascending finite numbers`, cuts.join(', '))
}

function checkKnown(caller: string, summary: CustomerSummary): void {
  for (const measure of MEASURES) {
    const row = firstUnknown(summary[measure])
    if (row === summary[measure].length) continue
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `${caller}: "${measure}" must be known for every customer, got ${summary[measure][row]} in row ${row}`,
    )
  }
}

/** The first row without a finite number, or how many there are: a plain loop, three times as fast as `findIndex`. */
function firstUnknown(column: Float64Array | Uint32Array): number {
  let row = 0
  while (row < column.length && Number.isFinite(column[row])) row++
  return row
}
