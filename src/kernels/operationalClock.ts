/**
 * Winds up the clock of a process that runs e^(γ·z) times as fast on days with covariates z: writes, for each day, the
 * operational time from day 0 to its end, Σ e^(γ·z) / unit, and the same sums times z_k, and times z_k z_m.
 *
 * @returns Σ γ·z of the purchases, whose derivatives by γ are added to `gradient`
 */
export function clockInto(
  columns: readonly Float64Array[], // in   γ's covariates of the days 1, 2, …
  gamma: readonly number[], //         in
  unit: number, //                     days in a time unit
  purchasesOn: Float64Array, //        in   of the days 1, 2, …
  out: Float64Array, //                out  for each day from 0 on: the sums times (1, z)(1, z)ᵀ, row by row
  gradient: Float64Array, //           added to, from place 4 on
): number {
  const width = 1 + columns.length
  const stride = width * width
  out.fill(0, 0, stride)
  let scores = 0
  for (let d = 1; d * stride < out.length; d++) {
    let score = 0
    for (let k = 0; k < columns.length; k++) {
      score += gamma[k]! * columns[k]![d - 1]!
      gradient[4 + k]! += purchasesOn[d - 1]! * columns[k]![d - 1]!
    }
    scores += purchasesOn[d - 1]! * score
    const speed = Math.exp(score) / unit
    const [here, before] = [d * stride, (d - 1) * stride]
    for (let k = 0; k < width; k++) {
      const zk = k === 0 ? 1 : columns[k - 1]![d - 1]!
      for (let m = 0; m < width; m++) {
        const zm = m === 0 ? 1 : columns[m - 1]![d - 1]!
        out[here + k * width + m] = out[before + k * width + m]! + speed * zk * zm
      }
    }
  }
  return scores
}

/**
 * Writes l = ln(1 + τ/α) of the operational time τ between two days, with its derivatives by (ln α, γ):
 * l_α = −τ/(α + τ), l_k = τ_k/(α + τ), l_αα = τ α/(α + τ)², l_αk = −α τ_k/(α + τ)², l_km = τ_km/(α + τ) − l_k l_m.
 */
export function logAgeInto(
  clock: Float64Array, // in   of `clockInto`
  width: number, //       1 + covariates
  from: number, //        day
  to: number, //          day
  alpha: number,
  out: Float64Array, //   out  1 + width + width²: l, first derivatives, second ones
): void {
  const [start, end] = [from * width * width, to * width * width]
  const tau = clock[end]! - clock[start]!
  const A = alpha + tau
  out[0] = Math.log1p(tau / alpha)
  out[1] = -tau / A
  for (let k = 1; k < width; k++) out[1 + k] = (clock[end + k]! - clock[start + k]!) / A
  const second = 1 + width
  out[second] = (tau / A) * (alpha / A)
  for (let k = 1; k < width; k++) {
    const mixed = -(alpha / A) * out[1 + k]!
    out[second + k] = mixed
    out[second + k * width] = mixed
    for (let m = 1; m < width; m++) {
      const place = k * width + m
      out[second + place] = (clock[end + place]! - clock[start + place]!) / A - out[1 + k]! * out[1 + m]!
    }
  }
}
