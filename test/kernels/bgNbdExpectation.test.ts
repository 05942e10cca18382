import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bgNbdCoefficientsInto, bgNbdExpected, bgNbdExpectedBy } from '../../src/kernels/bgNbdExpectation.ts'

const size = fc.double({ min: -4, max: 4, noNaN: true }).map((power) => 10 ** power)

test('tabled coefficients give the same expectation, to 1e-13, wherever the parameters and the horizon lie', () => {
  fc.assert(
    fc.property(size, size, size, size, size, (r, alpha, a, b, t) => {
      const coefficients = new Float64Array(192)
      bgNbdCoefficientsInto(r, a, b, coefficients)
      const direct = bgNbdExpected(r, alpha, a, b, t)
      const tabled = bgNbdExpectedBy(coefficients, r, alpha, a, b, t)
      // Both sum the same terms, in another order of multiplications: some ten roundings a term.
      expect(Math.abs(tabled - direct)).toBeLessThanOrEqual(1e-13 * direct)
    }),
    { numRuns: 2000 },
  )
})
