/**
 * Sorts the events of each group by time, ties by value, so that nothing depends on the order in which they arrived.
 * Groups that are in order cost one look; almost sorted ones are mended by insertion, others by merges. Equal
 * events keep their order.
 */
export function sortEventsInto(
  offsets: Uint32Array, //       in       groups + 1
  time: Float64Array, //         in, out  n
  value: Float64Array, //        in, out  n
  scratchTime: Float64Array, //  scratch  events of the largest group
  scratchValue: Float64Array, // scratch  as many
): void {
  for (let g = 0; g + 1 < offsets.length; g++) {
    const start = offsets[g]!
    const end = offsets[g + 1]!
    // Enough for a short group in the worst order and for a long one that is nearly sorted.
    const patience = 8 * (end - start)
    if (!insertionSort(start, end, time, value, patience)) mergeSort(start, end, time, value, scratchTime, scratchValue)
  }
}

/**
 * Sorts by insertion and returns true, or gives up after `patience` moves, with the events all there, and returns false.
 */
function insertionSort(start: number, end: number, time: Float64Array, value: Float64Array, patience: number): boolean {
  let moves = patience
  let latest = Number.NEGATIVE_INFINITY
  for (let i = start; i < end; i++) {
    const t = time[i]!
    if (t > latest) {
      latest = t
      continue
    }
    const v = value[i]!
    let j = i - 1
    while (j >= start && (time[j]! > t || (time[j] === t && value[j]! > v))) {
      time[j + 1] = time[j]!
      value[j + 1] = value[j]!
      j--
    }
    time[j + 1] = t
    value[j + 1] = v
    moves -= i - 1 - j
    if (moves < 0) return false
  }
  return true
}

const SHORT_RUN = 16

/** Insertion sort of short runs, then merges of neighbours, each twice as long as before. */
function mergeSort(
  start: number,
  end: number,
  time: Float64Array,
  value: Float64Array,
  scratchTime: Float64Array,
  scratchValue: Float64Array,
): void {
  for (let low = start; low < end; low += SHORT_RUN) {
    insertionSort(low, Math.min(low + SHORT_RUN, end), time, value, SHORT_RUN * SHORT_RUN)
  }
  for (let width = SHORT_RUN; width < end - start; width *= 2) {
    for (let low = start; low + width < end; low += 2 * width) {
      const high = Math.min(low + 2 * width, end)
      for (let i = 0; i < width; i++) {
        scratchTime[i] = time[low + i]!
        scratchValue[i] = value[low + i]!
      }
      let left = 0
      let right = low + width
      for (let to = low; left < width; to++) {
        const t = scratchTime[left]!
        const v = scratchValue[left]!
        // The right run wins only if it is truly earlier, which keeps equal events in their order.
        if (right < high && (time[right]! < t || (time[right] === t && value[right]! < v))) {
          time[to] = time[right]!
          value[to] = value[right++]!
        } else {
          time[to] = t
          value[to] = v
          left++
        }
      }
    }
  }
}

/** Whether each group stands by time, ties by value. */
export function areEventsSorted(
  offsets: Uint32Array, // in  groups + 1
  time: Float64Array, //   in  n
  value: Float64Array, //  in  n
): boolean {
  for (let g = 0; g + 1 < offsets.length; g++) {
    const end = offsets[g + 1]!
    let latest = Number.NEGATIVE_INFINITY
    for (let i = offsets[g]!; i < end; i++) {
      const t = time[i]!
      if (t <= latest && (t < latest || value[i]! < value[i - 1]!)) return false
      latest = t
    }
  }
  return true
}
