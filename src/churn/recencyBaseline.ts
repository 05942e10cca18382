import { checkTimeUnit } from '../core/checks.ts'
import { checkForm, type Form } from '../core/form.ts'
import type { TimeUnit } from '../core/timeUnit.ts'
import { fitIsotonic, type IsotonicModel, predictIsotonic } from '../learn/isotonic.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { checkSnapshots, type Snapshots } from './churnSnapshots.ts'
import type { ChurnScores } from './evaluateChurn.ts'

/** The simplest churn model worth beating: who has been away for longer is likelier to be gone. */
export interface RecencyBaseline {
  readonly kind: 'recencyBaseline'
  readonly version: 1
  readonly timeUnit: TimeUnit
  readonly horizonDays: number
  /** Share of churners by time since the last purchase. */
  readonly calibration: IsotonicModel
}

/**
 * Fits the share of churners as a rising function of the time since the last purchase. It says how much a model gains
 * over one column, in ranking and in probability.
 *
 * @param snapshots - those that a model is trained on, never those that it is judged by
 * @see `fitIsotonic`
 * @example
 * const baseline = fitRecencyBaseline(training)
 * predictRecencyBaseline(baseline, evaluation.summaries[0]!).probability[0] // 0.83…
 */
export function fitRecencyBaseline(snapshots: Snapshots): RecencyBaseline {
  checkSnapshots('fitRecencyBaseline', snapshots)
  const { summaries, labels, offsets, timeUnit, horizonDays } = snapshots
  const sinceLast = new Float64Array(labels.length)
  summaries.forEach((summary, s) => {
    sinceLast.set(summary.sinceLast, offsets[s]!)
  })
  return { kind: 'recencyBaseline', version: 1, timeUnit, horizonDays, calibration: fitIsotonic(sinceLast, labels) }
}

/**
 * What the time since the last purchase alone says: how likely no purchase within the horizon is, and, since that
 * probability is level over stretches of time, the time itself, which ranks the customers within them too.
 *
 * @throws {ClienteleError} `UNIT_MISMATCH` if the summary counts time in another unit
 * @example
 * predictRecencyBaseline(baseline, summary).probability[0] // 0.89…, that the first customer stays away
 */
export function predictRecencyBaseline(model: RecencyBaseline, summary: CustomerSummary): ChurnScores {
  checkForm('predictRecencyBaseline', 'model', model, RECENCY_BASELINE)
  checkSummary('predictRecencyBaseline', summary)
  checkTimeUnit('predictRecencyBaseline', model, summary)
  return { probability: predictIsotonic(model.calibration, summary.sinceLast), ranking: summary.sinceLast }
}

const RECENCY_BASELINE: Form = {
  is: 'a recency baseline, as fitRecencyBaseline makes it',
  kind: 'recencyBaseline',
  fields: { timeUnit: 'text', calibration: 'object' },
}
