import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { isLevel } from '../fitEdges.ts'
import { isWithoutRepeats, NO_REPEATS } from '../noRepeats.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'

/** How much a data set could tell of what an edge leaves out. */
export interface EdgeScale {
  readonly customers: number
  /** Σ (x + 1)² over the customers. */
  readonly squares: number
  /** The longest T. */
  readonly longest: number
}

/** What the edges need to know of histories. */
export function edgeScale({ repeats, weights, times }: PurchaseHistories): EdgeScale {
  const squares = weights.map((customers, i) => customers * (repeats[i]! + 1) ** 2)
  return {
    customers: compensatedSum(weights),
    squares: compensatedSum(squares),
    longest: times[times.length - 1]!,
  }
}

/** A way in which the best parameters can run off, and what is left of the Pareto/NBD model there. */
interface Edge {
  readonly reducesTo: string
  /** ln of about how far the log-likelihood at θ = (ln r, ln α, ln s, ln β) is from that of the limit. */
  readonly logRest: (theta: readonly number[], scale: EdgeScale) => number
}

const EDGES: readonly Edge[] = [
  {
    reducesTo: 'NBD: no customer leaves (s / beta to 0)',
    // How many are expected to leave: customers × s ln(1 + T/β).
    logRest: ([, , logS, logBeta], { customers, longest }) =>
      Math.log(customers) + logS! + logSoftplus(Math.log(longest) - logBeta!),
  },
  {
    reducesTo: 'one dropout rate for all customers (s and beta to infinity)',
    // customers × (dropouts of the one rate by then)² / s, while they are few.
    logRest: ([, , logS, logBeta], { customers, longest }) =>
      Math.log(customers) + 2 * Math.min(logS! - logBeta! + Math.log(longest), 2) - logS!,
  },
  {
    reducesTo: 'some customers leave at once, the others never (s and beta to 0)',
    // A share 1 − e^−c leaves at once where β = e^(−c/s), and about s customers are left out: doubles end at s = c/700.
    logRest: ([, , , logBeta], { longest }) => (logBeta! - Math.log(longest)) / 36,
  },
  {
    reducesTo: 'one purchase rate for all customers (r and alpha to infinity)',
    logRest: ([logR], { squares }) => Math.log(squares) - logR!,
  },
  {
    reducesTo: 'almost no customer repeats, the few others at all rates (r to 0)',
    logRest: ([logR], { squares }) => Math.log(squares) + logR!,
  },
]

/** Whether β is so small that customers of the longest T leave at once or, as good as, never. */
export function isNearAtOnceOrNever([, , , logBeta]: readonly number[], { longest }: EdgeScale): boolean {
  return logBeta! - Math.log(longest) < -12
}

/** Whether β is so far from the longest T that a search may be on its way to an edge. */
export function isDrifting([, , , logBeta]: readonly number[], { longest }: EdgeScale): boolean {
  const beyond = logBeta! - Math.log(longest)
  return beyond > 1 || beyond < -3
}

/** Whether hardly a customer of all is expected to leave. */
export function isNearNbd(theta: readonly number[], scale: EdgeScale): boolean {
  return EDGES[0]!.logRest(theta, scale) < -1
}

/** What is left where some customers leave at once and the others never, in words. */
export function atOnceOrNeverEdge([logR]: readonly number[], scale: EdgeScale): string {
  return [EDGES[2]!, ...EDGES.slice(3).filter(({ logRest }) => logRest([logR!], scale) < LITTLE_LEFT)]
    .map(({ reducesTo }) => reducesTo)
    .join('; ')
}

/** Whether the parameters lie so far out that the likelihood is that of a simpler model, at the best of its own. */
export function isAtParetoNbdEdge(theta: readonly number[], here: Expansion, scale: EdgeScale): boolean {
  const reached = EDGES.filter(({ logRest }) => logRest(theta, scale) < NOTHING_LEFT)
  return reached.length > 0 && (isLevel(here) || reached.includes(EDGES[2]!))
}

/** The simpler model that parameters far out reduce to, in words; `undefined` if they are nowhere far out. */
export function paretoNbdEdge(theta: readonly number[], scale: EdgeScale): string | undefined {
  if (isWithoutRepeats(theta)) return NO_REPEATS
  const reached = EDGES.filter(({ logRest }) => logRest(theta, scale) < LITTLE_LEFT)
  // Where nobody leaves, it does not matter how customers differ in it.
  const named = reached.filter((edge) => !reached.includes(EDGES[0]!) || (edge !== EDGES[1] && edge !== EDGES[2]))
  return named.length > 0 ? named.map(({ reducesTo }) => reducesTo).join('; ') : undefined
}

/** Some 1e-7 of log-likelihood is still to be gained. */
export const NOTHING_LEFT = -18
/** Enough to call an edge by its name where the search ended, at another one or for want of descent. */
const LITTLE_LEFT = -7

/** ln(1 + e^y). */
function softplus(y: number): number {
  return Math.max(y, 0) + Math.log1p(Math.exp(-Math.abs(y)))
}

/** ln ln(1 + e^y). */
function logSoftplus(y: number): number {
  return y < -36 ? y : Math.log(softplus(y))
}
