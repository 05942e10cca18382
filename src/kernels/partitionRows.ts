/**
 * Moves the rows that go left to the front of `rows[start..end - 1]`, keeping the order on both sides, and returns
 * where the right side begins. A row goes left if its slot is at most `slot`, or is `missingLeft`.
 */
export function partitionRows(
  slots: Uint16Array, //   in       n × width, row by row
  width: number,
  feature: number,
  slot: number,
  missingLeft: number, //  in       slot of missing values if they go left, else -1
  rows: Uint32Array, //    in, out
  start: number,
  end: number,
  scratch: Uint32Array, // scratch  end - start
): number {
  let left = start
  let right = 0
  for (let i = start; i < end; i++) {
    const row = rows[i]!
    const s = slots[row * width + feature]!
    const goesLeft = s <= slot || s === missingLeft ? 1 : 0
    // Written to both sides; only one side's cursor moves. That spares a branch that nobody can predict.
    rows[left] = row
    scratch[right] = row
    left += goesLeft
    right += 1 - goesLeft
  }
  for (let i = 0; i < right; i++) rows[left + i] = scratch[i]!
  return left
}
