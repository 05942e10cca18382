import { ClienteleError } from '../core/errors.ts'

const GZIP_MAGIC = [0x1f, 0x8b]

/** Whether bytes begin as gzip does. */
export function isGzip(bytes: Uint8Array): boolean {
  return GZIP_MAGIC.every((byte, i) => bytes[i] === byte)
}

/**
 * Pieces of gzip, unpacked; files made of several are read whole.
 *
 * @throws {ClienteleError} `BAD_FILE` if they are damaged or cut off
 */
export async function* gunzipped(
  caller: string,
  name: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  const source = pieces[Symbol.asyncIterator]()
  let failure: unknown
  const packed = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await source.next()
        if (done) controller.close()
        else controller.enqueue(value)
      } catch (error) {
        failure = error
        controller.error(error)
      }
    },
    async cancel() {
      await source.return?.()
    },
  })
  const unpacked = packed.pipeThrough(new DecompressionStream('gzip') as TransformStream<Uint8Array, Uint8Array>)
  const reader = unpacked.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } catch (cause) {
    if (failure !== undefined) throw failure // of the source, not of what it holds
    const message = `${caller}: ${name} is gzip that is damaged or cut off: ${(cause as Error).message}`
    throw new ClienteleError('BAD_FILE', message, { cause })
  } finally {
    await reader.cancel().catch(() => {})
  }
}

/**
 * Pieces of UTF-8 bytes or of text as pieces of text; a character may be cut anywhere.
 *
 * @throws {ClienteleError} `BAD_FILE` if the bytes are no UTF-8, with the place
 */
export async function* textPieces(
  caller: string,
  name: string,
  pieces: AsyncIterable<Uint8Array | string>,
): AsyncGenerator<string, void, void> {
  const decode = utf8Decoder(caller, name)
  for await (const piece of pieces) yield typeof piece === 'string' ? piece : decode(piece)
  yield decode()
}

/**
 * What turns one piece of UTF-8 after the other into text, and without a piece says whether the last one was whole.
 *
 * @throws {ClienteleError} `BAD_FILE` if the bytes are no UTF-8, with the place
 */
export function utf8Decoder(caller: string, name: string): (piece?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let byte = 0
  return (piece) => {
    try {
      const text = piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
      byte += piece?.length ?? 0
      return text
    } catch (cause) {
      const end = byte + (piece?.length ?? 0)
      throw notUtf8(caller, name, `between bytes ${Math.max(0, byte - 3)} and ${end}`, cause)
    }
  }
}

/** The error for a file that is not UTF-8 at a place. */
export function notUtf8(caller: string, name: string, place: string, cause?: unknown): ClienteleError {
  const message = `${caller}: ${name} is not UTF-8 text (${place}); save it as UTF-8`
  return new ClienteleError('BAD_FILE', message, { cause })
}
