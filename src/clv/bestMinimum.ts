import { holdCoordinate } from '../math/holdCoordinate.ts'
import { type Expansion, type Minimum, minimizeNewton, type NewtonOptions } from '../math/minimizeNewton.ts'

/** Minus a log-likelihood, for the minimiser. */
type Objective = (theta: readonly number[]) => Expansion

/**
 * Ends this near to the best are as good: one that converged says more than one at an edge, and that more than one whose
 * search gave up; else the first does.
 */
const LITTLE = 1e-7

/**
 * The best of the minima that searches from several starts end at: a likelihood may have several, inside and at its
 * edges, and none of them can be seen from the others.
 */
export function bestMinimum(
  objective: Objective,
  starts: readonly (readonly number[])[],
  options: NewtonOptions = {},
): Minimum {
  const ends = starts.map((start) => minimizeNewton(objective, start, options))
  // A start may lie too far out for doubles.
  const known = ends.filter(({ value }) => !Number.isNaN(value))
  const least = Math.min(...known.map(({ value }) => value))
  const near = known.filter(({ value }) => value <= least + LITTLE)
  const of = (end: Minimum['ended']): Minimum | undefined => near.find(({ ended }) => ended === end)
  return of('converged') ?? of('edge') ?? near[0] ?? ends[0]!
}

/** By how much another start must win on a sample to be worth it on all. */
const CLEARLY = 1e-3

/** What a sample says of starts. */
export interface StartsOnSample {
  /** Where a search from the first start ends. */
  readonly near: readonly number[]
  /** Another start, if it leads to a better place. */
  readonly better: readonly (readonly number[])[]
}

/**
 * Tries starts on a sample, for data that are too many to be searched from each.
 *
 * @param within - how far above the end of the first search another one may begin not to be in vain
 */
export function promisingStarts(
  sample: Objective,
  starts: readonly (readonly number[])[],
  options: NewtonOptions,
  within: number = Number.POSITIVE_INFINITY,
): StartsOnSample {
  const search = (from: readonly number[]): Minimum =>
    minimizeNewton(sample, from, { tolerance: 1e-2, maxIterations: 20, ...options })
  const { point, value } = search(starts[0]!)
  const others = starts.slice(1).filter((other) => sample(other).value < value + within)
  const ends = others.map((other) => search(other).value)
  const best = Math.min(...ends)
  return { near: point, better: best < value - CLEARLY ? [others[ends.indexOf(best)]!] : [] }
}

/** How far a search beside an edge may run off towards another one. */
const FAR = 20

/**
 * A start beside an edge: `start` itself in coordinate `i`, which says how near, and about the best of that limit in the
 * others. From farther away, a search may be caught before it comes here.
 */
export function startBesideEdge(objective: Objective, start: readonly number[], i: number): number[] {
  const at = start[i]!
  const others = start.filter((_, j) => j !== i)
  const isFar = (point: readonly number[]): boolean => point.some((value, j) => Math.abs(value - others[j]!) > FAR)
  const held = holdCoordinate(objective, i, at)
  const { point } = minimizeNewton(held, others, { tolerance: 0.1, maxIterations: 20, isAtEdge: isFar })
  return [...point.slice(0, i), at, ...point.slice(i)]
}
