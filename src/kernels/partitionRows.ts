/**
 * Moves the rows that go left to the front of `rows[start..end - 1]`, keeping the order on both sides, and returns
 * where the right side begins. A row goes right if its slot is one of the `right` slots from `from` on.
 */
export function partitionRows(
  slots: Uint16Array, //   in       the slot of row r stands at r × stride + offset
  stride: number,
  offset: number,
  from: number,
  right: number,
  rows: Uint32Array, //    in, out
  start: number,
  end: number,
  scratch: Uint32Array, // scratch  end - start
): number {
  let left = start
  let moved = 0
  for (let i = start; i < end; i++) {
    const row = rows[i]!
    const goesRight = Number((slots[row * stride + offset]! - from) >>> 0 < right)
    // Written to both sides; only one side's cursor moves. That spares a branch that nobody can predict.
    rows[left] = row
    scratch[moved] = row
    left += 1 - goesRight
    moved += goesRight
  }
  for (let i = 0; i < moved; i++) rows[left + i] = scratch[i]!
  return left
}
