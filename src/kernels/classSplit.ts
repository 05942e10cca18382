// How many rows, and how many of them positive, travel in one double: rows + positives · 2^26. A row drawn w times by the
// bootstrap counts w times. Sums of up to 2^26 rows are exact.
const PACK = 2 ** 26
const UNPACK = 2 ** -26

/** Below this many rows most bins of a node are empty, and noting the others costs less than looking at all. */
const SMALL_NODE = 192

/** Fields of the split that `classSplitInto` writes. */
export const CLASS_SPLIT_BIN = 0
export const CLASS_SPLIT_MISSING_LEFT = 1

/** Writes the packed weight of each row drawn by a bootstrap. */
export function packWeightsInto(
  weights: Uint32Array, //  in   n, how often each row was drawn
  labels: Uint8Array, //    in   n, 0 or 1
  packed: Float64Array, //  out  n
): void {
  for (let i = 0; i < weights.length; i++) packed[i] = weights[i]! * (1 + labels[i]! * PACK)
}

/** Rows in a packed sum. */
export function packedRows(sum: number): number {
  return sum - packedPositives(sum) * PACK
}

/** Positive rows in a packed sum. */
export function packedPositives(sum: number): number {
  return Math.floor(sum * UNPACK)
}

/** Packed sum over the rows of a node. */
export function packedSum(rows: Uint32Array, start: number, end: number, packed: Float64Array): number {
  let sum = 0
  for (let i = start; i < end; i++) sum += packed[rows[i]!]!
  return sum
}

/**
 * Finds the split of a node by one feature that separates the classes best, and returns by how much: the sum over both
 * sides of positives² / rows, less the same of the whole, which is half the fall of the Gini impurity times the rows;
 * 0 if no split leaves `minLeaf` rows on both sides. Bins up to the one written go left; missing values, in the last
 * bin, go where the gain is larger.
 *
 * @see Breiman, Friedman, Olshen & Stone (1984), "Classification and Regression Trees", section 4.3
 */
export function classSplitInto(
  slots: Uint16Array, //    in       the slot of row r stands at offset + r
  offset: number,
  base: number, //          in       first slot of the feature
  bins: number, //          in       bins of the feature, the last for missing values
  rows: Uint32Array,
  start: number,
  end: number,
  packed: Float64Array, //  in       n
  total: number, //         in       packed sum of the node
  minLeaf: number,
  sums: Float64Array, //    scratch  at least `bins`, all zero before and after
  filled: Uint32Array, //   scratch  8 words of 32 bins
  split: Uint32Array, //    out      2
): number {
  if (end - start < SMALL_NODE) {
    filled.fill(0)
    for (let i = start; i < end; i++) {
      const row = rows[i]!
      const bin = slots[offset + row]! - base
      sums[bin]! += packed[row]!
      filled[bin >>> 5]! |= 1 << bin
    }
  } else {
    filled.fill(0xffffffff)
    for (let i = start; i < end; i++) {
      const row = rows[i]!
      sums[slots[offset + row]! - base]! += packed[row]!
    }
  }
  const N = packedRows(total)
  const P = packedPositives(total)
  const whole = (P * P) / N
  const missing = sums[bins - 1]!
  const missingRows = packedRows(missing)
  const missingPositives = packedPositives(missing)
  let best = whole * (1 + 1e-12)
  let found = false
  let left = 0
  for (let word = 0; word << 5 < bins; word++) {
    for (let bits = filled[word]!; bits !== 0; bits &= bits - 1) {
      const bin = (word << 5) + 31 - Math.clz32(bits & -bits)
      if (bin >= bins - 1) break
      const here = sums[bin]!
      if (here === 0) continue
      sums[bin] = 0
      left += here
      const p = packedPositives(left)
      const n = left - p * PACK
      if (n >= minLeaf && N - n >= minLeaf) {
        const m = N - n
        const q = P - p
        // p² / n + q² / m > best, without the divisions, which would cost more than all the rest.
        if (p * p * m + q * q * n > best * n * m) {
          best = (p * p) / n + (q * q) / m
          found = true
          // Where only missing values go right, all other values go left, even those that this node has not seen.
          split[CLASS_SPLIT_BIN] = m === missingRows ? bins - 2 : bin
          split[CLASS_SPLIT_MISSING_LEFT] = 0
        }
      }
      if (missing === 0) continue
      const fullN = n + missingRows
      if (fullN >= minLeaf && N - fullN >= minLeaf) {
        const full = p + missingPositives
        const m = N - fullN
        const q = P - full
        if (full * full * m + q * q * fullN > best * fullN * m) {
          best = (full * full) / fullN + (q * q) / m
          found = true
          split[CLASS_SPLIT_BIN] = bin
          split[CLASS_SPLIT_MISSING_LEFT] = 1
        }
      }
    }
  }
  sums[bins - 1] = 0
  return found ? best - whole : 0
}
