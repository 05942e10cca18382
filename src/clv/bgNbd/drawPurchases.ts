import type { Random } from '../../core/random.ts'
import { betaVariate, gammaVariate, poissonTimes } from '../../core/variates.ts'
import type { BgNbdParams } from './bgNbdFit.ts'
import type { BgVariant } from './bgVariant.ts'

/** The repeat purchases until `age` of a customer drawn anew: of the phases passed, every k-th is a purchase. */
export function drawPurchases(
  { r, alpha, a, b }: BgNbdParams,
  { early, k }: BgVariant,
  random: Random,
  age: number,
): number[] {
  const rate = gammaVariate(r, random) / alpha
  const dropout = betaVariate(a, b, random)
  const leaves = (): boolean => random.unit() < dropout
  if (early === 1 && leaves()) return []
  let passed = 0
  const phases = poissonTimes(rate, age, random, () => ++passed % k === 0 && leaves())
  return phases.filter((_, phase) => (phase + 1) % k === 0)
}
