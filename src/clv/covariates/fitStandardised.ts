import { ClienteleError } from '../../core/errors.ts'
import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { diagnose, type FittedDiagnostics } from '../fitDiagnostics.ts'
import type { StandardColumn } from './covariateDesign.ts'
import {
  type CovariateEffect,
  type CovariateRole,
  coefficientName,
  type MovedParameter,
  signOn,
} from './covariateEffect.ts'

/** Columns of covariates that are to move parameters. */
export interface EffectToFit {
  readonly covariates: CovariateRole
  readonly on: readonly MovedParameter[]
  readonly columns: readonly StandardColumn[]
}

/** A fit of parameters and of coefficients of standardised covariates. */
export interface StandardProblem {
  /** The parameters, as the logarithms stand in θ. */
  readonly parameters: readonly string[]
  readonly effects: readonly EffectToFit[]
  /** Minus the log-likelihood, of θ at the mean covariates and then the coefficients of the standardised columns. */
  readonly objective: (point: readonly number[]) => Expansion
  /** A θ to start at; then the coefficients, if it has them, which else are 0. */
  readonly start: readonly number[]
  readonly customers: number
  /**
   * The simpler model that a point far out reduces to, in words: with `here`, the expansion there, only where nothing is
   * left to gain; without, from half that far out on.
   */
  readonly edge: (point: readonly number[], here?: Expansion) => string | undefined
}

/** The likeliest parameters at covariates of 0, and effects. */
export interface CovariateFit {
  readonly params: readonly number[]
  readonly effects: readonly CovariateEffect[]
  readonly diagnostics: FittedDiagnostics
}

/**
 * Fits parameters and coefficients together by Newton's method, in standardised covariates, and translates back.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if covariates lie so far from 0 that a parameter at 0 is no number
 */
export function fitStandardised(caller: string, problem: StandardProblem): CovariateFit {
  return describeFit(caller, problem, searchStandardised(problem))
}

/** The best parameters at the mean covariates, and coefficients of the standardised columns. */
export function searchStandardised({ parameters, effects, objective, start, edge }: StandardProblem): Minimum {
  const given = start.length - parameters.length
  const rest = effects.flatMap(({ columns }) => columns.map(() => 0)).slice(given)
  return minimizeNewton(objective, [...start, ...rest], {
    isAtEdge: (point, here) => edge(point, here) !== undefined,
  })
}

/**
 * What a search found, translated back.
 *
 * @throws {ClienteleError} as `fitStandardised`
 */
export function describeFit(
  caller: string,
  { parameters, effects, customers, edge }: StandardProblem,
  minimum: Minimum,
): CovariateFit {
  const size = parameters.length
  const columns = effects.flatMap(({ on, columns }) => columns.map((column) => ({ on, column })))
  const reducesTo = minimum.ended === 'converged' ? undefined : edge(minimum.point)
  const names = [...parameters, ...columns.map(({ on, column }) => coefficientName(on, column.name))]
  const asGiven = fromStandard(parameters, columns)
  const natural = asGiven.map((row) => row.reduce((sum, factor, j) => sum + factor * minimum.point[j]!, 0))
  const params = natural.slice(0, size).map((logarithm, i) => parameterAtZero(caller, parameters[i]!, logarithm))
  const jacobian = asGiven.map((row, i) => (i < size ? row.map((factor) => factor * params[i]!) : row))
  const covariance = covarianceThrough(minimum, jacobian, reducesTo !== undefined)
  let next = size
  return {
    params,
    effects: effects.map(({ covariates, on, columns }) => {
      const coefficients = columns.map(() => natural[next++]!)
      return { covariates, on, columns: columns.map(({ name }) => name), coefficients }
    }),
    diagnostics: {
      ...diagnose(minimum, names, customers, reducesTo),
      standardErrors: covariance.map((row, i) => Math.sqrt(row[i]!)),
      covariance,
    },
  }
}

function parameterAtZero(caller: string, name: string, logarithm: number): number {
  const value = Math.exp(logarithm)
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: the covariates must lie nearer to 0, where "${name}" is e^${logarithm.toPrecision(3)}: subtract a constant`,
  )
}

/** The matrix that leads from (θ at the mean covariates, standardised coefficients) to θ at 0 and coefficients as given. */
function fromStandard(
  parameters: readonly string[],
  columns: readonly { readonly on: readonly MovedParameter[]; readonly column: StandardColumn }[],
): number[][] {
  const size = parameters.length
  const width = size + columns.length
  const matrix = Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (_, j): number => (i === j ? 1 : 0)),
  )
  columns.forEach(({ on, column: { center, spread } }, k) => {
    matrix[size + k]![size + k] = 1 / spread
    for (const name of on) matrix[parameters.indexOf(name)]![size + k] = (-signOn(name) * center) / spread
  })
  return matrix
}

/** Curvature below this share of the largest, or of 1, is none: the direction leads to the edge. */
const FLAT = 1e-8

/** The inverse Hessian, carried over by a Jacobian; NaN for what a flat direction moves. */
function covarianceThrough(
  { eigen, positiveDefinite }: Minimum,
  jacobian: readonly (readonly number[])[],
  atBoundary: boolean,
): number[][] {
  const { values, vectors } = eigen
  const floor = atBoundary ? FLAT * Math.max(values[values.length - 1]!, 1) : 0
  const along = vectors.map((vector) =>
    jacobian.map((row) => row.reduce((sum, slope, j) => sum + slope * vector[j]!, 0)),
  )
  const isKnown = jacobian.map((row, i) => {
    const length = Math.hypot(...row)
    const isStill = along.every((moved, k) => values[k]! > floor || Math.abs(moved[i]!) < 1e-3 * length)
    return (positiveDefinite || atBoundary) && isStill
  })
  return jacobian.map((_, i) =>
    jacobian.map((_, j) => {
      if (!isKnown[i] || !isKnown[j]) return Number.NaN
      return along.reduce((sum, moved, k) => (values[k]! > floor ? sum + (moved[i]! * moved[j]!) / values[k]! : sum), 0)
    }),
  )
}
