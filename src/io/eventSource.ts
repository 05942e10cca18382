import { ClienteleError } from '../core/errors.ts'
import type { CustomerEvent } from '../table/customerEvent.ts'

/**
 * Where events come from: the path or URL of a file; its bytes, whole (`Uint8Array`, `Blob`) or in pieces (a web
 * `ReadableStream`, a Node stream, any iterable); its text in pieces, such as `[text]`; or events themselves, from any
 * iterable or stream. A `string` is always a path, never a text.
 */
export type EventSource =
  | string
  | URL
  | Uint8Array
  | Blob
  | ReadableStream<Uint8Array | string | CustomerEvent>
  | AsyncIterable<Uint8Array | string | CustomerEvent>
  | Iterable<Uint8Array | string | CustomerEvent>

/** Bytes that can be read from anywhere in them. */
export interface ByteRange {
  readonly byteLength: number
  /** Bytes `start` up to `end`, in a buffer of their own. */
  slice(start: number, end?: number): Promise<ArrayBuffer>
}

/** A source that has been opened. */
export interface OpenSource {
  /** What to call it in errors. */
  readonly name: string
  /** Path of the file; empty if it is none. */
  readonly path: string
  /** Pieces of bytes or text, or events, from the beginning. To be read once where there is no `range`. */
  readonly items: () => AsyncIterable<unknown>
  /** Takes back a piece that nobody will read again: the next one is read into its memory. */
  readonly reuse?: (piece: Uint8Array) => void
  /** Where any part of it can be read. */
  readonly range?: () => Promise<ByteRange>
}

const PIECE = 1 << 20

/** Opens a source; nothing is read yet. */
export function openSource(caller: string, source: EventSource): OpenSource {
  if (typeof source === 'string') return fileSource(caller, source)
  if (source instanceof URL) return fileSource(caller, source)
  if (source instanceof Uint8Array) {
    const bytes = plainBytes(source)
    const slice = async (start: number, end?: number): Promise<ArrayBuffer> =>
      bytes.slice(start, end).buffer as ArrayBuffer
    const range = { byteLength: bytes.length, slice }
    return { name: 'the byte array', path: '', items: () => partsOf(range), range: async () => range }
  }
  if (source instanceof Blob) {
    const range = {
      byteLength: source.size,
      slice: (start: number, end?: number): Promise<ArrayBuffer> => source.slice(start, end).arrayBuffer(),
    }
    return { name: 'the blob', path: '', items: () => partsOf(range), range: async () => range }
  }
  return { name: 'the stream', path: '', items: () => itemsOf(caller, source) }
}

/** The same bytes as a plain array: `slice` of a Node `Buffer`, which is one too, copies nothing and keeps its pool. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function fileSource(caller: string, file: string | URL): OpenSource {
  const path = String(file)
  const unreadable = (cause: unknown): ClienteleError => {
    const hint = path.includes('\n') ? '; a text goes in as [text]' : ''
    const shown = path.length > 200 ? `${path.slice(0, 200)}…` : path
    return new ClienteleError('BAD_FILE', `${caller}: cannot read ${shown}: ${(cause as Error).message}${hint}`, {
      cause,
    })
  }
  const open = async (): Promise<FileParts> => {
    try {
      const { open } = await import('node:fs/promises')
      const handle = await open(file)
      return { handle, byteLength: (await handle.stat()).size }
    } catch (cause) {
      throw unreadable(cause)
    }
  }
  let spare: Uint8Array | undefined
  const reuse = ({ buffer }: Uint8Array): void => {
    spare = new Uint8Array(buffer)
  }
  async function* items(): AsyncGenerator<Uint8Array, void, void> {
    const { handle } = await open()
    try {
      for (;;) {
        const room = spare ?? new Uint8Array(PIECE)
        spare = undefined
        const { bytesRead, buffer } = await handle.read(room, 0, PIECE)
        if (bytesRead === 0) return
        yield buffer.subarray(0, bytesRead)
      }
    } catch (cause) {
      throw cause instanceof ClienteleError ? cause : unreadable(cause)
    } finally {
      await handle.close()
    }
  }
  const range = async (): Promise<ByteRange> => {
    const { handle, byteLength } = await open()
    await handle.close()
    const slice = async (start: number, end = byteLength): Promise<ArrayBuffer> => {
      // Opened anew for each part, so that nothing is left open whenever the reader stops.
      const { handle } = await open()
      try {
        const length = Math.max(0, Math.min(end, byteLength) - start)
        const bytes = new Uint8Array(length)
        let done = 0
        while (done < length) {
          const { bytesRead } = await handle.read(bytes, done, length - done, start + done)
          if (bytesRead === 0) break
          done += bytesRead
        }
        return bytes.buffer
      } finally {
        await handle.close()
      }
    }
    return { byteLength, slice }
  }
  const place = file instanceof URL ? decodeURIComponent(file.pathname) : path
  return { name: path, path: place, items, reuse, range }
}

interface FileParts {
  readonly handle: import('node:fs/promises').FileHandle
  readonly byteLength: number
}

async function* partsOf(range: ByteRange): AsyncGenerator<Uint8Array, void, void> {
  for (let start = 0; start < range.byteLength; start += PIECE) {
    yield new Uint8Array(await range.slice(start, Math.min(start + PIECE, range.byteLength)))
  }
}

/** The items of any iterable or stream. */
async function* itemsOf(caller: string, source: unknown): AsyncGenerator<unknown, void, void> {
  if (source instanceof ReadableStream && !(Symbol.asyncIterator in source)) {
    yield* streamItems(source)
    return
  }
  const isIterable = typeof source === 'object' && source !== null
  if (!isIterable || !(Symbol.asyncIterator in source || Symbol.iterator in source)) {
    const rule = 'a path, bytes, a stream, or an iterable of pieces or events'
    throw new ClienteleError('BAD_OPTION', `${caller}: "source" must be ${rule}, got ${typeof source}`)
  }
  yield* source as AsyncIterable<unknown>
}

/** Some browsers cannot iterate over their streams. */
async function* streamItems(stream: ReadableStream<unknown>): AsyncGenerator<unknown, void, void> {
  const reader = stream.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}
