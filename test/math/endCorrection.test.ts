import { expect, test } from 'vitest'
import { endCorrection } from '../../src/math/endCorrection.ts'

const valuesOf = (f: (k: number) => number): number[] => Array.from({ length: 13 }, (_, k) => f(k))

test('of e^(−ck) it is 1 / (1 − e^(−c)) − 1/c', () => {
  for (const c of [1e-4, 0.01, 0.05]) {
    const { correction, error } = endCorrection(valuesOf((k) => Math.exp(-c * k)))
    // 1/(1 − e^(−c)) − 1/c = 1/2 + c/12 − c³/720 + c⁵/30240 − …, without the difference.
    const exact = 1 / 2 + c / 12 - c ** 3 / 720 + c ** 5 / 30240
    // Differences of order 12 double the rounding of the values 12 times, and count a hundredth.
    expect(Math.abs(correction - exact)).toBeLessThan(1e-14)
    expect(error).toBeLessThan(1e-14)
  }
})

test('of 1/(k + n)² it is what π²/6 says, to the error that it tells', () => {
  for (const n of [8, 20, 60]) {
    const { correction, error } = endCorrection(valuesOf((k) => 1 / (k + n) ** 2))
    const first = Array.from({ length: n - 1 }, (_, k) => 1 / (k + 1) ** 2).reduceRight((a, b) => a + b, 0)
    // The difference of two numbers near 1.6, rounded to 2e-16 each.
    expect(Math.abs(correction - (Math.PI ** 2 / 6 - first - 1 / n))).toBeLessThan(error + 1e-15)
    if (n === 60) expect(error).toBeLessThan(1e-15)
  }
})

test('the polynomial through the values is exact for polynomials, and where values swing the error says so', () => {
  const cubic = (k: number): number => k ** 3 - 5 * k + 2
  expect(Math.abs(endCorrection(valuesOf(cubic)).at(6.37) - cubic(6.37))).toBeLessThan(1e-10)
  expect(endCorrection(valuesOf((k) => Math.sin(2 * k))).error).toBeGreaterThan(1e-3)
})
