// Rows go through a tree four at a time, so that four chains of dependent loads run side by side; a leaf is its own left
// child with an infinite threshold, so rows that have arrived stay where they are while the others still walk. A
// comparison is used as a number because it then needs no branch, and nobody can predict which way a row goes.

/**
 * Adds the value of the leaf that each row of a block reaches in each tree to `out`. Values up to a node's threshold
 * go left; the right child stands behind the left one.
 */
export function addTreesInto(
  block: Float64Array, //       in       count × width, row by row; rows up to the next multiple of 4 exist
  width: number,
  count: number,
  hasMissing: boolean, //       whether the block holds NaN
  roots: Uint32Array, //        in       trees + 1
  feature: Uint16Array, //      in       nodes
  threshold: Float64Array, //   in       nodes
  left: Uint32Array, //         in       nodes
  missingRight: Uint8Array, //  in       nodes, 1 where NaN goes right; 0 at leaves
  value: Float64Array, //       in       nodes
  out: Float64Array, //         in, out  as long as the rows of the block
): void {
  for (let t = 0; t + 1 < roots.length; t++) {
    const root = roots[t]!
    for (let r = 0; r < count; r += 4) {
      const at0 = r * width
      const at1 = at0 + width
      const at2 = at1 + width
      const at3 = at2 + width
      let n0 = root
      let n1 = root
      let n2 = root
      let n3 = root
      for (let moved = true; moved; ) {
        const v0 = block[at0 + feature[n0]!]!
        const v1 = block[at1 + feature[n1]!]!
        const v2 = block[at2 + feature[n2]!]!
        const v3 = block[at3 + feature[n3]!]!
        let m0 = left[n0]! + Number(v0 > threshold[n0]!)
        let m1 = left[n1]! + Number(v1 > threshold[n1]!)
        let m2 = left[n2]! + Number(v2 > threshold[n2]!)
        let m3 = left[n3]! + Number(v3 > threshold[n3]!)
        if (hasMissing) {
          // NaN is above no threshold and stands on the left; move it on where it should go right.
          // biome-ignore-start lint/suspicious/noSelfCompare: the test for NaN that costs no call
          if (v0 !== v0) m0 += missingRight[n0]!
          if (v1 !== v1) m1 += missingRight[n1]!
          if (v2 !== v2) m2 += missingRight[n2]!
          if (v3 !== v3) m3 += missingRight[n3]!
          // biome-ignore-end lint/suspicious/noSelfCompare: the test for NaN that costs no call
        }
        moved = ((m0 ^ n0) | (m1 ^ n1) | (m2 ^ n2) | (m3 ^ n3)) !== 0
        n0 = m0
        n1 = m1
        n2 = m2
        n3 = m3
      }
      out[r]! += value[n0]!
      out[r + 1]! += value[n1]!
      out[r + 2]! += value[n2]!
      out[r + 3]! += value[n3]!
    }
  }
}
