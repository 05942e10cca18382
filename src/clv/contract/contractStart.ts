import { ClienteleError } from '../../core/errors.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Expansion, Minimum } from '../../math/minimizeNewton.ts'
import { bestMinimum } from '../bestMinimum.ts'
import { type FitEdge, isAtEdge } from '../fitEdges.ts'
import { contractEdges, isNearPowerOfTime } from './contractEdges.ts'
import { type ContractHistories, checkContractHistories } from './contractHistories.ts'
import { contractObjective } from './contractLikelihood.ts'

/**
 * How many customers the histories hold, if somebody faced as many renewals as the model has parameters: fewer shares of
 * survivors cannot tell its parameters apart.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` otherwise
 */
export function checkContracts(caller: string, histories: ContractHistories, renewals: number): number {
  checkContractHistories(caller, histories)
  const { periods, left, stayed } = histories
  const faced = periods.filter((_, k) => left[k]! + stayed[k]! > 0).reduce((most, t) => Math.max(most, t), 0)
  if (faced >= renewals) return compensatedSum(left) + compensatedSum(stayed)
  throw new ClienteleError(
    'NOT_ENOUGH_DATA',
    `${caller}: somebody must have faced ${renewals} renewals, as many as there are parameters, got ${faced}`,
  )
}

/** The edges that a fit of these histories may end at. */
export function edgesOf({ periods }: ContractHistories): readonly FitEdge[] {
  return contractEdges(periods[periods.length - 1]!)
}

/** The best θ = (ln α, ln β) or (ln α, ln β, ln c), limits aside, from any of some starts of that length. */
export function minimizeContracts(histories: ContractHistories, starts: readonly (readonly number[])[]): Minimum {
  const edges = edgesOf(histories)
  const isAtEnd = (theta: readonly number[], here: Expansion): boolean =>
    (isAtEdge(edges, theta, here) && Math.abs(here.gradient[2] ?? 0) < 1e-9) || isNearPowerOfTime(theta, here)
  return bestMinimum(contractObjective(histories), starts, { isAtEdge: isAtEnd })
}

/** How far from the edges that they stand for some starts lie, in powers of e. */
const BESIDE = 8

/** Starts of the shifted beta-geometric model: chances to leave spread out evenly, all alike, and as far apart as can be. */
export function shiftedBetaGeometricStarts(histories: ContractHistories): number[][] {
  const start = contractStart(histories)
  return [0, BESIDE, -BESIDE].map((spread) => start.map((value) => value + spread))
}

/** Starts of the beta-discrete-Weibull model: these with c = 1, and customers who leave from some renewal on. */
export function betaDiscreteWeibullStarts(histories: ContractHistories): number[][] {
  const { periods, left } = histories
  const gone = compensatedSum(left)
  // The renewal before that by which most have left who leave.
  let by = 0
  const most = periods.find((_, k) => {
    by += left[k]!
    return by > gone / 2
  })
  const first = periods.find((_, k) => left[k]! > 0) ?? 1
  const sudden = [1, first - 0.5, (most ?? 1) - 0.5].map((t) => STEEP * Math.log(Math.max(t, 1)))
  return [
    ...shiftedBetaGeometricStarts(histories).map((start) => [...start, 0]),
    ...sudden.map((logBeta) => [-Math.log(STEEP), logBeta, Math.log(STEEP)]),
  ]
}

/** A c so large that who does not leave at one renewal is as good as in no danger before the next but one. */
const STEEP = 20

/** (ln α, ln β) with the mean chance to leave that was observed, spread as evenly as a Beta of α + β = 2. */
function contractStart({ periods, left, stayed }: ContractHistories): number[] {
  const gone = compensatedSum(left)
  const renewals = compensatedSum(Float64Array.from(periods, (t, k) => t * (left[k]! + stayed[k]!)))
  const share = Math.min(Math.max(gone / renewals, 0.01), 0.99)
  return [Math.log(2 * share), Math.log(2 * (1 - share))]
}
