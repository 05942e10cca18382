import { ClienteleError } from '../../core/errors.ts'
import type { Minimum } from '../../math/minimizeNewton.ts'
import { checkLikelihoodData, type HistoriesOf, type LikelihoodModel, likelihoodOf } from '../likelihoodOf.ts'
import { estimatesIn } from '../modelEstimates.ts'
import type { ModelLikelihood } from '../modelLikelihood.ts'

/** A model at the top of its likelihood, found again from the data that it was fitted to. */
export interface Optimum {
  readonly likelihood: ModelLikelihood
  readonly minimum: Minimum
  readonly atBoundary: boolean
}

/** By how much a likelihood may stand above the model's: a boundary fit stops within 1e-6 of the limit. */
const SLACK = 1e-3

/**
 * Returns to the top of the likelihood, which takes a step or two from the model's own parameters.
 *
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_SHAPE` if other parameters fit the summary
 *   better, so that the model was fitted to something else or not at all; else as the fit
 */
export function optimumOf<Model extends LikelihoodModel>(
  caller: string,
  model: Model,
  summary: HistoriesOf<Model>,
): Optimum {
  checkLikelihoodData(caller, model, summary)
  const likelihood = likelihoodOf(caller, model, summary)
  const { parameters, units } = likelihood
  const theta = estimatesIn(model, parameters).map((value, i) => value / (units[i] ?? 1))
  const minimum = likelihood.minimize(likelihood.weights, theta)
  const missing = likelihood.objective(likelihood.weights)(theta).value - minimum.value
  if (!(missing < SLACK)) {
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: the model must have been fitted to this very summary, but other parameters reach a log-likelihood higher by ${missing.toPrecision(3)}`,
    )
  }
  return { likelihood, minimum, atBoundary: minimum.ended !== 'converged' }
}
