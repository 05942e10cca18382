/** Sums over customers of weight, x and m = y / x, for their means: with the weights. */
export function spendMeansInto(
  repeats: Uint32Array, //  in   n, x above 0
  money: Float64Array, //   in   n, y
  weights: Float64Array, // in   n
  out: Float64Array, //     out  3
): void {
  let customers = 0
  let sumRepeats = 0
  let sumMeans = 0
  for (let i = 0; i < money.length; i++) {
    const w = weights[i]!
    const x = repeats[i]!
    customers += w
    sumRepeats += w * x
    sumMeans += (w * money[i]!) / x
  }
  out[0] = customers
  out[1] = sumRepeats
  out[2] = sumMeans
}

/** Sums over customers of the squares and products of x and m = y / x, apart from their means: xx, xm, mm. */
export function spendSquaresInto(
  repeats: Uint32Array, //  in   n, x above 0
  money: Float64Array, //   in   n, y
  weights: Float64Array, // in   n
  meanRepeats: number,
  meanMeans: number,
  out: Float64Array, //     out  3
): void {
  let xx = 0
  let xm = 0
  let mm = 0
  for (let i = 0; i < money.length; i++) {
    const w = weights[i]!
    const x = repeats[i]! - meanRepeats
    const m = money[i]! / repeats[i]! - meanMeans
    xx += w * x * x
    xm += w * x * m
    mm += w * m * m
  }
  out[0] = xx
  out[1] = xm
  out[2] = mm
}
