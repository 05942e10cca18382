/**
 * Lists the customers with repeats of positive mean value, and writes the weight of those with repeats but no such mean;
 * returns how many are listed.
 */
export function spendersInto(
  repeats: Uint32Array, //   in   n
  means: Float64Array, //    in   n
  weights: Float64Array, //  in   n
  rows: Uint32Array, //      out  n and more, of which as many are set as are listed
  leftOut: Float64Array, //  out  1
): number {
  let count = 0
  let sum = 0
  for (let row = 0; row < repeats.length; row++) {
    // Nobody can guess who repeats, so there is no branch to guess.
    const bought = Number(repeats[row]! > 0)
    const isSpender = bought * Number(means[row]! > 0)
    rows[count] = row
    count += isSpender
    sum += (bought - isSpender) * weights[row]!
  }
  leftOut[0] = sum
  return count
}

/** Counts rows by their codes. */
export function countCodesInto(
  codes: Uint32Array, //   in
  rows: Uint32Array, //    in   places in `codes`
  counts: Uint32Array, //  out  above the largest code, zeros
): void {
  for (let i = 0; i < rows.length; i++) counts[codes[rows[i]!]!]!++
}

/** Writes the columns of the likelihood for some rows, by code, else as they stand. */
export function spendColumnsInto(
  rows: Uint32Array, //      in   n
  codes: Uint32Array, //     in   of all rows, ascending with the repeats
  places: Uint32Array, //    in   where each code begins; holds where it ends afterwards
  repeats: Uint32Array, //   in   of all rows
  means: Float64Array, //    in   of all rows
  weights: Float64Array, //  in   of all rows
  x: Uint32Array, //         out  n
  money: Float64Array, //    out  n, x m
  own: Float64Array, //      out  n, weights
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const code = codes[row]!
    const place = places[code]!
    places[code] = place + 1
    x[place] = repeats[row]!
    money[place] = repeats[row]! * means[row]!
    own[place] = weights[row]!
  }
}
