/**
 * Writes the sum of the known values of each group, compensated (Neumaier), and counts known and all rows. An
 * infinite value makes its sum infinite.
 *
 * @see Neumaier (1974), "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", algorithm IV
 */
export function groupSumsInto(
  values: Float64Array, // in       n, NaN is missing
  codes: Uint16Array, //   in       n
  sums: Float64Array, //   out      groups, zero on entry
  lost: Float64Array, //   scratch  groups, zero on entry
  known: Uint32Array, //   out      groups, zero on entry
  rows: Uint32Array, //    out      groups, zero on entry
): void {
  for (let i = 0; i < values.length; i++) {
    const group = codes[i]!
    const value = values[i]!
    rows[group]!++
    if (Number.isNaN(value)) continue
    known[group]!++
    const sum = sums[group]!
    const next = sum + value
    lost[group]! += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sums[group] = next
  }
  for (let group = 0; group < sums.length; group++) {
    if (Number.isFinite(sums[group]!)) sums[group]! += lost[group]!
  }
}
