/**
 * Writes the whole numbers k of values k / `scale`, as days or sevenths of a week, and marks those that occur; false,
 * with the rest left undone, as soon as a value is none of them or too large for `isThere`.
 */
export function gridCodesInto(
  values: Float64Array, //  in   n
  scale: number, //         above 0
  codes: Uint32Array, //    out  n
  isThere: Uint8Array, //   out  above the largest code, zeros
): boolean {
  const most = isThere.length
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const code = (value * scale + 0.5) | 0
    if (code / scale !== value || code >= most || code < 0) return false
    codes[i] = code
    isThere[code] = 1
  }
  return true
}

/** Numbers the codes that occur, ascending, and writes the codes themselves; returns how many there are. */
export function rankCodesInto(
  isThere: Uint8Array, //  in   codes, as `gridCodesInto` marked them
  rankOf: Uint32Array, //  out  codes
  distinct: Uint32Array, // out  codes, of which as many are written as there are
): number {
  let count = 0
  for (let code = 0; code < isThere.length; code++) {
    if (isThere[code] === 0) continue
    rankOf[code] = count
    distinct[count++] = code
  }
  return count
}

/** Replaces codes by their ranks. */
export function ranksOfCodesInto(
  codes: Uint32Array, //  in   n
  rankOf: Uint32Array, // in   above the largest code
  ranks: Uint32Array, //  out  n; may be `codes`
): void {
  for (let i = 0; i < codes.length; i++) ranks[i] = rankOf[codes[i]!]!
}
