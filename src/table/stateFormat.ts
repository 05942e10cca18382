import { ClienteleError } from '../core/errors.ts'

// An encoded accumulator: a header of 32 bytes, then a body of sections. A section is the number of its values, 8 bytes,
// and the values, lowest byte first, filled up to a multiple of 8 bytes.
//
//   bytes  0 – 7   the letters "clientel"
//          8 – 11  version of the format
//         12 – 15  0
//         16 – 23  length of the body
//         24 – 31  checksum of the header up to here and of the body; up to version 2 of the body alone

/** First bytes of every encoded accumulator. */
export const MAGIC = 'clientel'
/** The version that this release writes. It reads this one and those before it. */
export const VERSION = 3
export const HEADER_BYTES = 32

/** Arrays of numbers that sections hold. */
export type NumberArray = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array

/** The error for bytes that are no accumulator. */
export function badState(caller: string, what: string, cause?: unknown): ClienteleError {
  return new ClienteleError('BAD_MODEL', `${caller}: ${what}`, cause === undefined ? {} : { cause })
}

/** Where the checksum stands in the header. */
export const CHECKSUM_AT = 24

/** Checksum of an encoded accumulator. It covers the version, so that a state cannot pass for one of another format. */
export function stateChecksum(bytes: Uint8Array, version: number): readonly [number, number] {
  const head = version < 3 ? START : checksum(bytes.subarray(0, CHECKSUM_AT), START)
  return checksum(bytes.subarray(HEADER_BYTES), head)
}

const START = [0x9e3779b9, 0x85ebca6b] as const

/**
 * Two numbers of 32 bits that depend on every bit of the bytes and of the two to start from. Each step maps the sum one to one, and so does each
 * word: a change within one word always shows, any other but for one in 2^64. It guards against damage, not malice.
 */
function checksum(bytes: Uint8Array, start: readonly [number, number]): readonly [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let a = start[0] | 0
  let b = start[1] | 0
  for (let i = 0; i + 8 <= bytes.length; i += 8) {
    a = Math.imul((a ^ view.getInt32(i, true)) + 0x27d4eb2f, 0x9e3779b1)
    a ^= a >>> 15
    b = Math.imul((b ^ view.getInt32(i + 4, true)) + 0x165667b1, 0x85ebca77)
    b ^= b >>> 13
    // Each half passes into the other, so that words cannot trade places.
    a = (a + b) | 0
    b = (b + (a << 7)) | 0
  }
  return [a >>> 0, b >>> 0]
}

/** Turns the bytes of values of `size` bytes round where the machine keeps the highest first. */
export function lowestFirst(bytes: Uint8Array, size: number): void {
  const isLowestFirst = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
  if (isLowestFirst || size === 1) return
  for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse()
}
