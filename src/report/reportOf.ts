import {
  type ChurnAnalysis,
  type ClusterAnalysis,
  type CustomerAnalysis,
  checkAnalysis,
  type ValueAnalysis,
} from '../analysis/customerAnalysis.ts'
import { customerColumns } from '../analysis/customerColumns.ts'
import type { Part } from '../analysis/part.ts'
import type { ChurnScorerEvaluation } from '../churn/evaluateChurn.ts'
import { kMeansCenters } from '../cluster/kMeans.ts'
import type { BgNbdModel } from '../clv/bgNbd/bgNbd.ts'
import type { DiscountRate } from '../clv/discounting.ts'
import type { GammaGammaModel } from '../clv/gammaGamma/gammaGamma.ts'
import { dayText, parseDay } from '../core/calendar.ts'
import { checkNoOthers, checkObject, checkText } from '../core/checks.ts'
import { checkForm, type Form } from '../core/form.ts'
import { randomFrom, sampleRows } from '../core/random.ts'
import type { Duration } from '../core/timeUnit.ts'
import { profile } from '../segment/profile.ts'
import { leftOutFacts } from './leftOutFacts.ts'
import type {
  ChurnFacts,
  ClusterFacts,
  LifetimeValueFacts,
  MethodNote,
  ModelFacts,
  ReportData,
  ReportSource,
  ScorerFacts,
  TopCustomer,
} from './reportData.ts'

/** What a report says beside the analysis itself. */
export interface ReportContext {
  /** Heading of the page. @default 'Customer analysis' */
  readonly title?: string
  /** Where the events came from. @default events that the program handed over */
  readonly source?: ReportSource
  /** Version of the library, for whoever wants the same page again. @default '' */
  readonly version?: string
  /** What to run to get the same page. @default '' */
  readonly command?: string
}

const SOURCE: Form = {
  is: 'where the events came from',
  fields: { rejected: 'list', columns: 'list', file: 'text', rowsRead: 'number' },
}

const SCATTER_POINTS = 2000
const TOP_CUSTOMERS = 15

/**
 * What the report says of an analysis, as plain data for `reportHtml`.
 *
 * Linear, with a sort of the lifetime values.
 *
 * @example
 * const data = reportOf(analysis, { title: 'CDNOW' })
 * data.totals.customers // 2357
 * const page = await reportHtml(data)
 */
export function reportOf(analysis: CustomerAnalysis, context: ReportContext = {}): ReportData {
  checkAnalysis('reportOf', analysis)
  const { title, source: given, version = '', command = '', ...others } = checkObject('reportOf', 'context', context)
  checkNoOthers('reportOf', others)
  if (given !== undefined) checkForm('reportOf', 'source', given, SOURCE)
  const { summary, firstDay, forecast } = analysis
  const { ledger } = summary
  const events = ledger.purchases + ledger.purchasesTakenBack + ledger.eventsAfter
  const source = given ?? { file: 'events', rowsRead: events, rejected: [], columns: [] }
  return {
    ...(title === undefined ? {} : { title: checkText('reportOf', 'title', title) }),
    source,
    asOf: summary.asOf,
    timeZone: summary.timeZone,
    currency: summary.currency,
    timeUnit: 'week',
    horizons: {
      churn: durationText(analysis.options.churnHorizon),
      value: durationText(analysis.options.horizon),
    },
    totals: {
      customers: summary.customers.length,
      purchases: ledger.purchases,
      revenue: ledger.total,
      repeatCustomers: summary.repeats.reduce((count, x) => count + (x > 0 ? 1 : 0), 0),
      firstDay,
      lastDay: lastPurchaseDay(analysis),
    },
    segments: segmentRows(analysis),
    rfm: rfmCells(analysis),
    ...ifAvailable(analysis.clusters, (facts) => ({ clusters: clusterFacts(facts, analysis) })),
    ...ifAvailable(analysis.value, (facts) => ({ lifetimeValue: valueFacts(facts) })),
    ...ifAvailable(forecast, ({ cutoff, tracking: { unit, steps, expected, actual } }) => ({
      forecast: { cutoff, unit, steps, expected, actual },
    })),
    ...ifAvailable(analysis.churn, (facts) => ({ churn: churnFacts(facts) })),
    topCustomers: topCustomers(analysis),
    leftOut: leftOutFacts(analysis, source),
    warnings: analysis.warnings,
    methods: [...(analysis.churn.available ? CHURN_METHODS : []), ...(analysis.value.available ? [INTERVALS] : [])],
    provenance: { version, seed: analysis.options.seed, command },
  }
}

