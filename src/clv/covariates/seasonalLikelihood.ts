import { dropoutSumsInto, rateSumsInto } from '../../kernels/occasionSums.ts'
import { clockInto, logAgeInto } from '../../kernels/operationalClock.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import type { SeasonalHistories } from './seasonalHistories.ts'

/**
 * Minus the log-likelihood of BG/NBD, or with `early` MBG/NBD, whose customers buy e^(γ·z) times as fast on a day with
 * covariates z, with exact gradient and Hessian in (ln r, ln α, ln a, ln b, γ). In operational time, ∫ e^(γ·z), the
 * process is the plain one, and each purchase adds γ·z of its day; the plain likelihood is as in `bgNbdObjective`. Days of
 * the calendar × γ², and histories × γ².
 *
 * @param columns - of the covariates, each with a value for each of the days 1 to `end`
 * @see Bachmann, Meierer & Näf (2021), "The Role of Time-Varying Contextual Factors in Latent Attrition Models for
 *   Customer Base Analysis", Marketing Science 40(4), for the device under Pareto/NBD
 */
export function seasonalObjective(
  { repeats, first, last, weights, end, repeatsOn, unit }: SeasonalHistories,
  columns: readonly Float64Array[],
  early: 0 | 1,
): (point: readonly number[]) => Expansion {
  const size = 4 + columns.length
  /** Of ln(1 + age/α): the value, then derivatives by ln α and γ, then second ones. */
  const width = 1 + columns.length
  const clock = new Float64Array((end + 1) * width * width)
  const [now, then] = [new Float64Array(1 + width + width * width), new Float64Array(1 + width + width * width)]
  const rates = new Float64Array(3)
  const dropouts = new Float64Array(6)
  const slope = new Float64Array(size)
  return (point) => {
    const [r, alpha, a, b] = point.slice(0, 4).map(Math.exp) as [number, number, number, number]
    const gradient = new Float64Array(size)
    const hessian = Array.from({ length: size }, () => new Float64Array(size))
    const add = (i: number, j: number, value: number): void => {
      hessian[i]![j]! += value
      if (i !== j) hessian[j]![i]! += value
    }
    let value = clockInto(columns, point.slice(4), unit, repeatsOn, clock, gradient)
    rates.fill(0)
    dropouts.fill(0)
    for (let i = 0, phases = 0, chances = 0; i < repeats.length; i++) {
      const [x, c] = [repeats[i]!, weights[i]!]
      rateSumsInto(phases, x, r, alpha, rates)
      dropoutSumsInto(chances, x + early, a, b, dropouts)
      phases = x
      chances = x + early
      const D = r + x
      value += c * (rates[0]! - dropouts[0]!)
      gradient[0]! += c * rates[1]!
      gradient[1]! -= c * x
      gradient[2]! -= c * dropouts[1]!
      gradient[3]! += c * dropouts[2]!
      add(0, 0, c * rates[2]!)
      add(2, 2, -c * dropouts[3]!)
      add(2, 3, c * dropouts[4]!)
      add(3, 3, c * dropouts[5]!)

      // −D l(T), and of who may have left ln(1 + w), ln w = ln odds + D (l(T) − l(t_x)).
      logAgeInto(clock, width, first[i]!, end, alpha, now)
      logAgeInto(clock, width, first[i]!, last[i]!, alpha, then)
      const e = chances > 0 ? b / (b + (chances - 1)) : 0
      const logW =
        chances > 0
          ? point[2]! - Math.log(b + (chances - 1)) + D * silence(clock, width, first[i]!, last[i]!, end, alpha)
          : Number.NEGATIVE_INFINITY
      const small = Math.exp(-Math.abs(logW))
      const dead = (logW > 0 ? 1 : small) / (1 + small)
      const spread = (c * small) / ((1 + small) * (1 + small))
      value += c * (Math.max(logW, 0) + Math.log1p(small) - D * now[0]!)
      // By t = l(T) and u = l(t_x): ∂/∂t = −(1 − dead) D, ∂/∂u = −dead D.
      const [byNow, byThen] = [-c * (1 - dead), -c * dead]
      slope[0] = r * (now[0]! - then[0]!)
      slope[2] = 1
      slope[3] = -e
      gradient[0]! += r * (byNow * now[0]! + byThen * then[0]!)
      gradient[2]! += c * dead
      gradient[3]! -= c * dead * e
      add(0, 0, r * (byNow * now[0]! + byThen * then[0]!))
      add(3, 3, -c * dead * e * (1 - e))
      for (let k = 0; k < width; k++) {
        const at = placeOf(k)
        slope[at] = D * (now[1 + k]! - then[1 + k]!)
        const both = byNow * now[1 + k]! + byThen * then[1 + k]!
        gradient[at]! += D * both
        add(0, at, r * both)
        for (let m = 0; m <= k; m++) {
          const to = 1 + width + k * width + m
          add(at, placeOf(m), D * (byNow * now[to]! + byThen * then[to]!))
        }
      }
      if (spread === 0) continue
      for (let j = 0; j < size; j++) for (let k = 0; k <= j; k++) add(j, k, spread * slope[j]! * slope[k]!)
    }
    return {
      value: -value,
      gradient: Array.from(gradient, (g) => -g),
      hessian: hessian.map((row) => Array.from(row, (h) => -h)),
    }
  }
}

/** The coordinate of the k-th derivative of an age: ln α first, then γ. */
function placeOf(k: number): number {
  return k === 0 ? 1 : 3 + k
}

/** l(T) − l(t_x), without a difference of two logarithms. */
function silence(clock: Float64Array, width: number, first: number, last: number, end: number, alpha: number): number {
  const stride = width * width
  const [start, then, now] = [clock[first * stride]!, clock[last * stride]!, clock[end * stride]!]
  return Math.log1p((now - then) / (alpha + (then - start)))
}
