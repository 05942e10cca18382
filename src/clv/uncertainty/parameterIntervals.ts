import { checkChoice, checkNumber } from '../../core/checks.ts'
import { normalQuantile } from '../../math/normal.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import type { LikelihoodModel } from '../modelLikelihood.ts'
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

/** Intervals of a model's parameters; lists follow `parameters`. */
export interface ParameterIntervals {
  readonly parameters: readonly string[]
  readonly estimates: readonly number[]
  /** 0 where nothing bounds the parameter from below, as at an edge. */
  readonly lower: readonly number[]
  /** Infinity where nothing bounds the parameter from above. */
  readonly upper: readonly number[]
  readonly level: number
  readonly method: 'standard' | 'sandwich' | 'profile'
}

/**
 * Confidence intervals of a fitted model's parameters. Standard and sandwich intervals are symmetric in the logarithms:
 * parameters are positive and their estimates skewed, and logarithms mend both. A profile interval is the same on any
 * scale.
 *
 * Standard costs a step or two of the fit, sandwich a likelihood for each distinct history by itself, profile about
 * twenty evaluations of the likelihood for each end.
 *
 * @param summary - what the model was fitted to
 * @throws {ClienteleError} `BAD_SHAPE` if the model was not fitted to this summary; `UNIT_MISMATCH` if the time units
 *   differ; `BAD_OPTION` for another method or a level out of range
 * @see Pawitan (2001), "In All Likelihood", sections 2.9 and 3.4 (Wald and profile intervals); White (1982), "Maximum
 *   Likelihood Estimation of Misspecified Models"
 * @example
 * const { lower, upper } = parameterIntervals(model, summary, { method: 'profile' })
 * lower[0] // 0.2228…, of r, whose estimate is 0.2426
 * upper[0] // 0.2642…
 */
export function parameterIntervals(
  model: LikelihoodModel,
  summary: CustomerSummary,
  options: ParameterIntervalsOptions = {},
): ParameterIntervals {
  const caller = 'parameterIntervals'
  const { level = 0.9, method = 'standard' } = options
  checkNumber(caller, 'level', level, 1e-6, 1 - 1e-6)
  checkChoice(caller, 'method', method, ['standard', 'sandwich', 'profile'])
  const optimum = optimumOf(caller, model, summary)
  const z = normalQuantile((1 + level) / 2)
  const [lower, upper] = method === 'profile' ? profileEnds(optimum, z) : waldEnds(optimum, z, method)
  const { likelihood, minimum } = optimum
  return {
    parameters: likelihood.parameters,
    estimates: minimum.point.map(Math.exp),
    lower: lower.map(Math.exp),
    upper: upper.map(Math.exp),
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
