/**
 * Sorts the rows of each group by time, ties by type, then by value, so that the result does not depend on the order
 * in which events arrived. Groups that are in order already cost one pass; others a merge sort.
 */
export function sortGroupsInto(
  offsets: Uint32Array, // in       groups + 1
  time: Float64Array, //   in       n
  type: Uint8Array, //     in       n
  value: Float64Array, //  in       n
  order: Uint32Array, //   in, out  n, rows grouped as `offsets` says
  scratch: Uint32Array, // scratch  n
): void {
  for (let g = 0; g + 1 < offsets.length; g++) {
    const start = offsets[g]!
    const end = offsets[g + 1]!
    for (let i = start + 1; i < end; i++) {
      if (!isBefore(order[i]!, order[i - 1]!, time, type, value)) continue
      sortRange(start, end, time, type, value, order, scratch)
      break
    }
  }
}

function isBefore(a: number, b: number, time: Float64Array, type: Uint8Array, value: Float64Array): boolean {
  if (time[a] !== time[b]) return time[a]! < time[b]!
  if (type[a] !== type[b]) return type[a]! < type[b]!
  return value[a]! < value[b]!
}

const SHORT_RUN = 16

/** Insertion sort of short runs, then merges of neighbours, each twice as long as before. */
function sortRange(
  start: number,
  end: number,
  time: Float64Array,
  type: Uint8Array,
  value: Float64Array,
  order: Uint32Array,
  scratch: Uint32Array,
): void {
  for (let low = start; low < end; low += SHORT_RUN) {
    const high = Math.min(low + SHORT_RUN, end)
    for (let i = low + 1; i < high; i++) {
      const row = order[i]!
      let j = i - 1
      while (j >= low && isBefore(row, order[j]!, time, type, value)) {
        order[j + 1] = order[j]!
        j--
      }
      order[j + 1] = row
    }
  }
  for (let width = SHORT_RUN; width < end - start; width *= 2) {
    for (let low = start; low + width < end; low += 2 * width) {
      const middle = low + width
      const high = Math.min(middle + width, end)
      for (let i = low; i < middle; i++) scratch[i] = order[i]!
      let left = low
      let right = middle
      for (let to = low; left < middle; to++) {
        // The right run wins only if it is truly earlier, which keeps equal rows in their order.
        const takeRight = right < high && isBefore(order[right]!, scratch[left]!, time, type, value)
        order[to] = takeRight ? order[right++]! : scratch[left++]!
      }
    }
  }
}
