/**
 * ψ(x), the derivative of ln Γ(x), for x > 0, to a few units in the last place of max(1, |ψ(x)|). NaN for x ≤ 0.
 *
 * @see Abramowitz & Stegun (1964), 6.3.5 (recurrence) and 6.3.18 (asymptotic series)
 * @example
 * digamma(1) // -0.5772…, Euler's constant with its sign changed
 */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let shift = 0
  let z = x
  while (z < 10) shift += 1 / z++
  const y = 1 / (z * z)
  const tail =
    y *
    (1 / 12 +
      y *
        (-1 / 120 +
          y * (1 / 252 + y * (-1 / 240 + y * (1 / 132 + y * (-691 / 32760 + y * (1 / 12 + y * (-3617 / 8160))))))))
  return Math.log(z) - 0.5 / z - tail - shift
}
