/**
 * Discounted purchases without end, ∫₀^∞ e^(−δs) dE[X(s)], of a customer who leaves after each purchase with a Beta(a, b)
 * chance and whose gaps have k Erlang phases, of which j < k have passed with weight (D)_j / j! · u^j; given them, the rate
 * of phases is Gamma(D + j, α). BG/NBD is k = 1, with D = r.
 *
 * A phase at rate λ is worth ρ = λ / (λ + δ), so that given λ, j and p the purchases are worth
 * Σ_{n≥1} (1 − p)^(n−1) ρ^(kn−j) = ρ^(k−j) / (1 − ρ^k + ρ^k p): averaged over λ and p, with j averaged in closed form.
 */
export function discountedForever(
  k: number, //             at least 1
  D: number, //             above 0
  u: number, //             at least 0; 0 if no phase has passed
  d: number, //             δ α, above 0
  lambdas: number, //       nodes of Gamma(D, 1)
  lambda: Float64Array, //  in   rates in units of 1/α
  ofLambda: Float64Array, // in  their weights
  dropouts: number, //      nodes of Beta(a, b)
  p: Float64Array, //       in   dropout probabilities
  ofP: Float64Array, //     in   their weights
): number {
  let total = 0
  for (let i = 0; i < lambdas; i++) {
    const rate = lambda[i]!
    const logPhase = -Math.log1p(d / rate)
    const lost = -Math.expm1(k * logPhase)
    const kept = Math.exp(k * logPhase)
    let passed = 1
    let next = kept
    const gained = u * rate * Math.exp(-logPhase)
    for (let j = 1; j < k; j++) {
      passed *= gained / j
      next += kept * passed
    }
    let sum = 0
    for (let m = 0; m < dropouts; m++) sum += ofP[m]! / (lost + kept * p[m]!)
    total += ofLambda[i]! * next * sum
  }
  return k === 1 ? total : total / phaseWeights(k, D, u)
}

/** Σ_{j<k} (D)_j / j! · u^j. */
export function phaseWeights(k: number, D: number, u: number): number {
  let weight = 1
  let sum = 1
  for (let j = 1; j < k; j++) {
    weight *= ((D + (j - 1)) / j) * u
    sum += weight
  }
  return sum
}
