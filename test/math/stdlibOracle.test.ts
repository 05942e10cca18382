import betainc from '@stdlib/math-base-special-betainc'
import stdlibDigamma from '@stdlib/math-base-special-digamma'
import gammaln from '@stdlib/math-base-special-gammaln'
import stdlibTrigamma from '@stdlib/math-base-special-trigamma'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digamma } from '../../src/math/digamma.ts'
import { incompleteBeta } from '../../src/math/incompleteBeta.ts'
import { logGamma } from '../../src/math/logGamma.ts'
import { trigamma } from '../../src/math/trigamma.ts'

// A second opinion at random arguments. @stdlib is a development dependency only.

const arguments_ = fc.double({ min: -12, max: 12, noNaN: true }).map((power) => 10 ** power)
const mixed = (truth: number): number => Math.max(1, Math.abs(truth))

// Near 1.19 it is gammaln that errs: at 1.1916321449683622, where mpmath has −0.08291092953904563, by 5e-15, and
// logGamma by 1e-17. Otherwise both are good to a few units in the last place.
test('logGamma agrees with @stdlib to 1e-14, digamma and trigamma to 4e-15', () => {
  fc.assert(
    fc.property(arguments_, (x) => {
      expect(Math.abs(logGamma(x) - gammaln(x))).toBeLessThan(1e-14 * mixed(gammaln(x)))
      expect(Math.abs(digamma(x) - stdlibDigamma(x))).toBeLessThan(4e-15 * mixed(stdlibDigamma(x)))
      expect(Math.abs(trigamma(x) / stdlibTrigamma(x) - 1)).toBeLessThan(4e-15)
    }),
    { numRuns: 2000 },
  )
})

// @stdlib takes the factor x^a (1 − x)^b / B(a, b) by Lanczos' approximation, whose error grows with a and b.
test('incompleteBeta agrees with @stdlib to 1e-11', () => {
  const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })
  const shape = fc.double({ min: -2, max: 3.5, noNaN: true }).map((power) => 10 ** power)
  fc.assert(
    fc.property(share, shape, shape, (x, a, b) => {
      expect(Math.abs(incompleteBeta(x, a, b) - betainc(x, a, b))).toBeLessThan(1e-11)
    }),
    { numRuns: 2000 },
  )
})
