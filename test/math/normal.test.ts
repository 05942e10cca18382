import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { normalQuantile, normalTail } from '../../src/math/normal.ts'

const golden: { readonly [table in 'tail' | 'quantile']: readonly (readonly [number, string])[] } = JSON.parse(
  readFileSync(new URL('../goldens/math/normal.json', import.meta.url), 'utf8'),
)

// The exponent z²/2 of the density is rounded once: at z = 30 its last bit is worth 6e-14 of the tail.
test.each(golden.tail)('P(Z > %d) to 2e-15, and the rounding of its exponent', (z, truth) => {
  expect(Math.abs(normalTail(z) / Number(truth) - 1)).toBeLessThan(2e-15 + (z * z * Number.EPSILON) / 2)
})

test.each(golden.quantile)('the quantile of %d to 2e-15 of max(1, |z|)', (p, truth) => {
  expect(Math.abs(normalQuantile(p) - Number(truth))).toBeLessThan(2e-15 * Math.max(1, Math.abs(Number(truth))))
})

test('outside of (0, 1) there is no quantile', () => {
  expect([normalQuantile(0), normalQuantile(1), normalQuantile(Number.NaN)]).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ])
})