/** A duration in words: `52 weeks`. */
function durationText(duration: Duration): string {
  const [[unit, length]] = Object.entries(duration) as [[string, number]]
  return `${length} ${length === 1 ? unit.slice(0, -1) : unit}`
}

function discountText({ rate, per }: DiscountRate): string {
  return `${Number((100 * rate).toPrecision(6))} % ${typeof per === 'string' ? `a ${per}` : `per ${durationText(per)}`}`
}

function ifAvailable<Facts, Result extends object>(part: Part<Facts>, use: (facts: Facts) => Result): Result | object {
  return part.available ? use(part) : {}
}

function lastPurchaseDay({ summary }: CustomerAnalysis): string {
  const least = summary.sinceLast.reduce((least, weeks) => Math.min(least, weeks), Number.POSITIVE_INFINITY)
  return dayText(parseDay('reportOf', 'asOf', summary.asOf) - Math.round(7 * least))
}

function segmentRows(analysis: CustomerAnalysis): ReportData['segments'] {
  const { total, churnRisk, lifetimeValue } = customerColumns(analysis)
  return profile(analysis.segments, { total, churnRisk, lifetimeValue }).groups.map(({ name, customers, columns }) => ({
    name,
    customers,
    revenue: columns.total!.sum,
    meanChurnRisk: columns.churnRisk!.mean,
    meanLifetimeValue: columns.lifetimeValue!.mean,
  }))
}

function rfmCells({ rfm, summary }: CustomerAnalysis): ReportData['rfm'] {
  const { bins, recency, frequency } = rfm.scores
  const codes = Uint16Array.from(recency, (r, row) => (r - 1) * bins + frequency[row]! - 1)
  const names = Array.from({ length: bins * bins }, (_, cell) => String(cell))
  const { groups } = profile({ kind: 'cell', names, codes }, { total: summary.total })
  const cells = groups.map(({ customers, columns }, cell) => ({
    r: Math.floor(cell / bins) + 1,
    f: (cell % bins) + 1,
    customers,
    meanTotal: columns.total!.mean,
  }))
  return { bins, cells: cells.filter(({ customers }) => customers > 0) }
}

function clusterFacts(
  { choice, segmentation }: ClusterAnalysis,
  { summary, options: { seed } }: CustomerAnalysis,
): ClusterFacts {
  const centers = kMeansCenters(choice.model)
  const center = (column: string, row: number): number =>
    centers.values[centers.columns.indexOf(column) * centers.rows + row]!
  const rows = sampleRows(summary.customers.length, SCATTER_POINTS, randomFrom(seed))
  const taken = (column: ArrayLike<number>): Float64Array => Float64Array.from(rows, (row) => column[row]!)
  return {
    method: 'k-means on the standardised logarithms of recency, frequency and money',
    clusters: segmentation.names.map((name, c) => ({
      name,
      customers: choice.model.sizes[c]!,
      center: { sinceLast: center('sinceLast', c), purchases: center('purchases', c), total: center('total', c) },
    })),
    points: {
      sinceLast: taken(summary.sinceLast),
      purchases: taken(summary.purchases),
      total: taken(summary.total),
      cluster: taken(segmentation.codes),
    },
    silhouettes: choice.curve
      .filter(({ silhouette }) => Number.isFinite(silhouette))
      .map(({ k, silhouette }) => ({ k, silhouette })),
  }
}

