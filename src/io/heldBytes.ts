import { BYTES_BEYOND } from '../kernels/csvMarks.ts'

/** Bytes that are collected before they are scanned, so that tiny pieces do not scan a long record once each. */
export const MIN_SCAN = 65_536

/** Bytes of a source that wait to be read. */
export interface HeldBytes {
  /** Adds a copy of a piece. */
  add(piece: Uint8Array): void
  /** How many came since `drop`. */
  fresh(): number
  /** All that wait, until the next `add` or `drop`. */
  bytes(): Uint8Array
  /** A view of them, and of `BYTES_BEYOND` more at least. */
  view(): DataView
  /** Forgets the first `count` of them. */
  drop(count: number): void
  /** Place of the first of them in the source. */
  start(): number
}

/** Nothing, at the beginning of a source. One piece of memory holds all that comes, one after the other. */
export function heldBytes(): HeldBytes {
  let room = new Uint8Array(BYTES_BEYOND)
  let length = 0
  let fresh = 0
  let start = 0
  return {
    add(piece) {
      const needed = length + piece.length + BYTES_BEYOND
      if (needed > room.length) {
        const larger = new Uint8Array(Math.max(needed, 2 * room.length))
        larger.set(room.subarray(0, length))
        room = larger
      }
      room.set(piece, length)
      length += piece.length
      fresh += piece.length
    },
    fresh: () => fresh,
    bytes: () => room.subarray(0, length),
    view: () => new DataView(room.buffer),
    drop(count) {
      if (count > 0) room.copyWithin(0, count, length)
      length -= count
      start += count
      fresh = 0
    },
    start: () => start,
  }
}
