import { ClienteleError } from '../core/errors.ts'
import type { Minimum } from '../math/minimizeNewton.ts'
import { symmetricEigen } from '../math/symmetricEigen.ts'

/** What every model of repeat purchases reduces to where nobody bought a second time, in words. */
export const NO_REPEATS = 'no repeat purchases at all (r to 0)'

/** Customers, or their distinct histories, by how often they bought again. */
interface Repeaters {
  readonly repeats: ArrayLike<number>
}

/** Whether anybody bought a second time. */
export function hasRepeats({ repeats }: Repeaters): boolean {
  // Distinct histories ascend by x, and among customers a repeater is seldom far.
  for (let i = repeats.length - 1; i >= 0; i--) if (repeats[i]! > 0) return true
  return false
}

/** Throws `NOT_ENOUGH_DATA` where nobody bought a second time. */
export function checkRepeats(caller: string, customers: Repeaters): void {
  if (hasRepeats(customers)) return
  throw new ClienteleError(
    'NOT_ENOUGH_DATA',
    `${caller}: none of the ${customers.repeats.length} customers bought a second time, so nothing can be learnt about repeats`,
  )
}

/**
 * The best θ for customers of whom nobody bought a second time: r = 0 makes that certain, whatever the others are. So the
 * others stand where they say least: rates would be of the order of the time observed, and every chance of having left
 * is as likely.
 *
 * @param others - θ but for its first, the logarithm of r
 */
export function bestWithoutRepeats(others: readonly number[]): Minimum {
  const point = [Number.NEGATIVE_INFINITY, ...others]
  const flat = point.map(() => 0)
  const hessian = point.map(() => flat)
  const eigen = symmetricEigen(hessian)
  return {
    value: 0,
    gradient: flat,
    hessian,
    point,
    gradientNorm: 0,
    iterations: 0,
    ended: 'edge',
    positiveDefinite: false,
    eigen,
  }
}

/** Whether a θ is one of `bestWithoutRepeats`. */
export function isWithoutRepeats([logR]: readonly number[]): boolean {
  return logR === Number.NEGATIVE_INFINITY
}

/** ln of the longest of ascending times, or of 1 where all are 0. */
export function logLongest(times: Float64Array): number {
  return Math.log(times[times.length - 1]! || 1)
}
