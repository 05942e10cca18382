/**
 * ln Γ(x) for x > 0, to a few units in the last place of max(1, |ln Γ(x)|), and of ln Γ(x) itself next to its zeros
 * at 1 and 2. NaN for x ≤ 0.
 *
 * Three ranges: a Taylor series about 2 (so that the zeros keep their relative accuracy), shifts by the recurrence,
 * and Stirling's series from 10 up.
 *
 * @see Abramowitz & Stegun (1964), 6.1.33 (series), 6.1.15 (recurrence), 6.1.41 (Stirling)
 * @example
 * logGamma(5) // 3.178…, the logarithm of 24
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  if (x >= STIRLING_FROM) {
    // (x - 1/2)(ln x - 1) loses less than (x - 1/2) ln x - x; beyond 1e305 the last step may overflow to infinity.
    return (x - 0.5) * (Math.log(x) - 1) + HALF_LOG_2_PI_MINUS_HALF + stirlingCorrection(x)
  }
  if (x >= 2.5) {
    let product = 1
    let y = x
    while (y >= 2.5) {
      y -= 1
      product *= y
    }
    return aboutTwo(y - 2) + Math.log(product)
  }
  if (x >= 1.5) return aboutTwo(x - 2)
  if (x >= 0.5) return aboutTwo(x - 1) - Math.log1p(x - 1)
  return aboutTwo(x) - Math.log1p(x) - Math.log(x)
}

/** From here on Stirling's series with eight terms is exact to a double. */
export const STIRLING_FROM = 10

/** What Stirling's formula leaves out: ln Γ(x) − [(x − 1/2) ln x − x + ln(2π)/2], for x ≥ `STIRLING_FROM`. */
export function stirlingCorrection(x: number): number {
  const y = 1 / (x * x)
  return (
    (1 / 12 +
      y *
        (-1 / 360 +
          y *
            (1 / 1260 +
              y * (-1 / 1680 + y * (1 / 1188 + y * (-691 / 360360 + y * (1 / 156 + y * (-3617 / 122400)))))))) /
    x
  )
}

/** ln Γ(2 + e) for |e| ≤ 1/2. */
function aboutTwo(e: number): number {
  let sum = 0
  for (let k = SERIES.length - 1; k >= 0; k--) sum = sum * e + SERIES[k]!
  return e * (ONE_MINUS_EULER + e * sum)
}

const HALF_LOG_2_PI_MINUS_HALF = 0.4189385332046727
const ONE_MINUS_EULER = 0.4227843350984671

/** (−1)^k (ζ(k) − 1) / k for k = 2, 3, …: the terms fall by a factor of four, to below 1e-17 of the first. */
const SERIES: readonly number[] = [
  0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986, 0.0028905103307415234,
  -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 0.00009945751278180853,
  -0.00004492623673813314, 0.00002050721277567069, -0.000009439488275268397, 0.000004374866789907488,
  -0.000002039215753801366, 9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7,
  4.7698101693639804e-8, -2.2711094608943164e-8, 1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9,
  -1.1921401405860912e-9, 5.731367241678862e-10, -2.7595228851242334e-10,
]
