import type { Expansion } from '../../math/minimizeNewton.ts'
import type { EdgeOf } from './covariateBase.ts'
import { signOn } from './covariateEffect.ts'
import { type CovariateFit, type EffectToFit, fitStandardised, type StandardProblem } from './fitStandardised.ts'
import { type Link, linkedObjective, thetaOf } from './linkedObjective.ts'

/** What a fit with covariates of customers needs to know of the model without them. */
export interface LinkedProblem extends Omit<StandardProblem, 'objective' | 'edge'> {
  /** Minus the log-likelihood of each group of customers with equal covariates. */
  readonly objectives: readonly ((theta: readonly number[]) => Expansion)[]
  readonly edge: EdgeOf
}

/** Fits parameters and coefficients together to groups of customers with equal covariates; as `fitStandardised`. */
export function fitLinked(caller: string, problem: LinkedProblem): CovariateFit {
  return fitStandardised(caller, linkedProblem(problem))
}

/** The same problem for all groups together. */
export function linkedProblem({ objectives, edge, ...problem }: LinkedProblem): StandardProblem {
  const { parameters, effects } = problem
  const links = linksOf(parameters, effects)
  return {
    ...problem,
    objective: linkedObjective(objectives, parameters.length, links),
    edge: linkedEdge(parameters, links, objectives.length, edge),
  }
}

/** How the coefficients of effects move the parameters. */
export function linksOf(parameters: readonly string[], effects: readonly EffectToFit[]): Link[] {
  return effects.flatMap(({ on, columns }) => {
    const moves = on.map((name) => [parameters.indexOf(name), signOn(name)] as const)
    return columns.map(({ values }): Link => ({ moves, values }))
  })
}

/** The simpler model that a point far out reduces to, if it does so for all groups. */
export function linkedEdge(
  parameters: readonly string[],
  links: readonly Link[],
  groups: number,
  edge: EdgeOf,
): StandardProblem['edge'] {
  const size = parameters.length
  return (point, here) => {
    const apart = runsOff(point, size, links, groups, here === undefined ? APART / 2 : APART)
    if (apart >= 0 && (here === undefined || isSettled(here)))
      return `covariates that move ${parameters[apart]} without bound`
    let name: string | undefined
    for (let group = 0; group < groups; group++) {
      name = edge(thetaOf(point, size, links, group), here)
      if (name === undefined) return undefined
    }
    return name
  }
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
