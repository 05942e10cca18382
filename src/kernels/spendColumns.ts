/** Lists the customers with repeats, and counts them by x, those with larger ones at the last place; returns how many. */
export function repeatersInto(
  repeats: Uint32Array, // in   n
  rows: Uint32Array, //    out  n, of which as many are set as are listed
  counts: Uint32Array, //  out  zeros; at 0 stand those without repeats
): number {
  const last = counts.length - 1
  let count = 0
  for (let row = 0; row < repeats.length; row++) {
    const x = repeats[row]!
    // Nobody can guess who repeats, so there is no branch to guess.
    rows[count] = row
    count += Number(x > 0)
    counts[x < last ? x : last]!++
  }
  return count
}

/** Counts rows by their codes. */
export function countCodesInto(
  codes: Uint32Array, //   in
  rows: Uint32Array, //    in   places in `codes`
  counts: Uint32Array, //  out  zeros
): void {
  for (let i = 0; i < rows.length; i++) counts[codes[rows[i]!]!]!++
}

/** Writes what a column holds of some rows, by code, else as they stand; returns how many of the values are above 0. */
export function columnByCodeInto(
  rows: Uint32Array, //     in   n
  codes: Uint32Array, //    in   of all rows
  column: Float64Array, //  in   of all rows
  places: Uint32Array, //   in   where each code begins; holds where it ends afterwards
  out: Float64Array, //     out  n
): number {
  let positive = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    const code = codes[row]!
    const place = places[code]!
    const value = column[row]!
    places[code] = place + 1
    out[place] = value
    positive += Number(value > 0)
  }
  return positive
}
