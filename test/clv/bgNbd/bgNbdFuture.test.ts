import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bgNbdFuture } from '../../../src/clv/bgNbd/bgNbdFuture.ts'
import { GAUSS_NODES, GAUSS_WEIGHTS } from '../../../src/math/gaussLegendre.ts'
import { golden, relativeError } from '../goldens.ts'

interface Row {
  readonly fn: 'survival' | 'discounted'
  readonly args: readonly (number | null)[]
  readonly truth: string
}

const rows = golden('bgFutures.json').rows as Row[]
const parameter = fc.double({ min: -2, max: 2, noNaN: true }).map((power) => 10 ** power)

test('survival at ordinary and extreme parameters to 2e-13', () => {
  // A sum of up to 1,000 positive terms, each a product of as many ratios: 1,000 halves of 2.2e-16.
  for (const { args, truth } of rows.filter(({ fn }) => fn === 'survival')) {
    const [r, alpha, a, b, t] = args as number[]
    expect(relativeError(bgNbdFuture(r!, alpha!, a!, b!).survival(t!), truth), String(args)).toBeLessThan(2e-13)
  }
})

test('discounted purchases within a time and without end to 1e-12', () => {
  for (const { args, truth } of rows.filter(({ fn }) => fn === 'discounted')) {
    const [r, alpha, a, b, delta] = args as number[]
    const value = bgNbdFuture(r!, alpha!, a!, b!).discounted(delta!, args[5] ?? Number.POSITIVE_INFINITY)
    expect(relativeError(value, truth), String(args)).toBeLessThan(1e-12)
  }
})

test('purchases are the integral of the rate: without a discount they are the expected ones', () => {
  fc.assert(
    fc.property(parameter, parameter, parameter, parameter, (r, a, b, t) => {
      const future = bgNbdFuture(r, 1, a, b)
      expect(future.discounted(0, t)).toBe(future.expected(t))
      // e^(−δt) is 1 to 1e-14 for this δ.
      expect(relativeError(future.discounted(1e-14 / t, t), future.expected(t))).toBeLessThan(1e-12)
    }),
  )
})

test('a discount by parts: ∫ e^(−δs) dE = e^(−δt) E(t) + δ ∫ e^(−δs) E(s) ds', () => {
  fc.assert(
    fc.property(parameter, parameter, parameter, parameter, parameter, (r, a, b, t, weight) => {
      const future = bgNbdFuture(r, 1, a, b)
      const delta = weight / (10 * t) // e^−10 at most, as one panel a tenth resolves
      let integral = 0
      const panels = 64
      for (let panel = 0; panel < panels; panel++) {
        GAUSS_NODES.forEach((node, i) => {
          for (const side of [-1, 1]) {
            // Over ln(1 + 1000 s / t), in which E has no features however early it bends.
            const v = ((2 * panel + 1 + side * node) / (2 * panels)) * Math.log1p(1000)
            const s = (t * Math.expm1(v)) / 1000
            integral += GAUSS_WEIGHTS[i]! * Math.exp(v - delta * s) * future.expected(s)
          }
        })
      }
      integral *= ((t / 1000) * Math.log1p(1000)) / (2 * panels)
      const value = Math.exp(-delta * t) * future.expected(t) + delta * integral
      expect(relativeError(future.discounted(delta, t), value)).toBeLessThan(1e-12)
    }),
    { numRuns: 30 },
  )
})

test('survival starts at 1 and falls, and is what is left of 1 when dropout has taken its share of purchases', () => {
  fc.assert(
    fc.property(parameter, parameter, parameter, parameter, (r, a, b, t) => {
      const future = bgNbdFuture(r, 1, a, b)
      expect(future.survival(0)).toBe(1)
      expect(future.survival(t)).toBeLessThanOrEqual(1)
      expect(future.survival(2 * t)).toBeLessThanOrEqual(future.survival(t) * (1 + 1e-14))
      // Each purchase ends the customer with chance p, and p weighs Beta(a, b) to Beta(a + 1, b).
      const left = (a / (a + b)) * bgNbdFuture(r, 1, a + 1, b).expected(t)
      expect(Math.abs(future.survival(t) + left - 1)).toBeLessThan(1e-13)
    }),
  )
})

test('a discount without end is that of a very long time', () => {
  fc.assert(
    fc.property(parameter, parameter, parameter, parameter, (r, a, b, delta) => {
      const future = bgNbdFuture(r, 1, a, b)
      // e^−39 is left out, of two rules that share nothing.
      expect(relativeError(future.discounted(delta, 39 / delta), future.discounted(delta, 1e300))).toBeLessThan(1e-12)
    }),
    { numRuns: 60 },
  )
})
