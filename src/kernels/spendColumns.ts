/**
 * Counts customers with repeats of positive mean value by code, and those with codes above all places at the last one;
 * returns whether every row weighs 1.
 */
export function countSpendersInto(
  codes: Uint32Array, //     in   n, ascending with x, 0 where that is
  means: Float64Array, //    in   n
  weights: Float64Array, //  in   n
  counts: Uint32Array, //    out  zeros; at 0 whoever does not count
  leftOut: Float64Array, //  out  1, Σ weight of those with repeats, but no such mean
): boolean {
  const last = counts.length - 1
  let sum = 0
  let others = 0
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    const weight = weights[row]!
    // Nobody can guess who repeats, so there is no branch to guess.
    const isSpender = Number(means[row]! > 0)
    counts[Math.min(code, last) * isSpender]!++
    others += Number(weight !== 1)
    sum += Number(code > 0) * (1 - isSpender) * weight
  }
  leftOut[0] = sum
  return others === 0
}

/** Writes the means of customers who count, by code, else as they stand. */
export function scatterMeansInto(
  codes: Uint32Array, //   in   n
  means: Float64Array, //  in   n
  places: Uint32Array, //  in   where each code begins, that of 0 after all others; holds where it ends afterwards
  out: Float64Array, //    out  one more than count
): void {
  for (let row = 0; row < codes.length; row++) {
    const mean = means[row]!
    const code = codes[row]! * Number(mean > 0)
    const place = places[code]!
    places[code] = place + Number(code > 0)
    out[place] = mean
  }
}

/** Writes the weights of customers who count, likewise. */
export function scatterWeightsInto(
  codes: Uint32Array, //   in   n
  means: Float64Array, //  in   n
  weights: Float64Array, // in  n
  places: Uint32Array, //  in   as for the means
  out: Float64Array, //    out  one more than count
): void {
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]! * Number(means[row]! > 0)
    const place = places[code]!
    places[code] = place + Number(code > 0)
    out[place] = weights[row]!
  }
}
