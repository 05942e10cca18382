import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { upperGamma } from '../../src/math/incompleteGamma.ts'
import { logBetaRatio } from '../../src/math/logBetaRatio.ts'

interface Row {
  readonly args: readonly number[]
  readonly truth: string
}

const tables = JSON.parse(readFileSync(new URL('../goldens/math/ratios.json', import.meta.url), 'utf8'))

function worst(name: string, f: (...args: number[]) => number): number {
  return Math.max(...(tables[name] as Row[]).map(({ args, truth }) => Math.abs(f(...args) / Number(truth) - 1)))
}

// Four and a half units of 2^-52: roundings of a handful of operations.
test('logBetaRatio is exact to 1e-15 of itself', () => {
  expect(worst('logBetaRatio', logBetaRatio)).toBeLessThan(1e-15)
})

// The factor x^a e^−x is an exponential, whose argument of up to 600 rounds to 1e-13.
test('upperGamma is exact to 1e-12 of itself', () => {
  expect(worst('upperGamma', upperGamma)).toBeLessThan(1e-12)
})

test('a whole d is so many factors, and a and d change places', () => {
  const positive = fc.double({ min: -6, max: 6, noNaN: true }).map((power) => 10 ** power)
  fc.assert(
    fc.property(positive, positive, fc.integer({ min: 1, max: 50 }), (a, b, d) => {
      let sum = 0
      for (let j = 0; j < d; j++) sum -= Math.log1p(a / (b + j))
      expect(Math.abs(logBetaRatio(a, b, d) / sum - 1)).toBeLessThan(1e-14)
      expect(Math.abs(logBetaRatio(d, b, a) / sum - 1)).toBeLessThan(1e-8) // made for d ≥ 1
    }),
  )
})

test('at the ends', () => {
  expect(logBetaRatio(2, 3, 0)).toBe(0)
  expect(upperGamma(2, 0)).toBe(1)
  expect(upperGamma(2, Number.POSITIVE_INFINITY)).toBe(0)
  expect(upperGamma(2, -1)).toBeNaN()
})
