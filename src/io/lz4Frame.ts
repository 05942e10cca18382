const MAGIC = 0x184d2204
const HAS_DICTIONARY = 1
const HAS_CONTENT_CHECKSUM = 4
const HAS_CONTENT_SIZE = 8
const HAS_BLOCK_CHECKSUM = 16
/** The bit of a block's length that says that it is not packed. */
const PLAIN = 0x80000000

/**
 * Unpacks one LZ4 frame, as Arrow IPC holds them. Checksums are passed over.
 *
 * @param length - bytes that come out
 * @throws {Error} if it is damaged or cut off, or does not have that length
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
 */
export function unpackLz4Frame(bytes: Uint8Array, length: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(0, true) !== MAGIC) throw new Error('what should be LZ4 is not')
  const flags = bytes[4]!
  if ((flags & HAS_DICTIONARY) !== 0) throw new Error('LZ4 with a dictionary is not read')
  const checksum = (flags & HAS_BLOCK_CHECKSUM) === 0 ? 0 : 4
  const tail = (flags & HAS_CONTENT_CHECKSUM) === 0 ? 0 : 4
  const out = new Uint8Array(length)
  let done = 0
  let at = 7 + ((flags & HAS_CONTENT_SIZE) === 0 ? 0 : 8)
  for (;;) {
    const size = view.getUint32(at, true)
    at += 4
    if (size === 0) break
    const end = at + (size & ~PLAIN)
    if (end > bytes.length) throw new Error('LZ4 is cut off')
    if (size >= PLAIN) {
      out.set(bytes.subarray(at, end), done)
      done += end - at
    } else {
      done = unpackBlock(bytes.subarray(at, end), out, done)
    }
    at = end + checksum
  }
  if (done !== length || at + tail > bytes.length) throw new Error(`LZ4 gives ${done} bytes, not ${length}`)
  return out
}

/** Unpacks one block to `out` from `start` on; what it copies may begin in the blocks before. Returns its end. */
function unpackBlock(bytes: Uint8Array, out: Uint8Array, start: number): number {
  let at = 0
  let to = start
  // A length of 15 goes on in the bytes that follow, up to one that is not 255.
  const more = (nibble: number): number => {
    let length = nibble
    if (nibble < 15) return length
    for (let byte = 255; byte === 255; ) {
      if (at >= bytes.length) throw new Error('an LZ4 block is cut off')
      byte = bytes[at++]!
      length += byte
    }
    return length
  }
  while (at < bytes.length) {
    const token = bytes[at++]!
    const literals = more(token >> 4)
    if (at + literals > bytes.length || to + literals > out.length) throw new Error('an LZ4 block is damaged')
    out.set(bytes.subarray(at, at + literals), to)
    at += literals
    to += literals
    if (at >= bytes.length) break // the last sequence has literals only
    const distance = bytes[at]! + bytes[at + 1]! * 256
    at += 2
    const match = more(token & 15) + 4
    if (!(distance >= 1 && distance <= to) || to + match > out.length) throw new Error('an LZ4 block is damaged')
    // Byte by byte, for a match may reach into what it writes.
    for (const end = to + match; to < end; to++) out[to] = out[to - distance]!
  }
  return to
}
