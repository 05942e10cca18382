import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { minimizeNbd } from '../nbd/nbd.ts'
import { bestWithoutRepeats, hasRepeats, logLongest } from '../noRepeats.ts'
import { type PurchaseHistories, thinned } from '../purchaseHistories.ts'
import { minimizeAtOnceOrNever, slopeIntoParetoNbd } from './atOnceOrNever.ts'
import { edgeScale, isAtParetoNbdEdge, isNearAtOnceOrNever, isNearNbd, NOTHING_LEFT } from './paretoNbdEdges.ts'
import { paretoNbdObjective } from './paretoNbdLikelihood.ts'
import { minimizeInValley } from './paretoNbdValley.ts'

/** The best of Pareto/NBD: parameters, or the limit in which some leave at once and the others never. */
export interface ParetoNbdOptimum {
  /** Over (ln r, ln α, ln s, ln β), or over (ln r, ln α, ln ω) in the limit. */
  readonly minimum: Minimum
  readonly isLimit: boolean
}

/**
 * The best of Pareto/NBD. Its likelihood may have several maxima, and two of them lie where a search takes long: at the
 * end of the valley in which some customers leave at once, and in the plain where nobody leaves. So both limits are
 * sought by themselves, the search ends where it is on its way to one of them, and parameters beside the first are
 * sought from there.
 */
export function bestParetoNbd(histories: PurchaseHistories): ParetoNbdOptimum {
  if (!hasRepeats(histories)) return { minimum: minimizeParetoNbd(histories), isLimit: false }
  const scale = edgeScale(histories)
  const isInValley = (theta: readonly number[]): boolean => isNearAtOnceOrNever(theta, scale)
  const isInPlain = (theta: readonly number[], { gradient }: Expansion): boolean =>
    isNearNbd(theta, scale) && gradient[2]! > 0
  const found = minimizeParetoNbd(histories, undefined, (theta, here) => isInValley(theta) || isInPlain(theta, here))
  const limit = limitBeside(histories, found)
  const isAbove = limit.point[2]! > NOBODY && limit.value < found.value - LITTLE
  if (!isAbove) {
    const isOnTheWay = found.ended !== 'converged' && (isInValley(found.point) || isInPlain(found.point, found))
    if (!isOnTheWay) return { minimum: found, isLimit: false }
    return {
      minimum: isInValley(found.point) ? minimizeInValley(histories, found.point) : withoutDropout(),
      isLimit: false,
    }
  }
  if (slopeIntoParetoNbd(histories, limit.point) <= 0) return { minimum: limit, isLimit: true }
  const beside = minimizeInValley(histories, limit.point)
  const isLimit = beside.ended !== 'converged' && limit.value < beside.value + LITTLE
  return { minimum: isLimit ? limit : beside, isLimit }

  /** The edge in the plain, at the best of NBD. */
  function withoutDropout(): Minimum {
    const [logR, logAlpha] = minimizeNbd(histories).point
    const logS = found.point[2]!
    const logBeta = Math.log(scale.customers * scale.longest) + logS - NOTHING_LEFT + 1
    return minimizeNewton(paretoNbdObjective(histories), [logR!, logAlpha!, logS, logBeta], {
      isAtEdge: (theta, here) => isAtParetoNbdEdge(theta, here, scale),
    })
  }
}

/** The best of the limit; beside an optimum, as far as it has a chance against it: most often it has none. */
function limitBeside(histories: PurchaseHistories, { ended, value }: Minimum): Minimum {
  if (ended !== 'converged') return minimizeAtOnceOrNever(histories)
  const rough = minimizeAtOnceOrNever(histories, undefined, FEW)
  return rough.value < value + CLOSE ? minimizeAtOnceOrNever(histories, rough.point) : rough
}

/** Iterations that come close to an optimum that is none far out. */
const FEW = 12
/** Log-likelihood that may be missing then. */
const CLOSE = 0.1

/** An edge that the search ends at is met to about this much log-likelihood. */
const LITTLE = 1e-6
/** Where ln ω is below this, nobody leaves at once. */
const NOBODY = -30

/** From here on, a sixteenth of the histories finds the neighbourhood of the optimum first. */
const MANY = 20_000
const STRIDE = 16

/** The best θ = (ln r, ln α, ln s, ln β), sought from a point nearby where one is known, or until `isEnough`. */
export function minimizeParetoNbd(
  histories: PurchaseHistories,
  known?: readonly number[],
  isEnough: (theta: readonly number[], here: Expansion) => boolean = () => false,
): Minimum {
  if (!hasRepeats(histories)) {
    const logBeta = logLongest(histories.times)
    return bestWithoutRepeats([logBeta, 0, logBeta])
  }
  const scale = edgeScale(histories)
  const isAtEdge = (theta: readonly number[], here: Expansion): boolean => isAtParetoNbdEdge(theta, here, scale)
  const isAtEnd = (theta: readonly number[], here: Expansion): boolean => isAtEdge(theta, here) || isEnough(theta, here)
  const start = startingPoint(histories)
  const objective = paretoNbdObjective(histories)
  if (known === undefined && histories.count < MANY) return minimizeNewton(objective, start, { isAtEdge: isAtEnd })
  const near =
    known === undefined
      ? minimizeNewton(paretoNbdObjective(thinned(histories, STRIDE)), start, { tolerance: 1e-3, isAtEdge })
      : minimizeNewton(objective, known, { isAtEdge })
  if (known !== undefined && near.ended === 'converged') return near
  // A sixteenth may lie at an edge where the whole does not: then it says nothing.
  return minimizeNewton(objective, near.ended === 'converged' ? near.point : start, { isAtEdge: isAtEnd })
}

/** Rates with a coefficient of variation of √2 about the observed mean, and lives of the order of the observation. */
export function startingPoint({ repeats, weights, times, timeAtEnd }: PurchaseHistories): number[] {
  let purchases = 0
  let exposure = 0
  let customers = 0
  for (let i = 0; i < repeats.length; i++) {
    customers += weights[i]!
    purchases += weights[i]! * repeats[i]!
    exposure += weights[i]! * times[timeAtEnd[i]!]!
  }
  return [0.5, (0.5 * exposure) / purchases, 0.5, (0.5 * exposure) / customers].map(Math.log)
}
