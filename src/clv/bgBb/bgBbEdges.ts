import { type FitEdge, minusLogShare } from '../fitEdges.ts'

const ONE_DROPOUT: FitEdge = {
  reducesTo: 'one dropout probability for all customers (gamma and delta to infinity)',
  distance: ([, , lnGamma, lnDelta]) => Math.max(lnGamma!, lnDelta!),
  limit: 32,
}

const AT_ONCE_OR_NEVER: FitEdge = {
  reducesTo: 'some customers leave before the first opportunity, the others never (gamma and delta to 0)',
  distance: ([, , lnGamma, lnDelta]) => -Math.max(lnGamma!, lnDelta!),
  limit: 32,
}

const ONE_CHANCE: FitEdge = {
  reducesTo: 'one purchase probability for all customers (alpha and beta to infinity)',
  distance: ([lnAlpha, lnBeta]) => Math.max(lnAlpha!, lnBeta!),
  limit: 32,
}

const ALWAYS_OR_NEVER: FitEdge = {
  reducesTo: 'some customers buy at every opportunity, the others never (alpha and beta to 0)',
  distance: ([lnAlpha, lnBeta]) => -Math.max(lnAlpha!, lnBeta!),
  limit: 32,
}

/** The edges of the BG/BB model, over θ = (ln α, ln β, ln γ, ln δ). */
export const BG_BB_EDGES: readonly FitEdge[] = [
  {
    reducesTo: 'beta-binomial: no customer leaves (gamma / (gamma + delta) to 0)',
    distance: ([, , lnGamma, lnDelta]) => minusLogShare(lnGamma!, lnDelta!),
    limit: 34,
    settles: [ONE_DROPOUT, AT_ONCE_OR_NEVER],
  },
  {
    reducesTo: 'every customer buys at each opportunity until leaving (beta / (alpha + beta) to 0)',
    distance: ([lnAlpha, lnBeta]) => minusLogShare(lnBeta!, lnAlpha!),
    limit: 34,
    settles: [ONE_CHANCE, ALWAYS_OR_NEVER],
  },
  {
    reducesTo: 'no repeat purchases at all (alpha / (alpha + beta) to 0)',
    distance: ([lnAlpha, lnBeta]) => minusLogShare(lnAlpha!, lnBeta!),
    limit: 34,
    settles: [ONE_CHANCE, ALWAYS_OR_NEVER],
  },
  ONE_DROPOUT,
  AT_ONCE_OR_NEVER,
  ONE_CHANCE,
  ALWAYS_OR_NEVER,
]
