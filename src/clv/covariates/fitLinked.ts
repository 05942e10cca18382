import { ClienteleError } from '../../core/errors.ts'
import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { diagnose, type FittedDiagnostics } from '../fitDiagnostics.ts'
import type { EdgeOf } from './covariateBase.ts'
import type { StandardColumn } from './covariateDesign.ts'
import { type CovariateEffect, type CovariateRole, type MovedParameter, signOn } from './covariateEffect.ts'
import { type Link, linkedObjective, thetaOf } from './linkedObjective.ts'

/** Columns of covariates that are to move parameters. */
export interface EffectToFit {
  readonly covariates: CovariateRole
  readonly on: readonly MovedParameter[]
  readonly columns: readonly StandardColumn[]
}

/** What a fit with covariates needs to know of the model without them. */
export interface LinkedProblem {
  /** The parameters, as the logarithms stand in θ. */
  readonly parameters: readonly string[]
  /** Minus the log-likelihood of each group of customers with equal covariates. */
  readonly objectives: readonly ((theta: readonly number[]) => Expansion)[]
  /** A θ to start at, with no effect of covariates. */
  readonly start: readonly number[]
  readonly effects: readonly EffectToFit[]
  readonly customers: number
  readonly edge: EdgeOf
}

/** The likeliest parameters at covariates of 0, and effects. */
export interface LinkedFit {
  readonly params: readonly number[]
  readonly effects: readonly CovariateEffect[]
  readonly diagnostics: FittedDiagnostics
}

/**
 * Fits parameters and coefficients together by Newton's method, in standardised covariates, and translates back.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if covariates lie so far from 0 that a parameter at 0 is no number
 */
export function fitLinked(
  caller: string,
  { parameters, objectives, start, effects, customers, edge }: LinkedProblem,
): LinkedFit {
  const size = parameters.length
  const columns = effects.flatMap(({ on, columns }) => columns.map((column) => ({ on, column })))
  const links = columns.map(({ on, column }): Link => {
    const moves = on.map((name) => [parameters.indexOf(name), signOn(name)] as const)
    return { moves, values: column.values }
  })
  const edgeAt = (point: readonly number[], here?: Expansion): string | undefined => {
    const apart = runsOff(point, size, links, objectives.length, here === undefined ? APART / 2 : APART)
    if (apart >= 0 && (here === undefined || isSettled(here)))
      return `covariates that move ${parameters[apart]} without bound, as far as to tell customers apart`
    // Where one group is not far out, the model does not reduce to a simpler one.
    let name: string | undefined
    for (let group = 0; group < objectives.length; group++) {
      name = edge(thetaOf(point, size, links, group), here)
      if (name === undefined) return undefined
    }
    return name
  }
  const minimum = minimizeNewton(linkedObjective(objectives, size, links), [...start, ...links.map(() => 0)], {
    isAtEdge: (point, here) => edgeAt(point, here) !== undefined,
  })
  const reducesTo = minimum.ended === 'converged' ? undefined : edgeAt(minimum.point)
  const names = [...parameters, ...columns.map(({ on, column }) => `${on.join(', ')}: ${column.name}`)]
  const asGiven = fromStandard(
    size,
    links,
    columns.map(({ column }) => column),
  )
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

/** Powers of e between the parameters of groups from which on one has all, and the other nothing. */
const APART = 34

/** The place of a parameter that coefficients drive to 0 or infinity for some groups, relative to others, or −1. */
function runsOff(
  point: readonly number[],
  size: number,
  links: readonly Link[],
  groups: number,
  apart: number,
): number {
  const low = point.slice(0, size).map(() => Number.POSITIVE_INFINITY)
  const high = low.map(() => Number.NEGATIVE_INFINITY)
  for (let group = 0; group < groups; group++) {
    thetaOf(point, size, links, group).forEach((value, parameter) => {
      low[parameter] = Math.min(low[parameter]!, value)
      high[parameter] = Math.max(high[parameter]!, value)
    })
  }
  return high.findIndex((most, parameter) => most - low[parameter]! > apart)
}

/** Whether the function changes no more, but for the way to an edge. */
function isSettled({ value, gradient }: Expansion): boolean {
  return gradient.every((slope) => Math.abs(slope) < 1e-6 + 1e-12 * Math.abs(value))
}

/** The matrix that leads from (θ at the mean covariates, standardised coefficients) to θ at 0 and coefficients as given. */
function fromStandard(size: number, links: readonly Link[], columns: readonly StandardColumn[]): number[][] {
  const width = size + links.length
  const matrix = Array.from({ length: width }, (_, i) =>
    Array.from({ length: width }, (_, j): number => (i === j ? 1 : 0)),
  )
  links.forEach(({ moves }, k) => {
    const { center, spread } = columns[k]!
    matrix[size + k]![size + k] = 1 / spread
    for (const [parameter, sign] of moves) matrix[parameter]![size + k] = (-sign * center) / spread
  })
  return matrix
}

/** Curvature below this share of the largest is none: the direction leads to the edge. */
const FLAT = 1e-8

/** The inverse Hessian, carried over by a Jacobian; NaN for what a flat direction moves. */
function covarianceThrough(
  { eigen, positiveDefinite }: Minimum,
  jacobian: readonly (readonly number[])[],
  atBoundary: boolean,
): number[][] {
  const { values, vectors } = eigen
  const floor = atBoundary ? FLAT * values[values.length - 1]! : 0
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
