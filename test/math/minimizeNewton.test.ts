import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Expansion, minimizeNewton } from '../../src/math/minimizeNewton.ts'
import { symmetricEigen } from '../../src/math/symmetricEigen.ts'

describe('published', () => {
  test("Rosenbrock's valley from (−1.2, 1) ends at (1, 1)", () => {
    const minimum = minimizeNewton(rosenbrock, [-1.2, 1])
    expect(minimum.point[0]).toBeCloseTo(1, 12)
    expect(minimum.point[1]).toBeCloseTo(1, 12)
    expect(minimum.ended).toBe('converged')
    expect(minimum.positiveDefinite).toBe(true)
    expect(minimum.gradientNorm).toBeLessThan(1e-9)
  })
})

describe('laws', () => {
  test('a convex quadratic takes one step and the one that certifies it', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(number, number, number, (u, v, w) => {
        const quadratic = ([x, y]: readonly number[]): Expansion => {
          const [dx, dy] = [x! - u, y! - v]
          return {
            value: (2 + w * w) * dx * dx + w * dx * dy + dy * dy,
            gradient: [2 * (2 + w * w) * dx + w * dy, w * dx + 2 * dy],
            hessian: [
              [2 * (2 + w * w), w],
              [w, 2],
            ],
          }
        }
        const minimum = minimizeNewton(quadratic, [u + 1, v - 1])
        expect(minimum.iterations).toBeLessThanOrEqual(2)
        expect(Math.hypot(minimum.point[0]! - u, minimum.point[1]! - v)).toBeLessThan(1e-12)
      }),
    )
  })

  test('eigenvectors are orthonormal and rebuild the matrix', () => {
    const entries = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(entries, ([a, b, c, d, e, f, g, h, i, j]) => {
        const matrix = [
          [a!, b!, c!, d!],
          [b!, e!, f!, g!],
          [c!, f!, h!, i!],
          [d!, g!, i!, j!],
        ]
        const { values, vectors } = symmetricEigen(matrix)
        expect([...values]).toEqual([...values].sort((x, y) => x - y))
        for (let row = 0; row < 4; row++) {
          for (let column = 0; column < 4; column++) {
            const sum = values.reduce((s, value, k) => s + value * vectors[k]![row]! * vectors[k]![column]!, 0)
            // Rounding of a product of orthogonal matrices: some units of the largest entry, 1e3.
            expect(Math.abs(sum - matrix[row]![column]!)).toBeLessThan(1e-11)
            const dot = vectors[row]!.reduce((s, component, k) => s + component * vectors[column]![k]!, 0)
            expect(Math.abs(dot - (row === column ? 1 : 0))).toBeLessThan(1e-14)
          }
        }
      }),
    )
  })
})

describe('endings', () => {
  test('a function without a minimum ends at the edge that the caller names', () => {
    const falling = ([x]: readonly number[]): Expansion => ({
      value: Math.exp(-x!),
      gradient: [-Math.exp(-x!)],
      hessian: [[Math.exp(-x!)]],
    })
    const minimum = minimizeNewton(falling, [0], { isAtEdge: ([x]) => x! > 20 })
    expect(minimum.ended).toBe('edge')
    expect(minimum.point[0]).toBeGreaterThan(20)
  })

  test('too few iterations are reported, not hidden', () => {
    const minimum = minimizeNewton(rosenbrock, [-1.2, 1], { maxIterations: 2 })
    expect(minimum.ended).toBe('limit')
    expect(minimum.iterations).toBe(2)
  })

  test('a value that rounds more than it falls does not stop the search', () => {
    // A bowl at 1 whose value shakes by 40 ulp of 1e6, as a sum of a million terms may.
    let calls = 0
    const bowl = ([x]: readonly number[]) => {
      const e = Math.expm1(x! - 1)
      const shake = 40 * 1e6 * Number.EPSILON * (calls++ % 3)
      return { value: 1e6 + e * e + shake, gradient: [2 * e * (e + 1)], hessian: [[2 * (e + 1) * (2 * e + 1)]] }
    }
    const { ended, point, iterations } = minimizeNewton(bowl, [0.99999])
    expect(ended).toBe('converged')
    expect(iterations).toBeLessThan(6)
    expect(Math.abs(point[0]! - 1)).toBeLessThan(1e-12)
  })

  test('a saddle is left by its downhill side', () => {
    const saddle = ([x, y]: readonly number[]): Expansion => ({
      value: x! ** 4 / 4 - x! ** 2 / 2 + y! ** 2,
      gradient: [x! ** 3 - x!, 2 * y!],
      hessian: [
        [3 * x! ** 2 - 1, 0],
        [0, 2],
      ],
    })
    const minimum = minimizeNewton(saddle, [0.01, 1])
    expect(minimum.point[0]).toBeCloseTo(1, 12)
    expect(minimum.point[1]).toBeCloseTo(0, 12)
  })
})

function rosenbrock([x, y]: readonly number[]): Expansion {
  const [u, v] = [1 - x!, y! - x! * x!]
  return {
    value: u * u + 100 * v * v,
    gradient: [-2 * u - 400 * x! * v, 200 * v],
    hessian: [
      [2 - 400 * v + 800 * x! * x!, -400 * x!],
      [-400 * x!, 200],
    ],
  }
}
