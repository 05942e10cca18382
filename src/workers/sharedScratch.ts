/**
 * Memory that threads share while they work on a summary, kept for the next one: 16 bytes an event. The first touch of
 * fresh memory takes the system as long as a third of the work.
 */
export interface SharedScratch {
  buffer: SharedArrayBuffer
}

const EVENT_BYTES = 16

/** No memory yet. */
export function sharedScratch(): SharedScratch {
  return { buffer: new SharedArrayBuffer(0) }
}

/** Columns of `rows` events in that memory, with anything in them; more memory, if it is too small. */
export function scratchFor(
  scratch: SharedScratch,
  rows: number,
): { readonly codes: Uint32Array; readonly keys: Uint32Array; readonly money: Float64Array } {
  if (scratch.buffer.byteLength < EVENT_BYTES * rows) scratch.buffer = new SharedArrayBuffer(EVENT_BYTES * rows)
  const { buffer } = scratch
  return {
    money: new Float64Array(buffer, 0, rows),
    codes: new Uint32Array(buffer, 8 * rows, rows),
    keys: new Uint32Array(buffer, 12 * rows, rows),
  }
}
