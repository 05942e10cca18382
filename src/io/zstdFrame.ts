/** Bytes of the content size by its flag; the first one has none unless the frame is a single segment. */
const SIZE_BYTES = [0, 2, 4, 8]
const DICTIONARY_BYTES = [0, 1, 2, 4]
const MAGIC = 0xfd2fb528
const SINGLE_SEGMENT = 32

/**
 * What unpacks a Zstandard frame of which is known how many bytes come out: no more memory than these is taken, whatever
 * the frame says of itself.
 */
export async function zstdUnpacker(): Promise<(bytes: Uint8Array, length: number) => Uint8Array> {
  const { decompress } = await import('fzstd')
  return (bytes, length) => {
    const stated = zstdContentSize(bytes)
    if (stated !== undefined && stated !== length) throw new Error(`${length} bytes are packed as ${stated}`)
    return decompress(bytes, new Uint8Array(length))
  }
}

/**
 * How many bytes a Zstandard frame says that it holds, if it does.
 *
 * @see RFC 8878, 3.1.1.1
 */
export function zstdContentSize(bytes: Uint8Array): number | undefined {
  if (bytes.length < 6) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (view.getUint32(0, true) !== MAGIC) return undefined
  const descriptor = bytes[4]!
  const isSingle = (descriptor & SINGLE_SEGMENT) !== 0
  const size = descriptor >> 6 === 0 && isSingle ? 1 : SIZE_BYTES[descriptor >> 6]!
  const at = 5 + (isSingle ? 0 : 1) + DICTIONARY_BYTES[descriptor & 3]!
  if (size === 0 || at + size > bytes.length) return undefined
  if (size === 1) return bytes[at]!
  if (size === 2) return view.getUint16(at, true) + 256
  return size === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true))
}
