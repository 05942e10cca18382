import { describe, expect, test } from 'vitest'
import { randomFrom } from '../../src/core/random.ts'
import { betaVariate, gammaVariate, logGammaVariate, normalVariate } from '../../src/core/variates.ts'
import { incompleteBeta } from '../../src/math/incompleteBeta.ts'
import { upperGamma } from '../../src/math/incompleteGamma.ts'

const DRAWS = 20_000

/** Kolmogorov's distance of the draws from their distribution; below 1.95 / √n in 999 of 1,000 samples. */
function distance(draws: Float64Array, below: (x: number) => number): number {
  return draws
    .sort()
    .reduce((most, x, i) => Math.max(most, below(x) - i / draws.length, (i + 1) / draws.length - below(x)), 0)
}

const bound = 1.95 / Math.sqrt(DRAWS)

describe('draws follow their distribution', () => {
  test.each([0.05, 0.5, 1, 3, 200])('Gamma(%d)', (shape) => {
    const random = randomFrom(11)
    const draws = Float64Array.from({ length: DRAWS }, () => gammaVariate(shape, random))
    expect(distance(draws, (x) => 1 - upperGamma(shape, x))).toBeLessThan(bound)
  })

  test.each([
    [0.1, 0.2],
    [1, 1],
    [0.7, 2.8],
    [50, 3],
  ])('Beta(%d, %d)', (a, b) => {
    const random = randomFrom(12)
    const draws = Float64Array.from({ length: DRAWS }, () => betaVariate(a, b, random))
    expect(distance(draws, (x) => incompleteBeta(x, a, b))).toBeLessThan(bound)
  })

  test('normal', () => {
    const random = randomFrom(13)
    const draws = Float64Array.from({ length: DRAWS }, () => normalVariate(random))
    const upper = (x: number): number => upperGamma(0.5, (x * x) / 2) / 2
    expect(distance(draws, (x) => (x > 0 ? 1 - upper(x) : upper(x)))).toBeLessThan(bound)
  })
})

test('with shapes of 1e-4, where most gammas underflow, logarithms and shares are still there', () => {
  const random = randomFrom(14)
  for (let i = 0; i < 1000; i++) {
    expect(Number.isFinite(logGammaVariate(1e-4, random))).toBe(true)
    const share = betaVariate(1e-4, 1e-4, random)
    expect(share >= 0 && share <= 1).toBe(true)
  }
})
