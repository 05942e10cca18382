import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digamma } from '../../src/math/digamma.ts'
import { incompleteBeta, incompleteBetaFrom, logBetaFront } from '../../src/math/incompleteBeta.ts'
import { logBeta } from '../../src/math/logBeta.ts'
import { logGamma } from '../../src/math/logGamma.ts'
import { logGammaRatio } from '../../src/math/logGammaRatio.ts'
import {
  digammaDifference,
  trigammaBeyondInverse,
  trigammaDifference,
  trigammaExcess,
} from '../../src/math/polygammaDifference.ts'
import { trigamma } from '../../src/math/trigamma.ts'

interface Row {
  readonly args: readonly number[]
  readonly truth: string
}

const tables = JSON.parse(readFileSync(new URL('../goldens/math/specialFunctions.json', import.meta.url), 'utf8'))

/** Largest error over a table, relative to `scale` of the true value. Infinity stands for what overflows a double. */
function worst(name: string, f: (...args: number[]) => number, scale: (truth: number) => number): number {
  return Math.max(
    ...(tables[name] as Row[]).map(({ args, truth }) => {
      const value = f(...args)
      return value === Number(truth) ? 0 : Math.abs(value - Number(truth)) / scale(Number(truth))
    }),
  )
}

const relative = Math.abs
const mixed = (truth: number): number => Math.max(1, Math.abs(truth))

describe('against mpmath with 60 digits', () => {
  // 1e-15 is four and a half units of 2^-52: roundings of a handful of operations.
  test('logGamma is exact to 1e-15, next to its zeros at 1 and 2 too', () => {
    expect(worst('logGamma', logGamma, (truth) => (truth === 0 ? 1 : Math.abs(truth)))).toBeLessThan(1e-15)
  })

  test('digamma is exact to 1e-15 of max(1, |value|), trigamma to 1e-15 of the value', () => {
    expect(worst('digamma', digamma, mixed)).toBeLessThan(1e-15)
    expect(worst('trigamma', trigamma, relative)).toBeLessThan(1e-15)
  })

  test('differences lose nothing to large arguments', () => {
    expect(worst('logGammaRatio', logGammaRatio, mixed)).toBeLessThan(1e-15)
    expect(worst('digammaDifference', digammaDifference, relative)).toBeLessThan(1e-15)
    expect(worst('trigammaDifference', trigammaDifference, relative)).toBeLessThan(1e-15)
  })

  test('what differences leave beside their largest terms loses nothing to these', () => {
    // z, d, and by mpmath with 60 digits ψ′(z) − ψ′(z + d) − d / (z (z + d)) and ψ′(z) − 1/z.
    const table = [
      [100, 100, 3.7645830104402869e-5, 5.01666633335714e-5],
      [1e8, 3, 2.9999998800000045e-24, 5.0000000166666667e-17],
      [1e14, 1e14, 3.7500000000000146e-29, 5.0000000000000167e-29],
      [12, 1e20, 0.0035685395384350573, 0.0035685395384350573],
    ] as const
    for (const [z, d, excess, beyond] of table) {
      expect(Math.abs(trigammaExcess(z, d) / excess - 1)).toBeLessThan(1e-15)
      expect(Math.abs(trigammaBeyondInverse(z) / beyond - 1)).toBeLessThan(1e-15)
    }
  })

  // Two logarithms of up to 13 are subtracted: one unit of the larger is 1.8e-15.
  test('logBeta is exact to 4e-15 of max(1, |value|)', () => {
    expect(worst('logBeta', logBeta, mixed)).toBeLessThan(4e-15)
  })

  // The factor x^a (1 − x)^b / B(a, b) is an exponential, whose argument of up to 250 rounds to 3e-14; 6e-13 at most
  // where the probability itself is 1e-110.
  test('incompleteBeta is exact to 1e-12 of the value, and to 2e-14 absolutely', () => {
    expect(worst('incompleteBeta', incompleteBeta, relative)).toBeLessThan(1e-12)
    expect(worst('incompleteBeta', incompleteBeta, () => 1)).toBeLessThan(2e-14)
  })
})

describe('laws', () => {
  const positive = fc.double({ min: 1e-6, max: 1e6, noNaN: true })
  const share = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true })

  test('Γ(x + 1) = x Γ(x), and its derivatives', () => {
    fc.assert(
      fc.property(positive, (x) => {
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(4e-15 * mixed(logGamma(x + 1)))
        expect(Math.abs(logGammaRatio(x, 1) - Math.log(x))).toBeLessThan(4e-15 * mixed(Math.log(x)))
        expect(Math.abs(digammaDifference(x, 1) * x - 1)).toBeLessThan(4e-15)
        expect(Math.abs(trigammaDifference(x, 1) * x * x - 1)).toBeLessThan(4e-15)
      }),
    )
  })

  test('I_x(a, b) = 1 − I_{1−x}(b, a), between 0 and 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 20 - 1 }), positive, positive, (k, a, b) => {
        const x = k / 2 ** 20 // so that 1 − x is exact
        const low = incompleteBeta(x, a, b)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(1)
        // x is known to 1e-16, which is 1e-13 standard deviations where a and b are near 1e6.
        expect(Math.abs(1 - incompleteBeta(1 - x, b, a) - low)).toBeLessThan(1e-12)
      }),
    )
  })

  test('incompleteBetaFrom is incompleteBeta for a caller who has the factor', () => {
    fc.assert(
      fc.property(share, positive, positive, (x, a, b) => {
        expect(incompleteBetaFrom(Math.exp(logBetaFront(x, a, b)), x, a, b)).toBe(incompleteBeta(x, a, b))
      }),
    )
  })
})

describe('at the ends', () => {
  test('outside their domain the functions are NaN', () => {
    for (const f of [logGamma, digamma, trigamma]) for (const x of [0, -1, Number.NaN]) expect(f(x)).toBeNaN()
    expect(incompleteBeta(-0.1, 1, 1)).toBeNaN()
    expect(incompleteBeta(1.1, 1, 1)).toBeNaN()
  })

  test('I_0 = 0 and I_1 = 1', () => {
    expect(incompleteBeta(0, 2, 3)).toBe(0)
    expect(incompleteBeta(1, 2, 3)).toBe(1)
  })
})
