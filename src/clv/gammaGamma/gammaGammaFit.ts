import { compensatedSum } from '../../math/compensatedSum.ts'
import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { bestMinimum, promisingStarts, startBesideEdge } from '../bestMinimum.ts'
import { isAtEdge as isAtEdgeOf, isFarOut } from '../fitEdges.ts'
import { GAMMA_GAMMA_EDGES } from './gammaGammaEdges.ts'
import { gammaGammaObjective } from './gammaGammaLikelihood.ts'
import { logMeansOf, spendGroups } from './spendGroups.ts'
import { type SpendHistories, thinnedSpend } from './spendHistories.ts'

/** In the middle of what is usual; the scale is such that the model's mean is about the mean observed. */
export function gammaGammaStart(histories: SpendHistories): number[] {
  const groups = spendGroups(histories)
  return [Math.log(3), Math.log(3), Math.log(2 / 3) + logMeansOf(groups) / compensatedSum(groups.customers)]
}

/** Up to here, customers are searched from every start; beyond, a sample of them says which starts are worth it. */
const FEW = 2000
const SAMPLE = 500
/** From here on, a sixteenth of the customers finds the neighbourhood of the optimum first. */
const MANY = 20_000
const STRIDE = 16
/** A start with so much less log-likelihood of a sample than its best would be in vain. */
const FAR_BELOW = 20

/** The best θ = (ln p, ln q, ln v), sought from a point nearby where one is known. */
export function minimizeGammaGamma(histories: SpendHistories, known?: readonly number[]): Minimum {
  const objective = gammaGammaObjective(histories)
  // A sample may lie at an edge where the whole does not: then it says nothing.
  const orUsual = (near: readonly number[]): readonly number[] =>
    isFarOut(GAMMA_GAMMA_EDGES, near) ? gammaGammaStart(histories) : near
  if (known !== undefined) return minimizeNewton(objective, orUsual(known), { isAtEdge })
  const customers = histories.repeats.length
  if (customers <= FEW) return bestMinimum(objective, startingPoints(histories, objective), { isAtEdge })
  const sample = thinnedSpend(histories, Math.ceil(customers / SAMPLE))
  const few = gammaGammaObjective(sample)
  const { near, better } = promisingStarts(few, startingPoints(sample, few), { isAtEdge }, FAR_BELOW)
  const closer = customers < MANY ? near : roughly(thinnedSpend(histories, STRIDE), orUsual(near))
  return bestMinimum(objective, [orUsual(closer), ...better], { isAtEdge })
}

function roughly(sample: SpendHistories, start: readonly number[]): readonly number[] {
  return minimizeNewton(gammaGammaObjective(sample), start, { tolerance: 1e-3, isAtEdge }).point
}

/** How far from the edges that they stand for some starts lie, in powers of e. */
const BESIDE = 8

/** The usual start, and ones beside the limits of one spend distribution for all customers, and of one amount for each. */
function startingPoints(
  histories: SpendHistories,
  objective: (theta: readonly number[]) => Expansion,
): (readonly number[])[] {
  const start = gammaGammaStart(histories)
  const [usual, , logV] = start as [number, number, number]
  const beside = BESIDE - usual
  return [
    start,
    startBesideEdge(objective, [usual, BESIDE, logV + beside], 1),
    startBesideEdge(objective, [BESIDE, usual, logV - beside], 0),
  ]
}

function isAtEdge(theta: readonly number[], here: Expansion): boolean {
  return isAtEdgeOf(GAMMA_GAMMA_EDGES, theta, here)
}
