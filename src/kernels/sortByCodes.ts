/**
 * Reorders rows by their codes, equal codes as they stand: one pass of a counting sort, so that several, from the last
 * column to the first, sort by all of them.
 */
export function sortByCodeInto(
  codes: Uint32Array, //  in       n
  rows: Uint32Array, //   in       n, places in `codes`
  starts: Uint32Array, // scratch  codes + 1, zeros; holds the end of each code afterwards
  out: Uint32Array, //    out      n
): void {
  for (let i = 0; i < codes.length; i++) starts[codes[i]! + 1]!++
  for (let code = 1; code < starts.length; code++) starts[code]! += starts[code - 1]!
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    out[starts[codes[row]!]!++] = row
  }
}

/** Numbers runs of equal keys among sorted rows; returns how many there are. */
export function numberRunsInto(
  keys: Float64Array, //    in   n, one a row
  rows: Uint32Array, //     in   n, sorted so that equal keys stand together
  groupOf: Uint32Array, //  out  n, run of each row
  rowOf: Uint32Array, //    out  n, first row of each run
): number {
  let count = 0
  let last = -1
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!
    const key = keys[row]!
    if (key !== last) {
      rowOf[count++] = row
      last = key
    }
    groupOf[row] = count - 1
  }
  return count
}
