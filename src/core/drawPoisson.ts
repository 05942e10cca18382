import { logGamma } from '../math/logGamma.ts'
import type { Random } from './random.ts'

/**
 * A Poisson number with the given mean ≥ 0. Costs about `mean` multiplications below 10, and less than two attempts of
 * constant cost from there on.
 *
 * @see Knuth, TAOCP 3.4.1, algorithm Q; Hörmann (1993), "The transformed rejection method for generating Poisson random
 *   variables", algorithm PTRS
 */
export function drawPoisson(mean: number, random: Random): number {
  if (mean < 10) {
    const end = Math.exp(-mean)
    let count = 0
    for (let product = random.unit(); product > end; product *= random.unit()) count++
    return count
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean)
  const a = -0.059 + 0.02483 * b
  const logInverseAlpha = Math.log(1.1239 + 1.1328 / (b - 3.4))
  const inner = 0.9277 - 3.6224 / (b - 2)
  for (;;) {
    const u = random.unit() - 0.5
    const v = random.unit()
    const us = 0.5 - Math.abs(u)
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
    if (us >= 0.07 && v <= inner) return count
    if (count < 0 || (us < 0.013 && v > us)) continue
    const logRatio = count * Math.log(mean) - mean - logGamma(count + 1)
    if (Math.log(v) + logInverseAlpha - Math.log(a / (us * us) + b) <= logRatio) return count
  }
}
