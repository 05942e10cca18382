import type { Expansion, Minimum } from '../math/minimizeNewton.ts'

/** Minus a log-likelihood with its derivatives, as a function of θ. */
export type Objective = (theta: readonly number[]) => Expansion

/**
 * The likelihood of a kind of model over the distinct histories of its data, with their weights left open: all that
 * intervals and resampling need to know of a model. θ holds the logarithms of the parameters, and then the coefficients
 * of covariates, each in a unit in which 1 is a moderate change.
 */
export interface ModelLikelihood {
  /** The estimates, by the names in the model's diagnostics, in the order of θ. */
  readonly parameters: readonly string[]
  /** For each place of θ: of a coefficient, how much of it is 1; `undefined` for the logarithm of a parameter. */
  readonly units: readonly (number | undefined)[]
  /** Customers with each distinct history. */
  readonly weights: Float64Array
  /** Of all customers, if each history had this many. */
  readonly objective: (weights: Float64Array) => Objective
  /** Of one customer with the history. */
  readonly ofHistory: (index: number) => Objective
  /** The best θ under these weights, sought from a point nearby. */
  readonly minimize: (weights: Float64Array, known: readonly number[]) => Minimum
}
