import { show } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'

/** Typed arrays that models hold. */
export type ArrayName = 'Float64Array' | 'Uint32Array' | 'Int32Array' | 'Uint16Array' | 'Uint8Array'

/** How each kind of array is read from and written to bytes, lowest byte first. */
const ARRAYS: Readonly<Record<ArrayName, ArrayFormat>> = {
  Float64Array: {
    make: (n) => new Float64Array(n),
    size: 8,
    get: (v, i) => v.getFloat64(i, true),
    set: (v, i, x) => v.setFloat64(i, x, true),
  },
  Uint32Array: {
    make: (n) => new Uint32Array(n),
    size: 4,
    get: (v, i) => v.getUint32(i, true),
    set: (v, i, x) => v.setUint32(i, x, true),
  },
  Int32Array: {
    make: (n) => new Int32Array(n),
    size: 4,
    get: (v, i) => v.getInt32(i, true),
    set: (v, i, x) => v.setInt32(i, x, true),
  },
  Uint16Array: {
    make: (n) => new Uint16Array(n),
    size: 2,
    get: (v, i) => v.getUint16(i, true),
    set: (v, i, x) => v.setUint16(i, x, true),
  },
  Uint8Array: {
    make: (n) => new Uint8Array(n),
    size: 1,
    get: (v, i) => v.getUint8(i),
    set: (v, i, x) => v.setUint8(i, x),
  },
}

type TypedArray = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array

interface ArrayFormat {
  readonly make: (length: number) => TypedArray
  readonly size: number
  readonly get: (view: DataView, byte: number) => number
  readonly set: (view: DataView, byte: number, value: number) => void
}

/** Deeper than any model; what holds itself has no end. */
const DEEPEST = 20

const NON_FINITE: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
])

/** A model's value as JSON has it: typed arrays as base64 of little-endian bytes, non-finite numbers by name. */
export function toJson(caller: string, value: unknown, path = 'model', depth = 0): unknown {
  if (typeof value === 'number')
    return isPlain(value) ? value : { $number: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (depth > DEEPEST)
    throw badModel(`${caller}: ${path.slice(0, 40)}… must end within ${DEEPEST} steps: it holds itself`)
  if (Array.isArray(value)) return value.map((item, i) => toJson(caller, item, `${path}[${i}]`, depth + 1))
  if (ArrayBuffer.isView(value)) return arrayToJson(caller, value as TypedArray, path)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, toJson(caller, item, `${path}.${key}`, depth + 1)]),
    )
  }
  throw badModel(`${caller}: ${path} must be plain data, got ${show(value)}`)
}

/** The number that JSON stands for, or `undefined`. */
export function numberFromJson(json: unknown): number | undefined {
  if (typeof json === 'number') return json
  const name = fieldOf(json, '$number')
  return typeof name === 'string' ? NON_FINITE.get(name) : undefined
}

/** The typed array that JSON stands for, or `undefined`. */
export function arrayFromJson(json: unknown, name: ArrayName): TypedArray | undefined {
  const base64 = fieldOf(json, 'base64')
  if (fieldOf(json, '$array') !== name || typeof base64 !== 'string') return undefined
  const bytes = bytesOf(base64)
  const { make, size, get } = ARRAYS[name]
  if (bytes === undefined || bytes.length % size !== 0) return undefined
  const view = new DataView(bytes.buffer)
  const array = make(bytes.length / size)
  for (let i = 0; i < array.length; i++) array[i] = get(view, i * size)
  return array
}

/** The error for what is no model. */
export function badModel(message: string, cause?: unknown): ClienteleError {
  return new ClienteleError('BAD_MODEL', message, cause === undefined ? {} : { cause })
}

function isPlain(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0)
}

function arrayToJson(caller: string, array: TypedArray, path: string): unknown {
  const name = array.constructor.name
  if (!Object.hasOwn(ARRAYS, name)) throw badModel(`${caller}: ${path} must be plain data, got a ${name}`)
  const { size, set } = ARRAYS[name as ArrayName]
  const bytes = new Uint8Array(array.length * size)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < array.length; i++) set(view, i * size, array[i]!)
  return { $array: name, base64: base64Of(bytes) }
}

/** An object's own field; nothing of a prototype is ever looked at. */
function fieldOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? (json as Record<string, unknown>)[name]
    : undefined
}

const CHUNK = 0x8000

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK))
  return btoa(text)
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) return undefined
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  return bytes
}
