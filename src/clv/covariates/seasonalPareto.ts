import { rateSumsInto } from '../../kernels/occasionSums.ts'
import { clockInto } from '../../kernels/operationalClock.ts'
import { seasonalSilenceInto } from '../../kernels/seasonalSilence.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import type { ParetoNbdParams } from '../paretoNbd/paretoNbd.ts'
import type { SeasonalHistories } from './seasonalHistories.ts'

/**
 * Minus the log-likelihood of Pareto/NBD whose customers buy e^(γ·z) times as fast on a day with covariates z, and leave
 * at a rate that knows no season, with exact gradient and Hessian in (ln r, ln α, ln s, ln β, γ): each purchase counts
 * by the speed of its day, and the silence after the last is an integral over the time of leaving. Histories × periods
 * × γ².
 *
 * @param columns - of the covariates, each with a value for each of the days 1 to `end`
 * @see Bachmann, Meierer & Näf (2021), "The Role of Time-Varying Contextual Factors in Latent Attrition Models for
 *   Customer Base Analysis", Marketing Science 40(4)
 */
export function seasonalParetoObjective(
  histories: SeasonalHistories,
  columns: readonly Float64Array[],
): (point: readonly number[]) => Expansion {
  const { repeats, first, last, weights, end, repeatsOn, unit } = histories
  const width = 1 + columns.length
  const size = 3 + width
  const clock = new Float64Array((end + 1) * width * width)
  const silenceOf = silences(periodEnds(columns, end), clock, width, unit)
  const rates = new Float64Array(3)
  const values = new Float64Array(repeats.length)
  return (point) => {
    const [r, alpha, s, beta] = point.slice(0, 4).map(Math.exp) as [number, number, number, number]
    const gradient = new Float64Array(size)
    const hessian = new Float64Array(size * size)
    const scores = clockInto(columns, point.slice(4), unit, repeatsOn, clock, gradient)
    rates.fill(0)
    for (let i = 0, counted = 0; i < repeats.length; i++) {
      const [x, c] = [repeats[i]!, weights[i]!]
      rateSumsInto(counted, x, r, alpha, rates)
      counted = x
      const { logSilence, derivatives } = silenceOf(x, first[i]!, last[i]!, end, { r, alpha, s, beta })
      values[i] = c * (rates[0]! + logSilence)
      gradient[0]! += c * rates[1]!
      gradient[1]! -= c * x
      hessian[0]! += c * rates[2]!
      for (let j = 0; j < size; j++) gradient[j]! += c * derivatives[2 + j]!
      for (let j = 0; j < size * size; j++) hessian[j]! += c * derivatives[2 + size + j]!
    }
    return {
      value: -scores - compensatedSum(values),
      gradient: Array.from(gradient, (g) => -g),
      hessian: Array.from({ length: size }, (_, j) =>
        Array.from(hessian.subarray(j * size, (j + 1) * size), (h) => -h),
      ),
    }
  }
}

/** What the silence of a customer after the last purchase says. */
export interface Silence {
  /** ln of the likelihood of the history without the factors Π (r + j)/α and e^(γ·z) of its purchases. */
  readonly logSilence: number
  /** At the end of the last day observed. */
  readonly probabilityAlive: number
  /** As of `seasonalSilenceInto`; overwritten by the next call. */
  readonly derivatives: Float64Array
}

/** The silence of a customer after the last purchase, as a function of the days of first and last purchase and of now. */
export function silences(
  periodEnd: Uint32Array,
  clock: Float64Array,
  width: number,
  unit: number,
): (x: number, from: number, to: number, end: number, params: ParetoNbdParams) => Silence {
  const size = 3 + width
  const clockAt = new Float64Array(2 * width * width)
  const scratch = new Float64Array(1 + width + width * width + size)
  const derivatives = new Float64Array(2 + size + size * size)
  const packed = new Float64Array(4)
  return (x, from, to, end, { r, alpha, s, beta }) => {
    packed[0] = r
    packed[1] = alpha
    packed[2] = s
    packed[3] = beta
    seasonalSilenceInto(clock, width, periodEnd, from, to, end, unit, x, packed, clockAt, scratch, derivatives)
    const atLast = (clock[to * width * width]! - clock[from * width * width]!) / alpha
    const untilLast = -(r + x) * Math.log1p(atLast) - s * Math.log1p((to - from) / unit / beta)
    return {
      logSilence: untilLast + Math.log(derivatives[0]!),
      probabilityAlive: derivatives[1]! / derivatives[0]!,
      derivatives,
    }
  }
}

/** For each day from 0 on, the last day of those after it on which all columns stay the same. */
export function periodEnds(columns: readonly Float64Array[], end: number): Uint32Array {
  const ends = new Uint32Array(end + 1).fill(end)
  for (let d = end - 2; d >= 0; d--) {
    const isSame = columns.every((column) => column[d] === column[d + 1])
    ends[d] = isSame ? ends[d + 1]! : d + 1
  }
  return ends
}
