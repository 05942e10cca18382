import { ClienteleError } from '../../core/errors.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { isAtEdge } from '../fitEdges.ts'
import { CONTRACT_EDGES } from './contractEdges.ts'
import type { ContractHistories } from './contractHistories.ts'
import { contractObjective } from './contractLikelihood.ts'

/**
 * How many customers the histories hold, if somebody faced as many renewals as the model has parameters: fewer shares of
 * survivors cannot tell its parameters apart.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` otherwise
 */
export function checkContracts(caller: string, { periods, left, stayed }: ContractHistories, renewals: number): number {
  const faced = periods.filter((_, k) => left[k]! + stayed[k]! > 0).reduce((most, t) => Math.max(most, t), 0)
  if (faced >= renewals) return compensatedSum(left) + compensatedSum(stayed)
  throw new ClienteleError(
    'NOT_ENOUGH_DATA',
    `${caller}: somebody must have faced ${renewals} renewals, as many as there are parameters, got ${faced}`,
  )
}

/** The best θ = (ln α, ln β) or (ln α, ln β, ln c), from a start of that length. */
export function minimizeContracts(histories: ContractHistories, start: readonly number[]): Minimum {
  return minimizeNewton(contractObjective(histories), start, {
    isAtEdge: (theta, here) => isAtEdge(CONTRACT_EDGES, theta, here),
  })
}

/** (ln α, ln β) with the mean chance to leave that was observed, spread as evenly as a Beta of α + β = 2. */
export function contractStart({ periods, left, stayed }: ContractHistories): number[] {
  const gone = compensatedSum(left)
  const renewals = compensatedSum(Float64Array.from(periods, (t, k) => t * (left[k]! + stayed[k]!)))
  const share = Math.min(Math.max(gone / renewals, 0.01), 0.99)
  return [Math.log(2 * share), Math.log(2 * (1 - share))]
}
