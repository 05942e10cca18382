import type { Expansion } from '../../math/minimizeNewton.ts'
import type { FitEdge } from '../fitEdges.ts'
import { logOneMinusExp, logSurvival } from './contractSurvival.ts'
import type { PowerOfTime } from './powerOfTime.ts'
import { isSteep } from './powerOfTimeFit.ts'

const ONE_CHANCE: FitEdge = {
  reducesTo: 'one chance to leave for all customers (alpha and beta to infinity)',
  // A large β alone is not it: with a large c, customers may differ nevertheless.
  distance: ([lnAlpha]) => lnAlpha!,
  limit: 32,
}

const AT_ONCE_OR_NEVER: FitEdge = {
  reducesTo: 'some customers leave at the first renewal, the others never (alpha and beta to 0)',
  distance: ([lnAlpha, lnBeta]) => -Math.max(lnAlpha!, lnBeta!),
  limit: 32,
}

const FIRST_RENEWAL_DECIDES: FitEdge = {
  reducesTo: 'who makes the first renewal stays for ever (c to 0)',
  distance: ([, , lnC = 0]) => -lnC,
  limit: 32,
}

/**
 * Whether a search is on its way to the limit in which contracts fall off with a power of time, α → 0 and c → ∞: at the end
 * of doubles, or where c does not matter any more. That limit is fitted by itself.
 */
export function isNearPowerOfTime([, lnBeta, lnC = 0]: readonly number[], { gradient, hessian }: Expansion): boolean {
  if (lnC < STEEP) return false
  return lnBeta! > 690 || (Math.abs(gradient[2]!) < 1e-9 && Math.abs(hessian[2]![2]!) < 1e-9)
}

/** The ln c from which on a search may be on that way. */
const STEEP = Math.LN2 * 6

/** What is left of the model where contracts fall off with a power of time, in words. */
export function powerOfTimeEdge({ onset, exponent }: PowerOfTime): string {
  const steep = isSteep(exponent, Math.floor(onset) + 1)
    ? '; all who are left leave at the renewal after (exponent to infinity)'
    : ''
  return `contracts that outlast some renewal fall off with a power of time (alpha to 0, c to infinity)${steep}`
}

/** The edges of the contract models, over θ = (ln α, ln β) or (ln α, ln β, ln c), of contracts of up to `longest` periods. */
export function contractEdges(longest: number): readonly FitEdge[] {
  return [
    {
      reducesTo: 'no customer leaves (alpha / (alpha + beta) to 0)',
      // The share of those who leave in all the time: with a large c, that may be many at whatever β.
      distance: (theta) => {
        const [alpha, beta, c] = [theta[0]!, theta[1]!, theta[2] ?? 0].map(Math.exp) as [number, number, number]
        return -logOneMinusExp(logSurvival(alpha, beta, c, longest))
      },
      limit: 30,
      settles: [ONE_CHANCE, AT_ONCE_OR_NEVER, FIRST_RENEWAL_DECIDES],
    },
    ONE_CHANCE,
    AT_ONCE_OR_NEVER,
    FIRST_RENEWAL_DECIDES,
  ]
}
