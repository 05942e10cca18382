import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bgNbdProcess } from '../../../src/clv/bgNbd/bgNbdProcess.ts'
import { randomFrom } from '../../../src/core/random.ts'

const size = fc.double({ min: -3, max: 3, noNaN: true }).map((power) => 10 ** power)

test('P(alive) of many customers is that of each alone, by tables or not, to 1e-13', () => {
  fc.assert(
    fc.property(
      size,
      size,
      size,
      size,
      fc.constantFrom<0 | 1>(0, 1),
      fc.constantFrom(1, 7, 3),
      (r, alpha, a, b, early, days) => {
        const random = randomFrom(1)
        const rows = 5000
        const age = Float64Array.from({ length: rows }, () => Math.floor(1 + 30 * random.unit()) / days)
        const repeats = Uint32Array.from({ length: rows }, () => Math.floor(40 * random.unit() ** 4))
        const last = age.map((T, row) => (repeats[row]! > 0 ? Math.floor(random.unit() * T * days) / days : 0))
        const { aliveInto, logDropoutOdds } = bgNbdProcess({ r, alpha, a, b }, early)
        const many = new Float64Array(rows)
        aliveInto!(repeats, last, age, many)
        for (let row = 0; row < rows; row++) {
          const alone = 1 / (1 + Math.exp(logDropoutOdds(repeats[row]!, last[row]!, age[row]!)))
          // Tabled powers are at most e^70, which an exponential rounds in its 14th digit.
          expect(Math.abs(many[row]! - alone)).toBeLessThanOrEqual(1e-13 * alone + 1e-300)
        }
      },
    ),
    { numRuns: 40 },
  )
})
