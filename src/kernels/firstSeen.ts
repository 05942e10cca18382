/**
 * How many numbers have come once these have, if each new one is the next: `count` is how many had come before. -1 if one
 * comes before its turn.
 */
export function firstSeen(
  codes: Uint32Array, // in  numbers plus `base`; what is below it stands for nothing
  base: number, //       in
  count: number, //      in
): number {
  let seen = count + base
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    if (code < seen) continue
    if (code > seen) return -1
    seen++
  }
  return seen - base
}
