import type { Expansion } from '../../math/minimizeNewton.ts'
import { edgeReached, type FitEdge, isAtEdge } from '../fitEdges.ts'

/** Powers of e after which the likelihood is that of the edge, for up to some 10^7 purchases. */
const LIMIT = 30

/**
 * The edges of the Gamma-Gamma model, over θ = (ln p, ln q, ln v). Where customers hardly differ, p and q may both be
 * large without an edge: it is their ratio that leads to one.
 */
export const GAMMA_GAMMA_EDGES: readonly FitEdge[] = [
  {
    reducesTo: 'one spend distribution for all customers (q and v to infinity)',
    distance: ([lnP, lnQ]) => lnQ! - Math.max(lnP!, 0),
    limit: LIMIT,
  },
  {
    reducesTo: 'every customer always spends the same (p to infinity, v to 0)',
    distance: ([lnP, lnQ]) => lnP! - Math.max(lnQ!, 0),
    limit: LIMIT,
  },
]

/**
 * The simpler model that parameters far out reduce to, in words: with `here`, the expansion there, only where nothing is
 * left to gain; without, from half that far out on.
 */
export function gammaGammaEdge(theta: readonly number[], here?: Expansion): string | undefined {
  if (here !== undefined && !isAtEdge(GAMMA_GAMMA_EDGES, theta, here)) return undefined
  return edgeReached(GAMMA_GAMMA_EDGES, theta)
}
