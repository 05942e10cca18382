import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { symmetricEigen } from '../../math/symmetricEigen.ts'
import { minimizeNbd } from '../nbd/nbd.ts'
import { bestWithoutRepeats, hasRepeats, logLongest } from '../noRepeats.ts'
import { type PurchaseHistories, thinned } from '../purchaseHistories.ts'
import { minimizeAtOnceOrNever, slopeIntoParetoNbd } from './atOnceOrNever.ts'
import {
  edgeScale,
  isAtParetoNbdEdge,
  isDrifting,
  isNearAtOnceOrNever,
  isNearNbd,
  NOTHING_LEFT,
} from './paretoNbdEdges.ts'
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
 * sought by themselves, the search ends where it is on its way to one of them, or drifts off far below the first, and
 * parameters beside that are sought from there.
 */
export function bestParetoNbd(histories: PurchaseHistories): ParetoNbdOptimum {
  if (!hasRepeats(histories)) return { minimum: minimizeParetoNbd(histories), isLimit: false }
  const scale = edgeScale(histories)
  const isInValley = (theta: readonly number[]): boolean => isNearAtOnceOrNever(theta, scale)
  const isInPlain = (theta: readonly number[], { gradient }: Expansion): boolean =>
    isNearNbd(theta, scale) && gradient[2]! > 0
  let rough: Minimum | undefined
  const isOutdone = (theta: readonly number[], here: Expansion): boolean => {
    if (!isDrifting(theta, scale)) return false
    rough ??= minimizeAtOnceOrNever(histories, undefined, FEW)
    return isMaximum(rough) && rough.value < here.value - LITTLE - FAR_MORE * gainInSight(here)
  }
  const found = minimizeParetoNbd(
    histories,
    undefined,
    (theta, here) => isInValley(theta) || isInPlain(theta, here) || isOutdone(theta, here),
  )
  const limit = limitBeside(histories, found, rough)
  const isAbove = limit !== undefined && limit.point[2]! > NOBODY && limit.value < found.value - LITTLE
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

/** What the next step would gain if the log-likelihood were a parabola: searches gain some of these before they end. */
function gainInSight({ gradient, hessian }: Expansion): number {
  const { values, vectors } = symmetricEigen(hessian)
  return vectors.reduce((sum, vector, k) => {
    const slope = vector.reduce((inner, component, j) => inner + component * gradient[j]!, 0)
    return sum + (slope === 0 ? 0 : slope ** 2 / (2 * Math.abs(values[k]!)))
  }, 0)
}

/** Where the limit is better by so many times the gain in sight, a search that drifts off will not reach it. */
const FAR_MORE = 10

/** Whether the limit was found inside of its own parameters. */
function isMaximum({ ended, point }: Minimum): boolean {
  return ended === 'converged' && point[2]! > NOBODY
}

/** The best of the limit; beside an optimum, as far as it has a chance against it: most often it has none. */
function limitBeside(
  histories: PurchaseHistories,
  { ended, value, point }: Minimum,
  found: Minimum | undefined,
): Minimum | undefined {
  if (ended !== 'converged') return found !== undefined && isMaximum(found) ? found : minimizeAtOnceOrNever(histories)
  if (histories.count > 2 * SAMPLE) {
    const sample = thinned(histories, Math.ceil(histories.count / SAMPLE))
    const best = minimizeAtOnceOrNever(sample, undefined, FEW)
    if (best.value > paretoNbdObjective(sample)(point).value + FAR_BELOW) return undefined
  }
  const rough = found ?? minimizeAtOnceOrNever(histories, undefined, FEW)
  return rough.value < value + CLOSE ? minimizeAtOnceOrNever(histories, rough.point) : rough
}

/** Iterations that come close to an optimum that is none far out. */
const FEW = 12
/** Log-likelihood that may be missing then. */
const CLOSE = 0.1
/** Histories that show whether the limit has a chance, and by how much it must fall behind on them not to have any. */
const SAMPLE = 500
const FAR_BELOW = 20

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
