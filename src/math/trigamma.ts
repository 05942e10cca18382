/**
 * ψ′(x), the second derivative of ln Γ(x), for x > 0, to a few units in the last place. NaN for x ≤ 0.
 *
 * @see Abramowitz & Stegun (1964), 6.4.6 (recurrence) and 6.4.12 (asymptotic series)
 * @example
 * trigamma(1) // 1.644…, π²/6
 */
export function trigamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let shift = 0
  let z = x
  while (z < 10) {
    shift += 1 / (z * z)
    z++
  }
  const y = 1 / (z * z)
  const series =
    1 +
    y *
      (1 / 6 +
        y *
          (-1 / 30 + y * (1 / 42 + y * (-1 / 30 + y * (5 / 66 + y * (-691 / 2730 + y * (7 / 6 + y * (-3617 / 510))))))))
  return shift + series / z + 0.5 * y
}
