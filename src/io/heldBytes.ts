/** Bytes that are collected before they are scanned, so that tiny pieces do not scan a long record once each. */
export const MIN_SCAN = 65_536

/** Bytes of a source that wait to be read. */
export interface HeldBytes {
  /** Adds a piece. */
  add(piece: Uint8Array): void
  /** How many came since `drop`. */
  fresh(): number
  /** All that wait, in one piece. */
  bytes(): Uint8Array
  /** Forgets the first `count` of them. */
  drop(count: number): void
  /** Place of the first of them in the source. */
  start(): number
}

/** Nothing, at the beginning of a source. */
export function heldBytes(): HeldBytes {
  let pieces: Uint8Array[] = []
  let fresh = 0
  let start = 0
  function bytes(): Uint8Array {
    if (pieces.length !== 1) pieces = [joined(pieces)]
    return pieces[0]!
  }
  return {
    add(piece) {
      if (piece.length === 0) return
      pieces.push(piece)
      fresh += piece.length
    },
    fresh: () => fresh,
    bytes,
    drop(count) {
      // A copy lets go of the rest of the piece.
      const rest = bytes().slice(count)
      pieces = rest.length > 0 ? [rest] : []
      start += count
      fresh = 0
    },
    start: () => start,
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
