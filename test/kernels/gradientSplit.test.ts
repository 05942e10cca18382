import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GRADIENT_UNITS, HESSIAN_UNITS } from '../../src/kernels/gradientHistogram.ts'
import { gradientSplitInto, SPLIT_FEATURE, SPLIT_MISSING_LEFT, SPLIT_SLOT } from '../../src/kernels/gradientSplit.ts'

/** Rows of two features of three bins each and one for missing values, with integer derivatives. */
const rows = fc.array(
  fc.record({
    bins: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
    g: fc.integer({ min: -GRADIENT_UNITS, max: GRADIENT_UNITS }),
    h: fc.integer({ min: 1, max: HESSIAN_UNITS / 4 }),
  }),
  { minLength: 1, maxLength: 30 },
)

const offsets = Uint32Array.of(0, 4, 8)

test('finds the best of all splits, and says its gain', () => {
  fc.assert(
    fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1, 5), (list, least, l2) => {
      const [gradient, hessian, split] = [new Float64Array(9), new Float64Array(9), new Uint32Array(3)]
      for (const { bins, g, h } of list) {
        bins.forEach((bin, f) => {
          gradient[4 * f + bin]! += g
          hessian[4 * f + bin]! += h
        })
      }
      const gain = gradientSplitInto(gradient, hessian, offsets, least, l2, split)
      let best = 0
      for (const f of [0, 1]) {
        for (const bin of [0, 1, 2]) {
          for (const missingLeft of [true, false]) best = Math.max(best, gainOf(list, f, bin, missingLeft, least, l2))
        }
      }
      // Relative rounding of a few divisions; a gain of nothing may be taken for 0.
      expect(Math.abs(gain - best)).toBeLessThanOrEqual(1e-9 * (1 + best))
      if (gain === 0) return
      const found = gainOf(
        list,
        split[SPLIT_FEATURE]!,
        split[SPLIT_SLOT]! % 4,
        split[SPLIT_MISSING_LEFT] === 1,
        least,
        l2,
      )
      expect(found).toBeCloseTo(gain, 9)
    }),
  )
})

type Row = { bins: [number, number]; g: number; h: number }

/** Equation 7 of Chen & Guestrin, row by row. */
function gainOf(list: Row[], f: number, bin: number, missingLeft: boolean, least: number, l2: number): number {
  const isLeft = (row: Row) => (row.bins[f] === 3 ? missingLeft : row.bins[f]! <= bin)
  const left = sums(list.filter(isLeft))
  const right = sums(list.filter((row) => !isLeft(row)))
  const whole = sums(list)
  if (left.h === 0 || right.h === 0 || left.h < least || right.h < least) return 0
  return 0.5 * (left.g ** 2 / (left.h + l2) + right.g ** 2 / (right.h + l2) - whole.g ** 2 / (whole.h + l2))
}

function sums(list: Row[]): { g: number; h: number } {
  return {
    g: list.reduce((sum, row) => sum + row.g, 0) / GRADIENT_UNITS,
    h: list.reduce((sum, row) => sum + row.h, 0) / HESSIAN_UNITS,
  }
}
