import { churnFeatures } from '../churn/churnFeatures.ts'
import { churnSteps, predictChurn } from '../churn/churnModel.ts'
import { churnSnapshots } from '../churn/churnSnapshots.ts'
import { defaultCutoffs } from '../churn/defaultCutoffs.ts'
import { evaluateChurn } from '../churn/evaluateChurn.ts'
import { fitRecencyBaseline, predictRecencyBaseline } from '../churn/recencyBaseline.ts'
import { chooseClustersSteps } from '../cluster/chooseClusters.ts'
import { customerFeatures } from '../cluster/customerFeatures.ts'
import { describeClusters } from '../cluster/describeClusters.ts'
import { type BgNbdModel, fitBgNbd } from '../clv/bgNbd/bgNbd.ts'
import { expectedPurchases } from '../clv/expectedPurchases.ts'
import { fitGammaGamma } from '../clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../clv/lifetimeValue.ts'
import { checkRepeats } from '../clv/noRepeats.ts'
import { probabilityAlive } from '../clv/probabilityAlive.ts'
import { probabilityOfNoPurchase } from '../clv/purchaseDistribution.ts'
import { trackForecast } from '../clv/trackForecast.ts'
import { dayText, parseDay } from '../core/calendar.ts'
import { checkIterable, isObject } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { type AsyncOptions, run, runAsync, type Steps } from '../core/steps.ts'
import { durationIn } from '../core/timeUnit.ts'
import { fitRfm, scoreRfm } from '../rfm/rfmScores.ts'
import { rfmSegments } from '../rfm/rfmSegments.ts'
import { checkTable } from '../table/checkTable.ts'
import type { CustomerEvent } from '../table/customerEvent.ts'
import { type CustomerSummary, customerSummary } from '../table/customerSummary.ts'
import type { EventTable } from '../table/eventTable.ts'
import { holdout } from '../table/holdout.ts'
import { eventTable } from '../table/tableFromEvents.ts'
import { type AnalysisOptions, type ResolvedAnalysisOptions, resolveAnalysisOptions } from './analysisOptions.ts'
import { analysisWarnings } from './analysisWarnings.ts'
import type {
  ChurnAnalysis,
  ClusterAnalysis,
  CustomerAnalysis,
  ForecastAnalysis,
  PurchaseAnalysis,
  ValueAnalysis,
} from './customerAnalysis.ts'
import { partFrom, partOf } from './part.ts'

/**
 * Everything about every customer in one call: RFM scores and segments, clusters, who is still active, expected purchases,
 * lifetime value with its interval, churn risk judged against baselines. It is made of the public parts, in the order in
 * which one would call them by hand.
 *
 * 70,000 purchases of 24,000 customers take about two seconds, most of them for the churn model.
 *
 * @param events - of one currency, in any order; those after `asOf` are left out and counted
 * @returns columns aligned by row; parts that the data do not support say why
 * @throws {ClienteleError} as `eventTable` and `customerSummary`; `NOT_ENOUGH_DATA` if nobody had bought by `asOf`;
 *   `BAD_OPTION` for an option out of its range
 * @example
 * const { segments, churn } = analyzeCustomers(events, { asOf: '1998-06-30' })
 * segments.names[segments.codes[0]!] // 'Loyal Customers', the segment of the first customer
 * if (churn.available) churn.risk[0] // 0.78…
 */
export function analyzeCustomers(
  events: Iterable<CustomerEvent> | EventTable,
  options: AnalysisOptions,
): CustomerAnalysis {
  return run(analysisSteps('analyzeCustomers', events, options))
}

/**
 * `analyzeCustomers` in slices, with progress and a signal to stop (`ABORTED`).
 *
 * @example
 * const options = { asOf: '1998-06-30', signal: AbortSignal.timeout(60_000) }
 * const { summary } = await analyzeCustomersAsync(events, options)
 * summary.customers.length // 2357
 */
export function analyzeCustomersAsync(
  events: Iterable<CustomerEvent> | EventTable,
  options: AnalysisOptions & AsyncOptions,
): Promise<CustomerAnalysis> {
  const caller = 'analyzeCustomersAsync'
  return runAsync(caller, options, (own) => analysisSteps(caller, events, own))
}

