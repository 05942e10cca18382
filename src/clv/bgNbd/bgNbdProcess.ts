import { bgNbdCoefficientsInto } from '../../kernels/bgNbdExpectation.ts'
import { logGammaRatio } from '../../math/logGammaRatio.ts'
import type { PurchaseProcess } from '../purchaseProcess.ts'
import { bgNbdAliveOfMany } from './bgNbdAlive.ts'
import type { BgNbdParams } from './bgNbdFit.ts'
import { bgNbdFuture, futureOfStaying } from './bgNbdFuture.ts'
import { drawPurchases } from './drawPurchases.ts'

/**
 * The purchases of customers under BG/NBD, or, with one `early` occasion to leave, MBG/NBD.
 *
 * @see Fader, Hardie & Lee (2005), equations 6 to 10; Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD
 *   Model"; Batislam, Denizel & Filiztekin (2007), equations 8 to 12
 */
export function bgNbdProcess({ r, alpha, a, b }: BgNbdParams, early: 0 | 1 = 0): PurchaseProcess {
  // Many customers share a count, and it decides the two terms that cost most.
  const ofCount = new Map<number, number>()
  const counted = (x: number): number => {
    const known = ofCount.get(x)
    if (known !== undefined) return known
    const made = logGammaRatio(r, x) - x * Math.log(alpha) - logBetaRatio(a, b, x + early)
    ofCount.set(x, made)
    return made
  }
  // ln w, w = a / (b + n − 1) · ((α + T) / (α + t_x))^(r + x): P(alive) = 1 / (1 + w). Nobody leaves but by a purchase.
  const logChance = (x: number): number =>
    x + early === 0 ? Number.NEGATIVE_INFINITY : Math.log(a / (b + (x + early - 1)))
  const logDropoutOdds = (x: number, atLast: number, age: number): number =>
    x + early === 0 ? Number.NEGATIVE_INFINITY : logChance(x) + (r + x) * Math.log1p((age - atLast) / (alpha + atLast))
  // Futures come by x, and all of one x share the series of their expectations.
  let latest = { x: -1, coefficients: (): Float64Array => new Float64Array(0) }
  const coefficientsOf = (x: number): (() => Float64Array) => {
    if (x !== latest.x) latest = { x, coefficients: lazily(() => expectationOf(r + x, a, b + x + early)) }
    return latest.coefficients
  }
  const fromNowOn = bgNbdFuture(r, alpha, a, b + early)
  return {
    logLikelihood: (x, atLast, age) => {
      const logOdds = logDropoutOdds(x, atLast, age)
      // Who is likelier to have left has the likelihood of that first: what the silence costs would be lost in both.
      if (logOdds > 0) {
        const left = counted(x) + logChance(x) - (r + x) * Math.log1p(atLast / alpha)
        return left + Math.log1p(Math.exp(-logOdds))
      }
      return counted(x) - (r + x) * Math.log1p(age / alpha) + Math.log1p(Math.exp(logOdds))
    },
    logDropoutOdds,
    aliveInto: (repeats, atLast, age, out) => {
      const most = largest(repeats)
      if (most <= out.length + MANY) {
        const logChances = Float64Array.from({ length: most + 1 }, (_, x) => logChance(x))
        bgNbdAliveOfMany(repeats, atLast, age, { r, alpha }, logChances, out)
      } else {
        for (let row = 0; row < out.length; row++) {
          out[row] = 1 / (1 + Math.exp(logDropoutOdds(repeats[row]!, atLast[row]!, age[row]!)))
        }
      }
    },
    // Who is still there has the future of a new customer whose prior is this customer's posterior.
    ifAlive: (x, _, age) => bgNbdFuture(r + x, alpha + age, a, b + x + early, coefficientsOf(x)),
    needsTimeAtLast: false,
    meanRate: (x, atLast, age) => {
      const alive = 1 / (1 + Math.exp(logDropoutOdds(x, atLast, age)))
      const left = 1 / (1 + Math.exp(-logDropoutOdds(x, atLast, age)))
      return (alive * (r + x)) / (alpha + age) + (left * (r + x)) / (alpha + atLast)
    },
    meanDropout: (x, atLast, age) => {
      const left = 1 / (1 + Math.exp(-logDropoutOdds(x, atLast, age)))
      return (a + left) / (a + b + (x + early))
    },
    simulate: (random, age) => drawPurchases({ r, alpha, a, b }, { early, k: 1 }, random, age),
    ofNewCustomer: early === 0 ? fromNowOn : futureOfStaying(b / (a + b), a / (a + b), fromNowOn),
  }
}

function largest(counts: ArrayLike<number>): number {
  let most = 0
  for (let row = 0; row < counts.length; row++) if (counts[row]! > most) most = counts[row]!
  return most
}

/** Enough for a horizon of half of the time so far and more. */
const TERMS = 96

function expectationOf(r: number, a: number, b: number): Float64Array {
  const coefficients = new Float64Array(2 * TERMS)
  bgNbdCoefficientsInto(r, a, b, coefficients)
  return coefficients
}

function lazily<Value>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

/** A table of all counts is worth its while, if they are not many more than the customers. */
const MANY = 1000

/** ln B(a, b) − ln B(a, b + x) for whole x: Σ ln(1 + a/(b + j)) while that is short. */
export function logBetaRatio(a: number, b: number, x: number): number {
  if (x > 1000) return logGammaRatio(a + b, x) - logGammaRatio(b, x)
  let sum = 0
  for (let j = 0; j < x; j++) sum += Math.log1p(a / (b + j))
  return sum
}
