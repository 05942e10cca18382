import { type FitEdge, minusLogShare } from '../fitEdges.ts'

const ONE_CHANCE: FitEdge = {
  reducesTo: 'one chance to leave for all customers (alpha and beta to infinity)',
  distance: ([lnAlpha, lnBeta]) => Math.max(lnAlpha!, lnBeta!),
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

// What is left of the limit there falls like 2^−c.
const POWER_OF_TIME: FitEdge = {
  reducesTo: 'contracts that outlast some renewal fall off with a power of time (alpha to 0, c to infinity)',
  distance: ([, , lnC = 0]) => lnC,
  limit: Math.LN2 * 6,
}

/** The edges of the contract models, over θ = (ln α, ln β) or (ln α, ln β, ln c). */
export const CONTRACT_EDGES: readonly FitEdge[] = [
  {
    reducesTo: 'no customer leaves (alpha / (alpha + beta) to 0)',
    distance: ([lnAlpha, lnBeta]) => minusLogShare(lnAlpha!, lnBeta!),
    limit: 34,
    settles: [ONE_CHANCE, AT_ONCE_OR_NEVER, FIRST_RENEWAL_DECIDES, POWER_OF_TIME],
  },
  ONE_CHANCE,
  AT_ONCE_OR_NEVER,
  FIRST_RENEWAL_DECIDES,
  POWER_OF_TIME,
]
