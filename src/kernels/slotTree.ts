/**
 * Adds to the score of each row the value of the leaf that it reaches in one tree over slots. A row goes left if its slot
 * is at most `slot` or is `missing`; a leaf is its own left child and takes every slot. Four rows walk side by side.
 */
export function addSlotTreeInto(
  slots: Uint16Array, //    in       n × width, row by row
  width: number,
  feature: Uint16Array, //  in       nodes
  slot: Int32Array, //      in       nodes
  missing: Int32Array, //   in       nodes, -1 where missing values go right
  left: Uint32Array, //     in       nodes
  value: Float64Array, //   in       nodes
  scores: Float64Array, //  in, out  n
): void {
  const n = scores.length
  for (let r = 0; r < n; r += 4) {
    // The last rows of a number that is no multiple of 4 are walked again and not written.
    const r1 = Math.min(r + 1, n - 1)
    const r2 = Math.min(r + 2, n - 1)
    const r3 = Math.min(r + 3, n - 1)
    let n0 = 0
    let n1 = 0
    let n2 = 0
    let n3 = 0
    for (let moved = true; moved; ) {
      const s0 = slots[r * width + feature[n0]!]!
      const s1 = slots[r1 * width + feature[n1]!]!
      const s2 = slots[r2 * width + feature[n2]!]!
      const s3 = slots[r3 * width + feature[n3]!]!
      const m0 = left[n0]! + (s0 <= slot[n0]! || s0 === missing[n0]! ? 0 : 1)
      const m1 = left[n1]! + (s1 <= slot[n1]! || s1 === missing[n1]! ? 0 : 1)
      const m2 = left[n2]! + (s2 <= slot[n2]! || s2 === missing[n2]! ? 0 : 1)
      const m3 = left[n3]! + (s3 <= slot[n3]! || s3 === missing[n3]! ? 0 : 1)
      moved = ((m0 ^ n0) | (m1 ^ n1) | (m2 ^ n2) | (m3 ^ n3)) !== 0
      n0 = m0
      n1 = m1
      n2 = m2
      n3 = m3
    }
    scores[r]! += value[n0]!
    if (r + 1 < n) scores[r + 1]! += value[n1]!
    if (r + 2 < n) scores[r + 2]! += value[n2]!
    if (r + 3 < n) scores[r + 3]! += value[n3]!
  }
}
