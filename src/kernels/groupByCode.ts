/**
 * Groups rows by their code with a counting sort: afterwards the rows of code `c` are `order[offsets[c]]` up to
 * `order[offsets[c + 1] - 1]`, in their original order. Linear in rows and codes.
 */
export function groupByCodeInto(
  codes: Uint32Array, //   in   n, each below offsets.length - 1
  offsets: Uint32Array, // out  number of codes + 1
  order: Uint32Array, //   out  n
): void {
  offsets.fill(0)
  for (let i = 0; i < codes.length; i++) offsets[codes[i]! + 1]!++
  for (let c = 1; c < offsets.length; c++) offsets[c]! += offsets[c - 1]!
  // Each group's start serves as its cursor; afterwards every start has moved to the next group's, so shift them back.
  for (let i = 0; i < codes.length; i++) order[offsets[codes[i]!]!++] = i
  for (let c = offsets.length - 1; c > 0; c--) offsets[c] = offsets[c - 1]!
  offsets[0] = 0
}
