/**
 * Adds to the score of each row the value of the leaf that it reaches in one tree over slots. A row goes right if its
 * slot is one of `right` slots from `from` on; a leaf is its own left child and sends none right. Four rows walk side by
 * side, without a branch.
 */
export function addSlotTreeInto(
  slots: Uint16Array, //    in       n × width, row by row
  width: number,
  feature: Uint16Array, //  in       nodes
  from: Uint16Array, //     in       nodes
  right: Uint16Array, //    in       nodes, 0 at leaves
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
      const m0 = left[n0]! + Number((s0 - from[n0]!) >>> 0 < right[n0]!)
      const m1 = left[n1]! + Number((s1 - from[n1]!) >>> 0 < right[n1]!)
      const m2 = left[n2]! + Number((s2 - from[n2]!) >>> 0 < right[n2]!)
      const m3 = left[n3]! + Number((s3 - from[n3]!) >>> 0 < right[n3]!)
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