function valueFacts({ purchaseModel, spendModel, forecast }: ValueAnalysis): LifetimeValueFacts {
  return {
    values: forecast.value,
    margin: forecast.terms.margin,
    discount: discountText(forecast.terms.discountRate),
    models: [
      ...modelFacts(purchaseModel, 'BG/NBD', 'when purchases come, and when they end'),
      ...modelFacts(spendModel, 'Gamma-Gamma', 'how much a purchase brings'),
    ],
  }
}

/** How a fitted model came out; nothing of one whose parameters were given. */
function modelFacts(model: BgNbdModel | GammaGammaModel, name: string, about: string): ModelFacts[] {
  const { kind, params, diagnostics } = model
  if (diagnostics.source === 'given') return []
  const { logLikelihood, gradientNorm, iterations, converged, verdict, reducesTo, standardErrors } = diagnostics
  return [
    {
      kind,
      name,
      about,
      params: Object.entries(params).map(([name, value], i) => ({ name, value, standardError: standardErrors[i]! })),
      logLikelihood,
      gradientNorm,
      iterations,
      converged,
      verdict,
      ...(reducesTo === undefined ? {} : { reducesTo }),
    },
  ]
}

function churnFacts({ evaluation, cutoff }: ChurnAnalysis): ChurnFacts {
  const baselines = Object.entries(evaluation.baselines)
  const [bestName, best] = baselines.reduce((a, b) => (b[1].area.area > a[1].area.area ? b : a))
  const { difference, low, high } = best.comparison
  return {
    cutoff,
    customers: evaluation.customers,
    baseRate: evaluation.churners / evaluation.customers,
    scorers: [
      scorerFacts('boosted trees', 'model', evaluation.model),
      ...baselines.map(([name, baseline]) => scorerFacts(name, 'baseline', baseline)),
    ],
    difference: { against: bestName, auc: difference, low, high },
  }
}

function scorerFacts(name: string, role: 'model' | 'baseline', scorer: ChurnScorerEvaluation): ScorerFacts {
  const { area } = scorer
  return {
    name,
    role,
    auc: area.area,
    aucLow: area.low,
    aucHigh: area.high,
    brier: scorer.brierScore,
    lift10: scorer.liftAt10,
    reliability: scorer.reliability,
    gain: scorer.gain,
  }
}

/** The customers of the highest lifetime value, or of the most money where values are not known. */
function topCustomers(analysis: CustomerAnalysis): readonly TopCustomer[] {
  const { customer, segment, purchases, total, sinceLast, churnRisk, lifetimeValue } = customerColumns(analysis)
  const by = analysis.value.available ? lifetimeValue : total
  const rows = Array.from(customer.keys()).sort((a, b) => by[b]! - by[a]! || a - b)
  return rows.slice(0, TOP_CUSTOMERS).map((row) => ({
    customer: customer[row]!,
    segment: segment[row]!,
    purchases: purchases[row]!,
    total: total[row]!,
    sinceLast: sinceLast[row]!,
    churnRisk: churnRisk[row]!,
    lifetimeValue: lifetimeValue[row]!,
  }))
}

const CHURN_METHODS: readonly MethodNote[] = [
  {
    topic: 'Churn risk',
    text:
      'Gradient boosted trees learn from earlier cut-offs who made no purchase in the time that followed, and are judged on ' +
      'a later cut-off whose future they have not seen.',
    source: 'Friedman (2001), Greedy Function Approximation: A Gradient Boosting Machine',
  },
  {
    topic: 'Comparing churn scores',
    text: 'Areas under the ROC curve, their intervals and the test of their difference on the same customers.',
    source: 'DeLong, DeLong & Clarke-Pearson (1988), Comparing the Areas under Two or More Correlated ROC Curves',
  },
]

const INTERVALS: MethodNote = {
  topic: 'Intervals of lifetime values',
  text:
    'The exact predictive distribution of the money of a customer under the two models, their parameters taken as known, ' +
    'scaled by the mean discount.',
  source: 'Fader, Hardie & Lee (2005); Fader & Hardie (2013)',
}
