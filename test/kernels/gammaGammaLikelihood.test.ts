import fc from 'fast-check'
import { expect, test } from 'vitest'
import { balancedSpendSumsInto, spendSumsInto } from '../../src/kernels/gammaGammaLikelihood.ts'

const money = fc.double({ min: 1e-3, max: 1e4, noNaN: true })

test('customers who share divisions and logarithms add up to what each has alone', () => {
  fc.assert(
    fc.property(
      fc.array(money, { minLength: 1, maxLength: 60 }),
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      (list, scale) => {
        const means = Float64Array.from(list)
        const logMeans = list.reduce((sum, mean) => sum + Math.log(mean), 0)
        const [shared, own] = [new Float64Array(5), new Float64Array(5)]
        spendSumsInto(0, list.length, undefined, means, logMeans, scale, shared)
        spendSumsInto(0, list.length, new Float64Array(list.length).fill(1), means, logMeans, scale, own)
        // Some roundings of numbers up to the count, and of logarithms up to 21, for each customer.
        own.forEach((sum, i) => {
          expect(Math.abs(shared[i]! - sum)).toBeLessThan(list.length * 50 * Number.EPSILON)
        })
      },
    ),
  )
})

test('where a product overflows or 1 + u is rounded to 1, each customer has logarithms of their own', () => {
  for (const scale of [1e-200, 1e-20, 1e40, 1e200]) {
    const sums = new Float64Array(5)
    spendSumsInto(0, 5, undefined, Float64Array.of(1, 2, 3, 4, 5), Math.log(120), scale, sums)
    const logs = 5 * Math.log(scale) + Math.log(120)
    const [logSpent, logPrior] = logs > 0 ? [137 / 60 / scale, logs] : [-logs, 15 * scale]
    // Three roundings of each term.
    expect(Math.abs(sums[0]! / logSpent - 1)).toBeLessThan(1e-15)
    expect(Math.abs(sums[1]! / logPrior - 1)).toBeLessThan(1e-15)
  }
})

test('the balanced sums are those of the formula', () => {
  const means = Float64Array.of(9, 10, 12)
  const [s, q, centre, logShift] = [40, 30, 10, 0.1]
  const sums = new Float64Array(6)
  balancedSpendSumsInto(0, 3, undefined, means, centre, logShift, s, q, sums)
  const truth = [0, 0, 0, 0, 0, 0]
  for (const m of means) {
    const r = m / (centre * Math.exp(logShift))
    const imbalance = (s * q * (1 - r)) / (q + s * r)
    const rest = (s * r) / (q + s * r)
    const terms = [
      s * (Math.log(1 - imbalance / s) + imbalance / s),
      q * (Math.log(1 + imbalance / q) - imbalance / q),
      imbalance,
      imbalance ** 2,
      imbalance * rest,
      rest * (1 - rest),
    ]
    terms.forEach((term, i) => {
      truth[i]! += term
    })
  }
  // The formula itself loses two digits of 16 where it cancels.
  truth.forEach((value, i) => {
    expect(sums[i]).toBeCloseTo(value, 12)
  })
})
