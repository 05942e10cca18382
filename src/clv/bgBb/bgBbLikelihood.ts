import { bgBbActiveSumsInto, bgBbSilenceSumsInto } from '../../kernels/bgBbLikelihood.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { groupRows, valuesOf } from '../groupRows.ts'
import type { PeriodHistories } from '../periodHistories.ts'

/**
 * Minus the BG/BB log-likelihood of all customers, with its gradient and Hessian in θ = (ln α, ln β, ln γ, ln δ), as a
 * function for the minimiser. Costs n − x steps for each distinct (x, n), and one for each opportunity.
 *
 * A customer's likelihood is that of the purchases up to the last, (α)_x (β)_{t_x−x} / (α + β)_{t_x} · S(t_x), times that
 * of the silence since.
 *
 * @see Fader, Hardie & Shang (2010), "Customer-Base Analysis in a Discrete-Time Noncontractual Setting", equation 5
 */
export function bgBbObjective(histories: PeriodHistories): (theta: readonly number[]) => Expansion {
  const { repeats, ageAtLast, age } = histories
  const groups = groupRows([repeats, age, ageAtLast])
  const weights = new Float64Array(groups.count)
  groups.groupOf.forEach((group, row) => {
    weights[group]! += histories.weights[row]!
  })
  const [x, n, last] = [valuesOf(groups, repeats), valuesOf(groups, age), valuesOf(groups, ageAtLast)]
  const longest = last.reduce((most, t) => Math.max(most, t), 0)
  const purchased = moreThan(longest, x, weights)
  const passed = moreThan(
    longest,
    last.map((t, i) => t - x[i]!),
    weights,
  )
  const active = moreThan(longest, last, weights)
  const state = new Float64Array(15)
  const sums = new Float64Array(16)
  return (theta) => {
    const [alpha, beta, gamma, delta] = theta.map(Math.exp) as [number, number, number, number]
    sums.fill(0)
    bgBbActiveSumsInto(purchased, passed, active, alpha, beta, gamma, delta, sums)
    for (let start = 0, end = 0; start < x.length; start = end) {
      do end++
      while (end < x.length && x[end] === x[start] && n[end] === n[start])
      bgBbSilenceSumsInto(start, end, x[start]!, n[start]!, last, weights, alpha, beta, gamma, delta, state, sums)
    }
    const [value, gA, gB, gC, gD, aa, ab, bb, ac, ad, bc, bd, cc, cd, dd, rest] = sums.map(
      (sum) => -sum,
    ) as unknown as number[]
    const hessian = [
      [aa!, ab!, ac!, ad!],
      [ab!, bb!, bc!, bd!],
      [ac!, bc!, cc!, cd!],
      [ad!, bd!, cd!, dd!],
    ]
    return { value: value! + rest!, gradient: [gA!, gB!, gC!, gD!], hessian }
  }
}

/** For j = 0, 1, … below `length`, how many customers have a count above j. */
function moreThan(length: number, counts: Float64Array, weights: Float64Array): Float64Array {
  const more = new Float64Array(length)
  counts.forEach((count, i) => {
    if (count > 0) more[count - 1]! += weights[i]!
  })
  for (let j = length - 2; j >= 0; j--) more[j]! += more[j + 1]!
  return more
}
