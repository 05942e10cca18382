import type { FitEdge } from '../fitEdges.ts'
import { logOneMinusExp, logSurvival } from './contractSurvival.ts'

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

// The slope tells how near the limit is: some power of 2^−c, or of 1/c.
const POWER_OF_TIME: FitEdge = {
  reducesTo: 'contracts that outlast some renewal fall off with a power of time (alpha to 0, c to infinity)',
  distance: ([, , lnC = 0]) => lnC,
  limit: Math.LN2 * 6,
}

/** Whether β is about to leave the doubles, on the way to a power of time beyond a renewal later than the first. */
export function isAtEndOfDoubles([, lnBeta, lnC = 0]: readonly number[]): boolean {
  return lnBeta! > 690 && lnC > POWER_OF_TIME.limit
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
      settles: [ONE_CHANCE, AT_ONCE_OR_NEVER, FIRST_RENEWAL_DECIDES, POWER_OF_TIME],
    },
    ONE_CHANCE,
    AT_ONCE_OR_NEVER,
    FIRST_RENEWAL_DECIDES,
    POWER_OF_TIME,
  ]
}
