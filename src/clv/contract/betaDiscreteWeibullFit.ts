import type { Minimum } from '../../math/minimizeNewton.ts'
import type { ContractHistories } from './contractHistories.ts'
import { betaDiscreteWeibullStarts, minimizeContracts } from './contractStart.ts'
import type { PowerOfTime } from './powerOfTime.ts'
import { bestPowerOfTime } from './powerOfTimeFit.ts'
import { slopeFromPowerOfTime } from './powerOfTimeSlope.ts'

/** The best of the beta-discrete-Weibull model: parameters, or the limit in which contracts end by a power of time. */
export interface BetaDiscreteWeibullOptimum {
  /** Over (ln α, ln β, ln c), or that of the limit. */
  readonly minimum: Minimum
  readonly limit?: PowerOfTime
}

/**
 * The best of the beta-discrete-Weibull model. Its likelihood may have several maxima. One of them may lie where c is
 * infinite, which is met like 1/c, too slowly for doubles: so that limit is sought by itself, and where it is no maximum,
 * parameters beside it are sought from there.
 */
export function bestBetaDiscreteWeibull(histories: ContractHistories): BetaDiscreteWeibullOptimum {
  const limit = bestPowerOfTime(histories)
  const starts = betaDiscreteWeibullStarts(histories)
  if (limit === undefined) return { minimum: minimizeContracts(histories, starts) }
  const minimum = minimizeContracts(histories, [...starts, ...besideLimit(histories, limit)])
  const little = minimum.ended === 'converged' ? -LITTLE : LITTLE
  return limit.minimum.value < minimum.value + little ? { minimum: limit.minimum, limit } : { minimum }
}

/** By how much another optimum must be better, and what a search that ends at an edge may have left to gain. */
const LITTLE = 1e-7

/** Values of c at which a search beside the limit starts: so near that it matters, and so far that there is a slope. */
const STEEP = [12, 60]

/** Starts (ln α, ln β, ln c) on the way to the limit, unless the likelihood falls from there. */
function besideLimit(histories: ContractHistories, limit: PowerOfTime): number[][] {
  const { slope, logBeta } = slopeFromPowerOfTime(histories, limit)
  if (slope <= 0) return []
  const { onset, exponent } = limit
  return STEEP.map((c) => {
    const logAlpha = Math.log(exponent / c)
    return [logAlpha, logBeta + (onset < 1 ? logAlpha : c * Math.log(onset)), Math.log(c)]
  })
}