function* analysisSteps(
  caller: string,
  events: Iterable<CustomerEvent> | EventTable,
  options: AnalysisOptions,
): Steps<CustomerAnalysis> {
  const resolved = resolveAnalysisOptions(caller, options)
  yield { task: 'grouping events', done: 0, total: 1 }
  const table = tableOf(caller, events, resolved.timeZone)
  const summary = customerSummary(table, { asOf: resolved.asOf, timeUnit: 'week' })
  if (summary.customers.length === 0) {
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: nobody had bought by ${resolved.asOf}`)
  }
  const model = fitRfm(summary)
  const scores = scoreRfm(model, summary)
  const purchases = yield* share(0.05, 0.1, partOf(purchaseSteps(summary, resolved)))
  const value = yield* share(
    0.1,
    0.25,
    partFrom(purchases, (facts) => valueSteps(summary, facts, resolved)),
  )
  const forecast = yield* share(0.25, 0.3, partOf(forecastSteps(table, summary)))
  const clusters = yield* share(0.3, 0.5, partOf(clusterSteps(summary, resolved)))
  const churn = yield* share(0.5, 1, partOf(churnPartSteps(table, resolved)))
  const parts = { purchases, value, forecast, clusters, churn }
  return {
    summary,
    options: resolved,
    firstDay: firstPurchaseDay(summary),
    rfm: { model, scores },
    segments: rfmSegments(scores, resolved.segments),
    ...parts,
    warnings: analysisWarnings(summary, parts),
  }
}

function tableOf(caller: string, events: Iterable<CustomerEvent> | EventTable, timeZone: string): EventTable {
  if (isObject(events) && 'offsets' in events) {
    const table = events as unknown as EventTable
    checkTable(caller, table, 'events')
    return table
  }
  return eventTable(checkIterable(caller, 'events', events as Iterable<CustomerEvent>), { timeZone })
}

/** BG/NBD, where anybody bought a second time: where nobody did, that is all there is to say. */
function repeatModel(summary: CustomerSummary): BgNbdModel {
  checkRepeats('analyzeCustomers', summary)
  return fitBgNbd(summary)
}

function* purchaseSteps(summary: CustomerSummary, { horizon }: ResolvedAnalysisOptions): Steps<PurchaseAnalysis> {
  yield { task: 'fitting purchases', done: 0, total: 1 }
  const model = repeatModel(summary)
  const horizonWeeks = durationIn('analyzeCustomers', 'horizon', horizon, 'week')
  return { model, alive: probabilityAlive(model, summary), expected: expectedPurchases(model, summary, horizonWeeks) }
}

function* valueSteps(
  summary: CustomerSummary,
  { model: purchaseModel }: PurchaseAnalysis,
  options: ResolvedAnalysisOptions,
): Steps<ValueAnalysis> {
  yield { task: 'valuing customers', done: 0, total: 1 }
  const { horizon, discountRate, margin } = options
  const spendModel = fitGammaGamma(summary)
  if (spendModel.params.q <= 1) {
    const reason = `spend differs so much between customers that its mean has no bound (q = ${spendModel.params.q.toPrecision(3)})`
    throw new ClienteleError('NOT_ENOUGH_DATA', `analyzeCustomers: ${reason}`)
  }
  const forecast = lifetimeValue(purchaseModel, spendModel, summary, { horizon, discountRate, margin })
  return { purchaseModel, spendModel, forecast }
}

/** The later half of the weeks is kept to judge a forecast that saw the earlier half. */
function* forecastSteps(table: EventTable, summary: CustomerSummary): Steps<ForecastAnalysis> {
  yield { task: 'checking the forecast', done: 0, total: 1 }
  const end = parseDay('analyzeCustomers', 'asOf', summary.asOf) + 1
  const weeks = Math.floor((end - firstDayNumber(summary)) / 14)
  if (weeks < 1) {
    throw new ClienteleError('NOT_ENOUGH_DATA', 'analyzeCustomers: a forecast is checked on data of two weeks or more')
  }
  const cutoff = dayText(end - 7 * weeks)
  const { before, after } = holdout(table, { cutoff, horizon: { weeks }, timeUnit: 'week', asOf: summary.asOf })
  const model = repeatModel(before)
  const actual = Float64Array.from({ length: weeks }, (_, week) => sumOf(after.daily.subarray(7 * week, 7 * week + 7)))
  return { cutoff, model, tracking: trackForecast(model, before, actual) }
}

function* clusterSteps(
  summary: CustomerSummary,
  { maxClusters, seed }: ResolvedAnalysisOptions,
): Steps<ClusterAnalysis> {
  const choice = yield* chooseClustersSteps(customerFeatures(summary), { to: maxClusters, seed })
  const names = describeClusters(choice.model)
  return { choice, segmentation: { kind: 'cluster', names, codes: choice.segmentation.codes } }
}

function* churnPartSteps(
  table: EventTable,
  { asOf, churnHorizon: horizon, seed }: ResolvedAnalysisOptions,
): Steps<ChurnAnalysis> {
  yield { task: 'looking back', done: 0, total: 1 }
  const cutoffs = defaultCutoffs(table, { horizon, asOf })
  const training = churnSnapshots(table, { cutoffs: cutoffs.training, horizon, asOf })
  const evaluation = churnSnapshots(table, { cutoffs: [cutoffs.evaluation], horizon, asOf })
  const model = yield* churnSteps('analyzeCustomers', training, { seed })
  const before = evaluation.summaries[0]!
  const contest = {
    model: predictChurn(model, evaluation),
    baselines: {
      [RECENCY_ONLY]: predictRecencyBaseline(fitRecencyBaseline(training), before),
      [NO_PURCHASE]: probabilityOfNoPurchase(repeatModel(before), before, evaluation.horizonDays / 7),
    },
  }
  return {
    model,
    risk: predictChurn(model, churnFeatures(table, { asOf, columns: model.features })),
    horizon,
    cutoff: cutoffs.evaluation,
    evaluation: evaluateChurn(evaluation.labels, contest),
  }
}

/** What the churn model has to beat: the time since the last purchase, and BG/NBD's probability of no purchase. */
const RECENCY_ONLY = 'recency only'
const NO_PURCHASE = 'P(no purchase), BG/NBD'

/** Steps as a stretch of the whole work, from one share of it to another. */
function* share<Result>(from: number, to: number, steps: Steps<Result>): Steps<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    const { task, done, total } = step.value
    yield { task, done: from + ((to - from) * done) / total, total: 1 }
  }
}

function firstDayNumber({ asOf, age }: CustomerSummary): number {
  const oldest = age.reduce((most, weeks) => Math.max(most, weeks), 0)
  return parseDay('analyzeCustomers', 'asOf', asOf) - Math.round(7 * oldest)
}

function firstPurchaseDay(summary: CustomerSummary): string {
  return dayText(firstDayNumber(summary))
}

function sumOf(values: Uint32Array): number {
  return values.reduce((sum, value) => sum + value, 0)
}
