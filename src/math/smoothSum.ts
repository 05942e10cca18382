import { GAUSS_NODES, GAUSS_WEIGHTS } from './gaussLegendre.ts'

/**
 * Makes a function that sums a smooth positive `g` over the integers from `from` up to, not including, `to`, to about
 * 1e-14 of the sum. Short blocks are summed term by term. On a block of L = 2^j terms, g is taken as the polynomial
 * through 16 points, which is summed exactly over the integers; where its last Legendre coefficients are not negligible
 * the block is halved. Costs some 64 + 16 log₂(to − from) values of a g that varies on the scale of its argument.
 *
 * @example
 * smoothSum()((k) => 1 / k ** 2, 1, 1_000_001) // 1.644933…, π²/6 less a millionth
 */
export function smoothSum(): (g: (k: number) => number, from: number, to: number) => number {
  const nodes = [...GAUSS_NODES.map((node) => -node).reverse(), ...GAUSS_NODES]
  const weights = [...[...GAUSS_WEIGHTS].reverse(), ...GAUSS_WEIGHTS]
  const legendreAt = nodes.map(legendre)
  const momentsOf = new Map<number, readonly number[]>()
  const moments = (length: number): readonly number[] => {
    const known = momentsOf.get(length)
    if (known !== undefined) return known
    const made = discreteMoments(length)
    momentsOf.set(length, made)
    return made
  }

  return (g, from, to) => {
    let total = 0
    const add = (start: number, length: number): void => {
      if (length < SHORTEST) {
        for (let k = start; k < start + length; k++) total += g(k)
        return
      }
      const middle = start + (length - 1) / 2
      const values = nodes.map((node) => g(middle + (length / 2) * node))
      const coefficient = (m: number): number =>
        values.reduce((sum, value, i) => sum + ((2 * m + 1) / 2) * weights[i]! * legendreAt[i]![m]! * value, 0)
      // What 16 points miss counts little: the sums of higher polynomials are those of their rounding at the ends only.
      const lost = Math.abs(coefficient(13)) + Math.abs(coefficient(14)) + Math.abs(coefficient(15))
      if (lost * length > 1e-10 * (total + Math.abs(coefficient(0)) * length)) {
        add(start, length / 2)
        add(start + length / 2, length / 2)
        return
      }
      moments(length).forEach((moment, half) => {
        total += coefficient(2 * half) * moment
      })
    }
    let k = from
    while (k < to) {
      const room = Math.max(1, Math.min(k - from, to - k))
      const length = k - from < SHORTEST ? Math.min(SHORTEST - 1, to - k) : 2 ** Math.floor(Math.log2(room))
      add(k, length)
      k += length
    }
    return total
  }
}

/** Blocks below this are summed term by term. */
const SHORTEST = 64

/** P_0(x), …, P_15(x). */
function legendre(x: number): number[] {
  const values = [1, x]
  for (let m = 1; m < 15; m++) values.push(((2 * m + 1) * x * values[m]! - m * values[m - 1]!) / (m + 1))
  return values
}

/** Σ P_m over the midpoints of `length` equal parts of [−1, 1], for even m; for odd m it is 0. */
function discreteMoments(length: number): number[] {
  const sums = Array<number>(8).fill(0)
  for (let k = 0; k < length; k++) {
    const values = legendre((2 * k + 1) / length - 1)
    for (let half = 0; half < 8; half++) sums[half]! += values[2 * half]!
  }
  return sums
}
