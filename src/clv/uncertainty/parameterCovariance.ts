import { checkChoice, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { type LogCovariance, logCovariance } from '../fitDiagnostics.ts'
import type { HistoriesOf, LikelihoodModel } from '../likelihoodOf.ts'
import type { ModelLikelihood } from '../modelLikelihood.ts'
import { type Optimum, optimumOf } from './optimum.ts'

/** Options of `parameterCovariance`. */
export interface ParameterCovarianceOptions {
  /**
   * `'standard'`: the inverse of the observed information, right if the model is. `'sandwich'`: with the observed
   * spread of the customers' scores inside, which asks only that customers are independent. @default 'standard'
   */
  readonly method?: 'standard' | 'sandwich'
}

/** How far the estimates of a model may be off: parameters on the scale of their logarithms, coefficients as they are. */
export interface ParameterCovariance extends LogCovariance {
  readonly parameters: readonly string[]
  readonly method: 'standard' | 'sandwich'
}

/**
 * Covariance of the logarithms of a model's estimated parameters, and of its coefficients of covariates: what `purchaseIntervals` and `lifetimeValue` take to
 * let the uncertainty of the parameters into their intervals. At a boundary the directions that lead to the edge, along
 * which the likelihood and so the forecasts stand still, count as known, and the rest remains uncertain.
 *
 * Costs a step or two of the fit; the sandwich also a likelihood of each distinct history by itself.
 *
 * @param summary - what the model was fitted to
 * @throws {ClienteleError} `BAD_SHAPE` if the model was not fitted to this summary; `UNIT_MISMATCH` if the time units
 *   differ; `BAD_OPTION` for another method
 * @see Huber (1967), "The behavior of maximum likelihood estimates under nonstandard conditions"; White (1982),
 *   "Maximum Likelihood Estimation of Misspecified Models", theorem 3.2
 * @example
 * parameterCovariance(model, summary).ofLogs[0]![0]! // 0.0026…, the variance of ln r
 */
export function parameterCovariance<Model extends LikelihoodModel>(
  model: Model,
  summary: HistoriesOf<Model>,
  options: ParameterCovarianceOptions = {},
): ParameterCovariance {
  const caller = 'parameterCovariance'
  const { method = 'standard', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkChoice(caller, 'method', method, ['standard', 'sandwich'])
  const optimum = optimumOf(caller, model, summary)
  const { ofLogs, ...covariance } = covarianceOf(optimum, method)
  const units = optimum.likelihood.units.map((unit) => unit ?? 1)
  return { ...covariance, ofLogs: ofLogs.map((row, i) => row.map((value, j) => value * units[i]! * units[j]!)) }
}

/** The covariance of θ at an optimum. */
export function covarianceOf(
  { likelihood, minimum, atBoundary }: Optimum,
  method: 'standard' | 'sandwich',
): ParameterCovariance {
  const bread = logCovariance(minimum, atBoundary)
  const ofLogs = method === 'standard' ? bread.ofLogs : sandwich(bread.ofLogs, scoreProducts(likelihood, minimum.point))
  return { parameters: likelihood.parameters, method, ofLogs, determined: bread.determined }
}

/** Σ s sᵀ over customers, s the gradient of a customer's log-likelihood. */
function scoreProducts({ weights, ofHistory }: ModelLikelihood, theta: readonly number[]): number[][] {
  const products = theta.map(() => theta.map(() => 0))
  weights.forEach((customers, index) => {
    if (customers === 0) return // what nobody did may be impossible, without a slope
    const { gradient } = ofHistory(index)(theta)
    products.forEach((row, i) => {
      for (let j = 0; j < row.length; j++) row[j]! += customers * gradient[i]! * gradient[j]!
    })
  })
  return products
}

function sandwich(bread: readonly (readonly number[])[], filling: readonly (readonly number[])[]): number[][] {
  const half = product(bread, filling)
  return product(half, bread)
}

function product(left: readonly (readonly number[])[], right: readonly (readonly number[])[]): number[][] {
  return left.map((row) => right.map((_, j) => row.reduce((sum, value, k) => sum + value * right[k]![j]!, 0)))
}
