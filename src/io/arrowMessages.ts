import { type ArrowMetadata, readArrowMetadata } from './arrowMetadata.ts'

/** One message of the Arrow IPC format. */
export interface ArrowMessage extends ArrowMetadata {
  /** The whole message with its lengths, in a buffer of its own. */
  readonly bytes: Uint8Array
}

const MAX_METADATA = 2 ** 26
const MAX_BODY = 2 ** 30
const FILE_MAGIC = 'ARROW1'

/**
 * The messages of an Arrow IPC stream or file that comes in pieces. A file is a stream between a magic word and a
 * footer; the footer is not needed.
 *
 * @throws {Error} if it is cut off or says something impossible
 * @see https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
 */
export async function* arrowMessages(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<ArrowMessage, void, void> {
  const bytes = byteQueue(pieces)
  const start = await bytes.peek(8)
  const isFile = String.fromCharCode(...start.subarray(0, FILE_MAGIC.length)) === FILE_MAGIC
  if (isFile) await bytes.take(8)
  for (;;) {
    const head = await bytes.peek(8)
    if (head.length === 0 && !isFile) return // a stream may just end
    if (head.length < 4) throw new Error('it is cut off')
    const view = new DataView(head.buffer, head.byteOffset, head.length)
    const isMarked = view.getInt32(0, true) === -1
    if (isMarked && head.length < 8) throw new Error('it is cut off')
    const prefix = isMarked ? 8 : 4
    const length = view.getInt32(prefix - 4, true)
    if (length === 0) return
    if (length < 0 || length > MAX_METADATA) throw new Error(`a message has metadata of ${length} bytes`)
    const metadata = (await bytes.peek(prefix + length)).subarray(prefix)
    if (metadata.length < length) throw new Error('it is cut off')
    const facts = readArrowMetadata(metadata)
    const { bodyLength } = facts
    if (!(bodyLength >= 0 && bodyLength <= MAX_BODY)) throw new Error(`a message has a body of ${bodyLength} bytes`)
    const whole = prefix + length + bodyLength
    const message = await bytes.take(whole)
    if (message.length < whole) throw new Error('it is cut off')
    yield { ...facts, bytes: message }
  }
}

interface ByteQueue {
  /** The next `length` bytes, or fewer at the end; they stay. */
  peek(length: number): Promise<Uint8Array>
  /** The same, taken out, in a buffer of their own. */
  take(length: number): Promise<Uint8Array>
}

function byteQueue(pieces: AsyncIterable<Uint8Array>): ByteQueue {
  const source = pieces[Symbol.asyncIterator]()
  let parts: Uint8Array[] = []
  let held = 0
  const fill = async (length: number): Promise<void> => {
    while (held < length) {
      const { done, value } = await source.next()
      if (done) return
      parts.push(value)
      held += value.length
    }
  }
  const copy = (length: number): Uint8Array => {
    const bytes = new Uint8Array(Math.min(length, held))
    let at = 0
    for (const part of parts) {
      if (at === bytes.length) break
      const some = part.subarray(0, bytes.length - at)
      bytes.set(some, at)
      at += some.length
    }
    return bytes
  }
  return {
    async peek(length) {
      await fill(length)
      return copy(length)
    },
    async take(length) {
      await fill(length)
      const bytes = copy(length)
      held -= bytes.length
      let left = bytes.length
      while (left > 0 && left >= parts[0]!.length) {
        left -= parts[0]!.length
        parts = parts.length === 1 ? [] : parts.slice(1)
      }
      if (left > 0) parts[0] = parts[0]!.subarray(left)
      return bytes
    },
  }
}
