import type { Expansion } from '../../math/minimizeNewton.ts'
import { startBesideEdge } from '../bestMinimum.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'
import type { BgVariant } from './bgVariant.ts'

/** Rates with a coefficient of variation of √2 about the observed mean, and one purchase in four the last. */
export function startingPoint(histories: PurchaseHistories, { k }: BgVariant): number[] {
  const { phases, exposure } = totals(histories, k)
  return [0.5, (0.5 * exposure) / phases, 0.5, 1.5].map(Math.log)
}

/** How far from the edges that they stand for some starts lie, in powers of e. */
const BESIDE = 8

/**
 * Where else to begin: with customers much alike in their rates and at odds about leaving, with rates far apart and most
 * leaving at the first occasion, beside the limit of one dropout probability for all, and beside that in which some leave
 * at once and the others never. Together these reached the best that random starts found on some two thousand small and
 * odd data sets.
 */
export function otherStartingPoints(
  histories: PurchaseHistories,
  { k }: BgVariant,
  objective: (theta: readonly number[]) => Expansion,
): (readonly number[])[] {
  const { phases, exposure, customers } = totals(histories, k)
  const logAlpha = Math.log(exposure / phases)
  const usual = [Math.log(0.5), Math.log(0.5) + logAlpha]
  // As if every customer had left with the last purchase.
  const logStays = Math.log(phases / (k * customers))
  return [
    [Math.log(3), Math.log(3) + logAlpha, Math.log(0.05), Math.log(0.2)],
    [Math.log(0.2), Math.log(0.01) + logAlpha, Math.log(3), Math.log(0.05)],
    startBesideEdge(objective, [...usual, BESIDE, BESIDE + Math.max(logStays, 0)], 2),
    startBesideEdge(objective, [...usual, -BESIDE, -BESIDE], 2),
  ]
}

/** Phases of purchases, time observed and customers, weights counted. */
function totals(
  { repeats, weights, times, timeAtEnd }: PurchaseHistories,
  k: number,
): { phases: number; exposure: number; customers: number } {
  let [phases, exposure, customers] = [0, 0, 0]
  for (let i = 0; i < repeats.length; i++) {
    customers += weights[i]!
    phases += weights[i]! * k * repeats[i]!
    exposure += weights[i]! * times[timeAtEnd[i]!]!
  }
  return { phases, exposure, customers }
}
