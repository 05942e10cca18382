import fc from 'fast-check'
import { expect, test } from 'vitest'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import { posteriorRates } from '../../src/clv/posteriorRates.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { histories, relativeError } from './goldens.ts'
import { atExactFit, givenMbgNbd, givenModel } from './predictions.ts'

const parameter = fc.double({ min: 1, max: 10, noNaN: true })
const parameters = fc.tuple(parameter, parameter, parameter, parameter)

test('they are the means of the joint posterior, by quadrature of the likelihood over rate and dropout', () => {
  fc.assert(
    fc.property(parameters, fc.integer({ min: 0, max: 12 }), fc.constantFrom(0, 1), ([r, alpha, a, b], x, early) => {
      const [tx, T] = [x === 0 ? 0 : 6, 10]
      const model = early === 1 ? givenMbgNbd([r, alpha, a, b]) : givenModel([r, alpha, a, b])
      const { rate, dropout } = posteriorRates(model, histories([x, tx, T]))
      // The trapezoidal rule over ln λ and ln (p / (1 − p)): it converges geometrically, to far below 1e-10 here.
      let [total, ofRate, ofDropout] = [0, 0, 0]
      for (let i = -240; i < 32; i++) {
        const lambda = Math.exp(i / 8)
        const alive = Math.exp(-lambda * T)
        const left = Math.exp(-lambda * tx)
        const prior = lambda ** (r + x) * Math.exp(-alpha * lambda)
        for (let j = -240; j < 240; j++) {
          const p = 1 / (1 + Math.exp(-j / 8))
          const q = 1 / (1 + Math.exp(j / 8))
          const n = x + early
          const weight = prior * p ** a * q ** b * (q ** n * alive + (n > 0 ? p * q ** (n - 1) * left : 0))
          total += weight
          ofRate += weight * lambda
          ofDropout += weight * p
        }
      }
      expect(relativeError(rate[0]!, ofRate / total)).toBeLessThan(1e-9)
      expect(relativeError(dropout[0]!, ofDropout / total)).toBeLessThan(1e-9)
    }),
    { numRuns: 12 },
  )
})

test('who certainly stays buys at the posterior rate in the next moment', () => {
  const model = givenModel([0.6, 30, 0.8, 2.4])
  const once = histories([0, 0, 100])
  expect(
    relativeError(expectedPurchases(model, once, 1e-9)[0]! / 1e-9, posteriorRates(model, once).rate[0]!),
  ).toBeLessThan(1e-9)
})

test('refusals', () => {
  expectRefusal(() => posteriorRates(atExactFit(), histories([1, 5, 10])), 'UNIT_MISMATCH', 'posteriorRates')
})
