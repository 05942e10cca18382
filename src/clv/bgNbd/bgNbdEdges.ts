import type { Expansion } from '../../math/minimizeNewton.ts'
import { isLevel } from '../fitEdges.ts'
import { isWithoutRepeats, NO_REPEATS } from '../noRepeats.ts'
import type { BgVariant } from './bgVariant.ts'

/** A way in which the best parameters can run off, and what is left of a model of the BG/NBD family there. */
interface Edge {
  readonly reducesTo: (variant: BgVariant) => string
  /** How many powers of e the parameters θ = (ln r, ln α, ln a, ln b) lie out in this direction. */
  readonly distance: (theta: readonly number[]) => number
  /** The distance at which the likelihood is the limit's, for up to some 10^7 purchases. */
  readonly limit: number
}

const EDGES: readonly Edge[] = [
  {
    reducesTo: ({ k }) => `${k > 1 ? `condensed NBD of order ${k}` : 'NBD'}: no customer leaves (a / (a + b) to 0)`,
    distance: (theta) => softplus(theta[3]! - theta[2]!),
    limit: 34,
  },
  {
    reducesTo: () => 'one repeat purchase at most: every customer leaves with the first one (b / (a + b) to 0)',
    distance: (theta) => softplus(theta[2]! - theta[3]!),
    limit: 34,
  },
  {
    reducesTo: () => 'one dropout probability for all customers (a and b to infinity)',
    distance: (theta) => Math.max(theta[2]!, theta[3]!),
    limit: 32,
  },
  {
    reducesTo: ({ early }) =>
      `some customers leave with the first ${early ? '' : 'repeat '}purchase, the others never (a and b to 0)`,
    distance: (theta) => -Math.max(theta[2]!, theta[3]!),
    limit: 32,
  },
  {
    reducesTo: () => 'one purchase rate for all customers (r and alpha to infinity)',
    distance: (theta) => theta[0]!,
    limit: 32,
  },
  {
    reducesTo: () => 'almost no customer repeats, the few others at all rates (r to 0)',
    distance: (theta) => -theta[0]!,
    limit: 32,
  },
]

/** Whether the parameters lie so far out that the likelihood is that of a simpler model. */
export function isFarOut(theta: readonly number[]): boolean {
  return EDGES.some(({ distance, limit }) => distance(theta) > limit)
}

/** Whether they lie so far out, at the best of the simpler model. */
export function isAtBgNbdEdge(theta: readonly number[], here: Expansion): boolean {
  return isFarOut(theta) && isLevel(here)
}

/** The simpler model that parameters far out reduce to, in words; `undefined` if they are nowhere far out. */
export function bgNbdEdge(theta: readonly number[], variant: BgVariant): string | undefined {
  if (isWithoutRepeats(theta)) return NO_REPEATS
  const reached = EDGES.filter(({ distance, limit }) => distance(theta) > limit / 2)
  // Where nobody leaves, or everybody at once, it does not matter how customers differ in it.
  const settled = reached.includes(EDGES[0]!) || reached.includes(EDGES[1]!)
  const named = reached.filter((edge) => !settled || (edge !== EDGES[2] && edge !== EDGES[3]))
  return named.length > 0 ? named.map(({ reducesTo }) => reducesTo(variant)).join('; ') : undefined
}

/** ln(1 + e^y): minus the logarithm of a share a / (a + b), given ln(b / a). */
function softplus(y: number): number {
  return Math.max(y, 0) + Math.log1p(Math.exp(-Math.abs(y)))
}
