import type { Expansion } from '../math/minimizeNewton.ts'

/** A way in which the best parameters can run off, and what is left of the model there. */
export interface FitEdge {
  readonly reducesTo: string
  /** How many powers of e the parameters, given by their logarithms, lie out in this direction. */
  readonly distance: (theta: readonly number[]) => number
  /** The distance at which the likelihood is the limit's, for up to some 10^7 customers. */
  readonly limit: number
  /** Edges that do not matter where this one is reached. */
  readonly settles?: readonly FitEdge[]
}

/** Whether the parameters lie so far out that the likelihood is that of a simpler model, at the best of its own. */
export function isAtEdge(edges: readonly FitEdge[], theta: readonly number[], here: Expansion): boolean {
  return isFarOut(edges, theta) && isLevel(here)
}

/** Whether the parameters lie so far out, wherever the slope leads from there. */
export function isFarOut(edges: readonly FitEdge[], theta: readonly number[]): boolean {
  return edges.some(({ distance, limit }) => distance(theta) > limit)
}

/**
 * Whether the likelihood has no slope left, as far as its rounding lets tell, and that of θ where the curvature is large:
 * far out alone is no optimum.
 */
export function isLevel({ value, gradient, hessian }: Expansion): boolean {
  return gradient.every(
    (slope, i) => Math.abs(slope) < 1e-6 + 1e-12 * Math.abs(value) + 1e-14 * Math.abs(hessian[i]![i]!),
  )
}

/** The simpler model that parameters far out reduce to, in words; `undefined` if they are nowhere far out. */
export function edgeReached(edges: readonly FitEdge[], theta: readonly number[]): string | undefined {
  const reached = edges.filter(({ distance, limit }) => distance(theta) > limit / 2)
  const settled = reached.flatMap(({ settles }) => settles ?? [])
  const named = reached.filter((edge) => !settled.includes(edge))
  return named.length > 0 ? named.map(({ reducesTo }) => reducesTo).join('; ') : undefined
}

/** −ln of the share e^u / (e^u + e^v). */
export function minusLogShare(u: number, v: number): number {
  return Math.max(v - u, 0) + Math.log1p(Math.exp(-Math.abs(v - u)))
}
