import { dropoutAverage } from './dropoutAverage.ts'

/**
 * Expected purchases within `t` of a customer who starts now, under BG/NBD(r, α, a, b): E[X(t)]. For a customer with a
 * history who is still there, this is the future with r + x, α + T and b + x.
 *
 * The textbook's difference, C/(a−1) · [1 − (1−z)^r ₂F₁(r, b; C; z)] with C = a + b − 1 and z = t/(α + t), cancels at
 * short times, at a = 1 and at large b. Euler's transform, with (1−z)^(a−1) taken out of both of its terms, makes them
 * one series whose terms need no difference:
 *
 *   E = (1−z)^(a−1) Σ_{k≥1} (a)_{k−1}/k! z^k c_k,   c_k = C · [1 − (C−r)_k/(C)_k],
 *   c_1 = r,   c_{k+1} = c_k + g_k r/(C + k),   g_1 = C − r,   g_{k+1} = g_k (C − r + k)/(C + k).
 *
 * All terms are positive while C ≥ r. Where they are not, or where there would be too many of them, the expectation
 * over the dropout probability is integrated.
 *
 * @see Fader, Hardie & Lee (2005), equation 9; Abramowitz & Stegun (1964), 15.3.3 (Euler's transform)
 */
export function bgNbdExpected(
  r: number, // above 0
  alpha: number, // above 0
  a: number, // above 0
  b: number, // above 0
  t: number, // at least 0, in the unit of α
): number {
  if (t === 0) return 0
  const logRest = -Math.log1p(t / alpha)
  const z = t / (alpha + t)
  const sum = z < 0.9 && -a * logRest < 30 ? series(r, a, b, z) : Number.NaN
  return sum > 0 ? sum * Math.exp((a - 1) * logRest) : dropoutAverage(true, r, alpha, a, b, t)
}

/** The same from tabled coefficients, which α and t do not touch: several times as fast for many of these. */
export function bgNbdExpectedBy(
  coefficients: Float64Array, // in  2K, as `bgNbdCoefficientsInto` wrote them
  r: number,
  alpha: number,
  a: number,
  b: number,
  t: number,
): number {
  const logRest = -Math.log1p(t / alpha)
  const z = t / (alpha + t)
  const sum = -a * logRest < 30 ? tabledSeries(coefficients, a, z) : Number.NaN
  return sum > 0 ? sum * Math.exp((a - 1) * logRest) : bgNbdExpected(r, alpha, a, b, t)
}

/** Writes (a)_{k−1}/k! c_k, k = 1, …, K, and what bounds them without regard to signs. */
export function bgNbdCoefficientsInto(
  r: number,
  a: number,
  b: number,
  out: Float64Array, // out  2K
): void {
  const terms = out.length >> 1
  const ab = a + b
  let g = ab - 1 - r
  let c = r
  let size = r
  let factor = 1
  for (let k = 1; k <= terms; k++) {
    out[k - 1] = factor * c
    out[terms + k - 1] = factor * size
    const change = (g * r) / (ab + (k - 1))
    c += change
    size += Math.abs(change)
    g *= (ab - r + (k - 1)) / (ab + (k - 1))
    factor *= (a + (k - 1)) / (k + 1)
  }
}

/** The sum over k; NaN where its terms cancel by more than a factor of three, or are too few. */
function tabledSeries(coefficients: Float64Array, a: number, z: number): number {
  const terms = coefficients.length >> 1
  const negligible = 1e-17 * (1 - z)
  let power = z
  let sum = coefficients[0]! * z
  let sizes = sum
  for (let k = 1; k < terms; k++) {
    power *= z
    const size = coefficients[terms + k]! * power
    sum += coefficients[k]! * power
    sizes += size
    if (size < negligible * sum && k > a) return sizes < 3 * sum ? sum : Number.NaN
  }
  return Number.NaN
}

/** The sum over k; NaN where its terms cancel by more than a factor of three, as they may where C < r. */
function series(r: number, a: number, b: number, z: number): number {
  // C + k as (a + b) + (k − 1): C itself is near −1 where a and b are small, and its rounding would show. So it would in
  // a + k − 1 from left to right, at k = 1.
  const ab = a + b
  let g = ab - 1 - r
  let c = r
  let size = r
  let power = z
  let sum = c * power
  let sizes = sum
  for (let k = 1; k < 5000; k++) {
    const change = (g * r) / (ab + (k - 1))
    c += change
    size += Math.abs(change)
    g *= (ab - r + (k - 1)) / (ab + (k - 1))
    power *= (z * (a + (k - 1))) / (k + 1)
    sum += c * power
    sizes += size * power
    // Beyond a, later terms fall by at least nearly z each, so that all of them are at most size · power / (1 − z).
    if (k > a && size * power < 1e-17 * (1 - z) * sum) return sizes < 3 * sum ? sum : Number.NaN
  }
  return Number.NaN
}
