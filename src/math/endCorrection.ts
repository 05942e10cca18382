/** What the values of a smooth function at 0, 1, 2, … say of its sum over them beside its integral. */
export interface EndCorrection {
  /** Σ_{k≥0} f(k) − ∫₀^∞ f(s) ds, for an f that is smooth from 0 on and vanishes at the end. */
  readonly correction: number
  /** The last terms of that series, which is asymptotic: about what it misses. */
  readonly error: number
  /** f at a place within, by the polynomial through the values. */
  readonly at: (place: number) => number
}

/**
 * Gregory's formula at one end, Σ − ∫ = f₀/2 − Δf₀/12 + Δ²f₀/24 − …: the Euler–Maclaurin formula by differences in place
 * of derivatives. A sum without end is then an integral and a few values.
 *
 * @param values - f(0), f(1), …, some ten of them
 * @see Jordan (1950), "Calculus of Finite Differences", on Gregory's summation formula
 * @example
 * const values = Array.from({ length: 12 }, (_, k) => Math.exp(-k / 20))
 * endCorrection(values).correction // 0.5041…, 1 / (1 − e^(−1/20)) − 20
 */
export function endCorrection(values: readonly number[]): EndCorrection {
  const differences = forwardDifferences(values)
  const weights = gregoryWeights(values.length)
  const terms = differences.map((difference, j) => weights[j]! * difference)
  return {
    correction: terms.reduceRight((sum, term) => sum + term, 0),
    error: Math.abs(terms[terms.length - 1]!) + Math.abs(terms[terms.length - 2] ?? 0),
    at: (place) => {
      let binomial = 1
      let sum = 0
      differences.forEach((difference, j) => {
        sum += binomial * difference
        binomial *= (place - j) / (j + 1)
      })
      return sum
    },
  }
}

/** f₀, Δf₀, Δ²f₀, … */
function forwardDifferences(values: readonly number[]): number[] {
  const row = [...values]
  for (let order = 1; order < row.length; order++) {
    for (let j = row.length - 1; j >= order; j--) row[j]! -= row[j - 1]!
  }
  return row
}

/** The coefficients of 1/ln(1 + x) − 1/x = 1/2 − x/12 + x²/24 − …, by the product with ln(1 + x)/x being 1. */
function gregoryWeights(count: number): number[] {
  const series = [1]
  for (let n = 1; n <= count; n++) {
    let sum = 0
    for (let i = 1; i <= n; i++) sum -= ((i % 2 === 0 ? 1 : -1) / (i + 1)) * series[n - i]!
    series.push(sum)
  }
  return series.slice(1)
}
