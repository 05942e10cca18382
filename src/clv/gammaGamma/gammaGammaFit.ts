import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { bestMinimum, promisingStarts } from '../bestMinimum.ts'
import { isAtEdge as isAtEdgeOf, isFarOut } from '../fitEdges.ts'
import { GAMMA_GAMMA_EDGES } from './gammaGammaEdges.ts'
import { spendObjective } from './gammaGammaLikelihood.ts'
import { minimumInTheta, pointAt, type SpendAxes } from './spendAxes.ts'
import { type SpendHistories, thinnedSpend } from './spendHistories.ts'
import { type SpendStart, spendStart, startsAtEdges, startsWithin } from './spendStarts.ts'

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
  const customers = histories.means.length
  const sample = customers <= FEW ? histories : thinnedSpend(histories, Math.ceil(customers / SAMPLE))
  const start = startOf(sample, histories)
  return minimumInTheta(search(histories, sample, start, known && pointAt(known, start.axes)), start.axes)
}

/** A sample whose means are all equal says nothing. */
function startOf(sample: SpendHistories, histories: SpendHistories): SpendStart {
  const start = spendStart(sample)
  return start.axes.unit > 0 ? start : spendStart(histories)
}

function search(
  histories: SpendHistories,
  sample: SpendHistories,
  { axes, point: usual }: SpendStart,
  known: readonly number[] | undefined,
): Minimum {
  const objective = spendObjective(histories, axes)
  // A sample may lie at an edge where the whole does not: then it says nothing.
  const orUsual = (near: readonly number[]): readonly number[] => (isFarOut(GAMMA_GAMMA_EDGES, near) ? usual : near)
  if (known !== undefined) return minimizeNewton(objective, orUsual(known), { isAtEdge })
  if (sample === histories) {
    const starts = startsWithin(objective, usual)
    return bestMinimum(objective, [...starts, ...startsAtEdges(starts)], { isAtEdge })
  }
  const few = spendObjective(sample, axes)
  const starts = startsWithin(few, usual)
  const { near, better } = promisingStarts(few, starts, { isAtEdge }, FAR_BELOW)
  const closer = histories.means.length < MANY ? near : roughly(thinnedSpend(histories, STRIDE), axes, orUsual(near))
  const found = bestMinimum(objective, [orUsual(closer), ...better], { isAtEdge })
  if (found.ended !== 'limit') return found
  return bestMinimum(objective, [found.point, ...startsAtEdges(starts)], { isAtEdge })
}

function roughly(sample: SpendHistories, axes: SpendAxes, start: readonly number[]): readonly number[] {
  return minimizeNewton(spendObjective(sample, axes), start, { tolerance: 1e-3, isAtEdge }).point
}

function isAtEdge(point: readonly number[], here: Expansion): boolean {
  return isAtEdgeOf(GAMMA_GAMMA_EDGES, point, here)
}
