import { netSpendMixtureInto, spendMixtureInto } from '../kernels/spendMixture.ts'
import { logBeta } from '../math/logBeta.ts'

/** The money that customers will spend in a horizon, in units of their scale, ready for quantiles. */
export interface FutureMoney {
  readonly p: number
  readonly q: number
  /** P(n purchases), n = 0, 1, …, up to where the rest is negligible. */
  readonly chances: Float64Array
  /** ln B(p n, q). */
  readonly logBetas: Float64Array
}

/** ln B(p n, q) for n = 1, 2, …, `size` − 1: what the money of n purchases needs, whatever their chances. */
export function logBetasOfCounts(p: number, q: number, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, n) => (n === 0 ? 0 : logBeta(p * n, q)))
}

/** Below this, a quantile lies in the atom at zero for all that rounding can tell. */
const ROUNDING = 1e-12
/** Chances that are missing, of more purchases than are looked at, may be left out up to here. */
const NEGLIGIBLE = 1e-9

/**
 * The quantile of the money that is exceeded with probability `above`; 0 if buying nothing is as likely as that.
 *
 * @param guess - of a positive quantile
 */
export function moneyQuantile(money: FutureMoney, above: number, guess: number): number {
  if (above === 0) return Number.POSITIVE_INFINITY
  const any = anyPurchase(money)
  const missing = 1 - money.chances[0]! - any
  if (missing > Math.max(above, NEGLIGIBLE)) return Number.POSITIVE_INFINITY
  const below = any + (missing > NEGLIGIBLE ? missing : 0) - above
  return below > ROUNDING ? Math.exp(logMoneyBelow(money, below, Math.log(guess))) : 0
}

/**
 * The same of what is left when each purchase costs `cost` > 0, which may be negative.
 *
 * @param guess - of any quantile
 */
export function netMoneyQuantile(money: FutureMoney, cost: number, above: number, guess: number): number {
  const { p, q, chances, logBetas } = money
  const out = new Float64Array(2)
  const belowAt = (net: number): number => {
    netSpendMixtureInto(net, cost, p, q, chances, logBetas, out)
    return out[0]!
  }
  const losing = belowAt(0)
  // Nothing gained and nothing lost is an atom, with losses below it and gains above.
  const fromBelow = anyPurchase(money) + chances[0]! - above
  if (fromBelow > losing && fromBelow <= losing + chances[0]!) return 0
  const isLoss = fromBelow <= losing
  const below = isLoss ? fromBelow : fromBelow - chances[0]!
  let low = isLoss ? -cost * (chances.length - 1) : 0
  let high = isLoss ? 0 : Math.max(guess, cost)
  if (above === 0) return Number.POSITIVE_INFINITY
  if (below <= 0) return low
  while (!isLoss && belowAt(high) < below && high < Number.MAX_VALUE) high *= 4
  let net = guess > low && guess < high ? guess : (low + high) / 2
  for (let i = 0; i < 200 && high - low > 1e-12 * (high - Math.min(low, 0)); i++) {
    const miss = belowAt(net) - below
    if (miss > 0) high = net
    else low = net
    const next = net - miss / out[1]!
    if (Math.abs(next - net) < 1e-11 * Math.abs(net)) return next
    net = next > low && next < high ? next : (low + high) / 2
  }
  return net
}

/** The smaller of P(S ≤ spent) and P(S ≥ spent). */
export function moneyTails(money: FutureMoney, spent: number): number {
  const { p, q, chances, logBetas } = money
  if (!(spent > 0)) return chances[0]!
  const out = new Float64Array(2)
  spendMixtureInto(Math.log(spent), p, q, chances, logBetas, out)
  return Math.min(chances[0]! + out[0]!, Math.max(anyPurchase(money) - out[0]!, 0))
}

function anyPurchase({ chances }: FutureMoney): number {
  let sum = 0
  for (let n = chances.length - 1; n > 0; n--) sum += chances[n]!
  return sum
}

/** ln s with P(0 < S ≤ s) = `below`, by Newton's method inside a bracket, from a guess. */
function logMoneyBelow({ p, q, chances, logBetas }: FutureMoney, below: number, guess: number): number {
  const out = new Float64Array(2)
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  let l = guess
  for (let i = 0; i < 200; i++) {
    spendMixtureInto(l, p, q, chances, logBetas, out)
    const miss = out[0]! - below
    if (miss > 0) high = l
    else low = l
    let step = -miss / out[1]!
    if (Math.abs(step) < 1e-10) return l + step
    if (!(Math.abs(step) < MAX_STEP)) step = -MAX_STEP * Math.sign(miss)
    // Both ends of the bracket are finite as soon as a step leaves it: steps away from an open end cannot.
    const next = l + step
    l = next > low && next < high ? next : (low + high) / 2
  }
  return l
}

/** A change of money by a factor of seven, in one step. */
const MAX_STEP = 2
