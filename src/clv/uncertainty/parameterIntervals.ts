import { checkChoice, checkNoOthers, checkNumber, checkOptions } from '../../core/checks.ts'
import { normalQuantile } from '../../math/normal.ts'
import type { HistoriesOf, LikelihoodModel } from '../likelihoodOf.ts'
import { type Optimum, optimumOf } from './optimum.ts'
import { covarianceOf } from './parameterCovariance.ts'
import { profileEnd } from './profileEnd.ts'

/** Options of `parameterIntervals`. */
export interface ParameterIntervalsOptions {
  /** Share of data sets whose interval holds the true parameter, above 0 and below 1. @default 0.9 */
  readonly level?: number
  /**
   * `'standard'`: from the curvature of the likelihood. `'sandwich'`: from it and from the spread of the customers'
   * scores, for a model that is only nearly right. `'profile'`: all values that the likelihood cannot tell from the best
   * one; slower, and the one to trust with few customers or near an edge. @default 'standard'
   */
  readonly method?: 'standard' | 'sandwich' | 'profile'
}

/** Intervals of a model's parameters, and of its coefficients of covariates; lists follow `parameters`. */
export interface ParameterIntervals {
  readonly parameters: readonly string[]
  readonly estimates: readonly number[]
  /** 0 where nothing bounds a parameter from below, as at an edge; −infinity for a coefficient. */
  readonly lower: readonly number[]
  /** Infinity where nothing bounds it from above. */
  readonly upper: readonly number[]
  readonly level: number
  readonly method: 'standard' | 'sandwich' | 'profile'
}

/**
 * Confidence intervals of a fitted model's parameters. Standard and sandwich intervals are symmetric in the logarithms:
 * parameters are positive and their estimates skewed, and logarithms mend both; those of coefficients of covariates are
 * symmetric as they are. A profile interval is the same on any scale.
 *
 * Standard costs a step or two of the fit, sandwich a likelihood for each distinct history by itself, profile about
 * twenty evaluations of the likelihood for each end.
 *
 * @param summary - what the model was fitted to: a summary; of `withCovariates` or `withCalendar` for covariates or seasons;
 *   period histories for BG/BB, contract histories for contracts
 * @throws {ClienteleError} `BAD_SHAPE` if the model was not fitted to this summary; `UNIT_MISMATCH` if the time units
 *   differ; `BAD_OPTION` for another method or a level out of range
 * @see Pawitan (2001), "In All Likelihood", sections 2.9 and 3.4 (Wald and profile intervals); White (1982), "Maximum
 *   Likelihood Estimation of Misspecified Models"
 * @example
 * const { lower, upper } = parameterIntervals(model, summary, { method: 'profile' })
 * lower[0] // 0.2228…, of r, whose estimate is 0.2426
 * upper[0] // 0.2642…
 */
export function parameterIntervals<Model extends LikelihoodModel>(
  model: Model,
  summary: HistoriesOf<Model>,
  options: ParameterIntervalsOptions = {},
): ParameterIntervals {
  const caller = 'parameterIntervals'
  const { level = 0.9, method = 'standard', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkNumber(caller, 'level', level, 1e-6, 1 - 1e-6)
  checkChoice(caller, 'method', method, ['standard', 'sandwich', 'profile'])
  const optimum = optimumOf(caller, model, summary)
  const z = normalQuantile((1 + level) / 2)
  const [lower, upper] = method === 'profile' ? profileEnds(optimum, z) : waldEnds(optimum, z, method)
  const { parameters, units } = optimum.likelihood
  const natural = (value: number, i: number): number => (units[i] === undefined ? Math.exp(value) : units[i] * value)
  return {
    parameters,
    estimates: optimum.minimum.point.map(natural),
    lower: lower.map(natural),
    upper: upper.map(natural),
    level,
    method,
  }
}

function profileEnds({ likelihood, minimum }: Optimum, z: number): [lower: number[], upper: number[]] {
  const objective = likelihood.objective(likelihood.weights)
  const ends = (side: -1 | 1): number[] => minimum.point.map((_, i) => profileEnd(objective, minimum, i, side, z))
  return [ends(-1), ends(1)]
}

function waldEnds(optimum: Optimum, z: number, method: 'standard' | 'sandwich'): [lower: number[], upper: number[]] {
  const { ofLogs, determined } = covarianceOf(optimum, method)
  const ends = (side: -1 | 1): number[] =>
    optimum.minimum.point.map((log, i) => log + side * z * (determined[i] ? Math.sqrt(ofLogs[i]![i]!) : Infinity))
  return [ends(-1), ends(1)]
}
