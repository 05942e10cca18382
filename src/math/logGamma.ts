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
              y *
                (-1 / 1680 +
                  y * (1 / 1188 + y * (-691 / 360360 + y * (1 / 156 + y * (-3617 / 122400)))))))) /
    x
  )
}

/** ln Γ(2 + e) for |e| ≤ 1/2. */
function aboutTwo(e: number): number {
  let sum = 0
  for (let k = SERIES.length - 1; k >= 0; k--) sum = sum * e + SERIES[k]!
  return e * (ONE_MINUS_EULER + e * sum)
}

const HALF_LOG_2_PI_MINUS_HALF = 0.41893853320467274
const ONE_MINUS_EULER = 0.4227843350984671

/** (−1)^k (ζ(k) − 1) / k for k = 2, 3, …: the terms fall by a factor of four, to below 1e-17 of the first. */
const SERIES: readonly number[] = [
  0.32246703342411321824, -0.067352301053198095133, 0.020580808427784547879, -0.0073855510286739852663,
  0.0028905103307415232858, -0.0011927539117032609771, 0.00050966952474304242234, -0.00022315475845357937976,
  0.000099457512781808533715, -0.0000449262367381331417, 0.000020507212775670691553, -9.439488275268395904e-6,
  4.3748667899074878042e-6, -2.0392157538013662368e-6, 9.5514121304074198329e-7, -4.4924691987645660433e-7,
  2.1207184805554665869e-7, -1.0043224823968099609e-7, 4.7698101693639805658e-8, -2.271109460894316491e-8,
  1.0838659214896954091e-8, -5.1834750419700466551e-9, 2.4836745438024783172e-9, -1.1921401405860912074e-9,
  5.7313672416788620133e-10, -2.7595228851242331452e-10,
]
