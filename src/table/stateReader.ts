import { show } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import {
  badState,
  CHECKSUM_AT,
  HEADER_BYTES,
  lowestFirst,
  MAGIC,
  type NumberArray,
  stateChecksum,
  VERSION,
} from './stateFormat.ts'
import { textOf } from './textCodes.ts'

/** Reads the sections of an encoded accumulator one after the other. */
export interface StateReader {
  /** The next section as numbers of this kind; `BAD_MODEL` unless it has `length` of them, where that is known. */
  numbers<A extends NumberArray>(kind: NumberKind<A>, what: string, length?: number): A
  /** The next three sections as texts, one after the other. */
  eachText(what: string, take: (text: string, place: number) => void): void
  /** `BAD_MODEL` unless all has been read. */
  end(): void
}

/** A constructor of number arrays. */
export interface NumberKind<A> {
  readonly BYTES_PER_ELEMENT: number
  new (length: number): A
}

/** Checks the header and the sum of `bytes`, and opens them for reading. */
export function stateReader(caller: string, bytes: Uint8Array): StateReader {
  if (!(bytes instanceof Uint8Array)) throw badState(caller, `expected bytes, got ${show(bytes)}`)
  const bad = (what: string): ClienteleError => badState(caller, what)
  const isOurs = bytes.length >= HEADER_BYTES && [...MAGIC].every((letter, i) => bytes[i] === letter.charCodeAt(0))
  if (!isOurs) throw bad('these bytes are no encoded accumulator')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint32(8, true)
  if (version > VERSION) {
    const what = `version ${version} of the accumulator is later than ${VERSION}, which this release reads`
    throw new ClienteleError('UNSUPPORTED_MODEL', `${caller}: ${what}; update clientele`)
  }
  const body = bytes.subarray(HEADER_BYTES)
  if (
    version < 1 ||
    view.getUint32(12, true) !== 0 ||
    view.getBigUint64(16, true) !== BigInt(body.length) ||
    body.length % 8 !== 0
  ) {
    throw bad('the accumulator is cut short or damaged')
  }
  const [a, b] = stateChecksum(bytes, version)
  if (view.getUint32(CHECKSUM_AT, true) !== a || view.getUint32(CHECKSUM_AT + 4, true) !== b)
    throw bad('the accumulator is damaged')

  let at = HEADER_BYTES
  const numbers = <A extends NumberArray>(kind: NumberKind<A>, what: string, length?: number): A => {
    if (at + 8 > bytes.length) throw bad(`${what} is missing`)
    const stated = Number(view.getBigUint64(at, true))
    at += 8
    // Before anything of that size is made: the bytes must be there.
    const size = stated * kind.BYTES_PER_ELEMENT
    if (size > bytes.length - at) throw bad(`${what} is cut short`)
    if (length !== undefined && stated !== length) throw bad(`${what} must have ${length} values, got ${stated}`)
    const array = new kind(stated)
    const target = new Uint8Array(array.buffer)
    target.set(bytes.subarray(at, at + size))
    lowestFirst(target, kind.BYTES_PER_ELEMENT)
    at += Math.ceil(size / 8) * 8
    return array
  }
  return {
    numbers,
    eachText: (what, take) => {
      const lengths = numbers(Uint32Array, what)
      const [width] = numbers(Uint8Array, what, 1)
      const total = lengths.reduce((sum, length) => sum + length, 0)
      if (width !== 1 && width !== 2) throw bad(`${what} must have units of 1 or 2 bytes, got ${width}`)
      const units = width === 1 ? numbers(Uint8Array, what, total) : numbers(Uint16Array, what, total)
      let start = 0
      lengths.forEach((length, place) => {
        take(textOf(units, start, start + length), place)
        start += length
      })
    },
    end: () => {
      if (at !== bytes.length) throw bad('there is more than an accumulator has')
    },
  }
}
