import type { ChurnModel } from '../churn/churnModel.ts'
import type { ChurnEvaluation } from '../churn/evaluateChurn.ts'
import type { ClusterChoice } from '../cluster/chooseClusters.ts'
import type { BgNbdModel } from '../clv/bgNbd/bgNbd.ts'
import type { GammaGammaModel } from '../clv/gammaGamma/gammaGamma.ts'
import type { LifetimeValue } from '../clv/lifetimeValue.ts'
import type { ForecastTrack } from '../clv/trackForecast.ts'
import { checkForm, type Form } from '../core/form.ts'
import type { Duration } from '../core/timeUnit.ts'
import type { RfmModel, RfmScores } from '../rfm/rfmScores.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { Segmentation } from '../table/segmentation.ts'
import type { ResolvedAnalysisOptions } from './analysisOptions.ts'
import type { Part } from './part.ts'

/**
 * What is known of every customer on a day. Everything stands in the rows of `summary`. A part that the data do not
 * support says why in place of an answer.
 */
export interface CustomerAnalysis {
  readonly summary: CustomerSummary
  /** What was asked for, defaults filled in. */
  readonly options: ResolvedAnalysisOptions
  /** First day with a purchase, `YYYY-MM-DD`. */
  readonly firstDay: string
  readonly rfm: RfmAnalysis
  readonly segments: Segmentation
  readonly clusters: Part<ClusterAnalysis>
  readonly purchases: Part<PurchaseAnalysis>
  readonly value: Part<ValueAnalysis>
  readonly forecast: Part<ForecastAnalysis>
  readonly churn: Part<ChurnAnalysis>
  /** What a reader must know before believing the numbers, in sentences. */
  readonly warnings: readonly string[]
}

/** Scores for recency, frequency and money, and the cut points behind them. */
export interface RfmAnalysis {
  readonly model: RfmModel
  readonly scores: RfmScores
}

/** Groups that the data suggest. */
export interface ClusterAnalysis {
  readonly choice: ClusterChoice
  /** The cluster of each customer, named after what sets it apart. */
  readonly segmentation: Segmentation
}

/** Who is still there, and how often they will buy. */
export interface PurchaseAnalysis {
  readonly model: BgNbdModel
  /** Probability that each customer is still active. No churn score: it is 1 for everybody who bought once. */
  readonly alive: Float64Array
  /** Expected purchase days of each customer within the horizon. */
  readonly expected: Float64Array
}

/** What customers will bring. */
export interface ValueAnalysis {
  readonly purchaseModel: BgNbdModel
  readonly spendModel: GammaGammaModel
  readonly forecast: LifetimeValue
}

/** Forecast against actual purchases in the second half of the data, by a model that saw the first half only. */
export interface ForecastAnalysis {
  /** First day of the held-out half, `YYYY-MM-DD`. */
  readonly cutoff: string
  readonly model: BgNbdModel
  readonly tracking: ForecastTrack
}

/** Who will not buy within the churn horizon. */
export interface ChurnAnalysis {
  readonly model: ChurnModel
  /** Probability that each customer buys nothing within the horizon. */
  readonly risk: Float64Array
  readonly horizon: Duration
  /** First day of the time on which model and baselines were judged, `YYYY-MM-DD`. */
  readonly cutoff: string
  /** Model and baselines on the same customers, none of whose futures the model had seen. */
  readonly evaluation: ChurnEvaluation
}

const ANALYSIS: Form = {
  is: 'an analysis, as analyzeCustomers makes it',
  fields: {
    rfm: 'object',
    segments: 'object',
    clusters: 'object',
    purchases: 'object',
    value: 'object',
    forecast: 'object',
    churn: 'object',
    options: 'object',
    firstDay: 'text',
    warnings: 'list',
  },
}

/** Throws `BAD_OPTION` unless `analysis` is what `analyzeCustomers` returns. */
export function checkAnalysis(caller: string, analysis: CustomerAnalysis): void {
  checkForm(caller, 'analysis', analysis, ANALYSIS)
  checkSummary(caller, analysis.summary, 'analysis.summary')
}
