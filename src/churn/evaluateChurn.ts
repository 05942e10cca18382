import { checkLength, checkList, checkObject, isTypedArray } from '../core/checks.ts'
import { checkForm, type Form } from '../core/form.ts'
import { type AreaComparison, type AreaInterval, areaInterval, compareAreas } from '../metrics/areaInterval.ts'
import { brierScore, logLoss, type ReliabilityBin, reliabilityCurve } from '../metrics/calibration.ts'
import { type GainCurve, gainCurve, liftAt, recallAt } from '../metrics/lift.ts'

/** What one model says of each customer. */
export interface ChurnScores {
  /** Of churning, for each customer. */
  readonly probability: Float64Array
  /** Scores to rank by, higher for likelier churn. @default the probability */
  readonly ranking?: Float64Array
}

/** A model and what it has to beat. */
export interface ChurnContest {
  readonly model: ChurnScores | Float64Array
  /** By name. Probabilities alone may be given as they are. */
  readonly baselines: Readonly<Record<string, ChurnScores | Float64Array>>
}

/** How well one set of scores foretold who churned. */
export interface ChurnScorerEvaluation {
  /** Area under the ROC curve with its 95 % interval. */
  readonly area: AreaInterval
  /** Mean squared error of the probabilities. */
  readonly brierScore: number
  /** Mean log loss of the probabilities, in nats. */
  readonly logLoss: number
  /** How much more frequent churners are among the tenth with the highest scores than among all. */
  readonly liftAt10: number
  /** Share of the churners in that tenth. */
  readonly recallAt10: number
  /** Probabilities against what happened, in ten bins of about equally many customers. */
  readonly reliability: readonly ReliabilityBin[]
  /** What choosing the customers with the highest scores finds, in steps of one percent. */
  readonly gain: GainCurve
}

/** A baseline, and how the model's ranking compares with its. */
export interface ChurnBaselineEvaluation extends ChurnScorerEvaluation {
  /** Area of the model less area of the baseline, on the same customers. */
  readonly comparison: AreaComparison
}

/** How well a churn model and its baselines did on the same customers. */
export interface ChurnEvaluation {
  readonly customers: number
  readonly churners: number
  readonly model: ChurnScorerEvaluation
  readonly baselines: Readonly<Record<string, ChurnBaselineEvaluation>>
  /**
   * Whether the model ranks better than every baseline by more than chance explains (DeLong's test at 5 %); `'worse'` if
   * it ranks worse than any; `'no better'` in between and without baselines.
   */
  readonly beatsBaselines: AreaComparison['verdict']
}

/**
 * Judges churn scores by what happened. To be trusted, the customers must be of a cut-off whose future the models have
 * not seen in any form.
 *
 * Sorts the scores of each contestant: n log n.
 *
 * @param labels - 1 if the customer churned, 0 if not
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a label that is not 0 or 1, a NaN score or a
 *   number that is no probability; `NOT_ENOUGH_DATA` with fewer than two customers of either label
 * @see DeLong, DeLong & Clarke-Pearson (1988) for the test
 * @example
 * const { beatsBaselines } = evaluateChurn(evaluation.labels, {
 *   model: predictChurn(model, evaluation),
 *   baselines: { recency: predictRecencyBaseline(baseline, evaluation.summaries[0]!) },
 * })
 * beatsBaselines // 'no better'
 */
export function evaluateChurn(labels: Uint8Array, contest: ChurnContest): ChurnEvaluation {
  const rows = checkList(CALLER, 'labels', labels).length
  checkForm(CALLER, 'contest', contest, CONTEST)
  const model = scoresOf('model', contest.model, rows)
  const baselines: Record<string, ChurnBaselineEvaluation> = {}
  for (const [name, given] of Object.entries(contest.baselines)) {
    const scores = scoresOf(`baselines.${name}`, given, rows)
    const comparison = compareAreas(labels, model.ranking, scores.ranking)
    baselines[name] = { ...evaluateScores(labels, scores), comparison }
  }
  const verdicts = Object.values(baselines).map(({ comparison }) => comparison.verdict)
  return {
    customers: labels.length,
    churners: labels.reduce((sum, label) => sum + label, 0),
    model: evaluateScores(labels, model),
    baselines,
    beatsBaselines: overall(verdicts),
  }
}

/** To be better than every baseline is to pass every test, which needs no correction for their number. */
function overall(verdicts: readonly AreaComparison['verdict'][]): AreaComparison['verdict'] {
  if (verdicts.includes('worse')) return 'worse'
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'better') ? 'better' : 'no better'
}

const CALLER = 'evaluateChurn'

const CONTEST: Form = {
  is: 'a contest: a model and what it has to beat',
  fields: { baselines: 'object' },
}

function scoresOf(name: string, given: ChurnScores | Float64Array, rows: number): Required<ChurnScores> {
  const { probability, ranking = probability } = isTypedArray(given)
    ? { probability: given }
    : checkObject(CALLER, name, given)
  checkLength(CALLER, `${name}.probability`, probability, rows)
  checkLength(CALLER, `${name}.ranking`, ranking, rows)
  return { probability, ranking }
}

function evaluateScores(labels: Uint8Array, { probability, ranking }: Required<ChurnScores>): ChurnScorerEvaluation {
  return {
    area: areaInterval(labels, ranking),
    brierScore: brierScore(labels, probability),
    logLoss: logLoss(labels, probability),
    liftAt10: liftAt(labels, ranking, 0.1),
    recallAt10: recallAt(labels, ranking, 0.1),
    reliability: reliabilityCurve(labels, probability, { by: 'quantile' }),
    gain: gainCurve(labels, ranking),
  }
}
