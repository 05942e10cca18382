import { show } from '../core/checks.ts'
import { type ArrayName, arrayFromJson, badModel, numberFromJson } from './encoding.ts'

/**
 * What a value of a model must look like: reads it from JSON into a fresh value, or throws `BAD_MODEL` saying where it
 * is wrong. Only known keys are read, so that nothing a file holds reaches a prototype.
 */
export type Shape = (json: unknown, path: string) => unknown

/** Any number, the non-finite ones included. */
export const anyNumber: Shape = (json, path) => {
  const value = numberFromJson(json)
  if (value === undefined) throw wrong(path, 'a number', json)
  return value
}

/** A finite number. */
export const finite: Shape = (json, path) => numberThat(json, path, 'a finite number', Number.isFinite)

/** A finite number above zero. */
export const positive: Shape = (json, path) =>
  numberThat(json, path, 'a finite number above 0', (value) => Number.isFinite(value) && value > 0)

/** A finite number of at least zero. */
export const atLeastZero: Shape = (json, path) =>
  numberThat(json, path, 'a finite number of at least 0', (value) => Number.isFinite(value) && value >= 0)

/** A whole number of at least zero. */
export const count: Shape = (json, path) =>
  numberThat(json, path, 'a whole number of at least 0', (value) => Number.isSafeInteger(value) && value >= 0)

/** `true` or `false`. */
export const flag: Shape = (json, path) => {
  if (typeof json !== 'boolean') throw wrong(path, 'true or false', json)
  return json
}

/** A text. */
export const text: Shape = (json, path) => {
  if (typeof json !== 'string') throw wrong(path, 'a text', json)
  return json
}

/** One of the given texts or numbers. */
export function oneOf(...choices: readonly (string | number)[]): Shape {
  return (json, path) => {
    if (!choices.includes(json as string)) throw wrong(path, `one of ${choices.join(', ')}`, json)
    return json
  }
}

/** A list of values of one shape. */
export function list(item: Shape): Shape {
  return (json, path) => {
    if (!Array.isArray(json)) throw wrong(path, 'a list', json)
    return json.map((value, i) => item(value, `${path}[${i}]`))
  }
}

/** A typed array. */
export function array(name: ArrayName): Shape {
  return (json, path) => {
    const value = arrayFromJson(json, name)
    if (value === undefined) throw wrong(path, `an encoded ${name}`, json)
    return value
  }
}

/** A field that may be missing. */
export function optional(shape: Shape): Shape {
  return Object.assign((json: unknown, path: string) => shape(json, path), { isOptional: true })
}

/** A field that earlier releases did not write: there it has the value `missing`. */
export function otherwise(shape: Shape, missing: unknown): Shape {
  return Object.assign((json: unknown, path: string) => shape(json, path), { missing })
}

/** An object with these fields and no others. */
export function record(fields: Readonly<Record<string, Shape>>): Shape {
  return (json, path) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrong(path, 'an object', json)
    const stranger = Object.keys(json).find((key) => !Object.hasOwn(fields, key))
    if (stranger !== undefined)
      throw badModel(`decodeModel: ${path} has a field ${show(stranger)} that is not of its kind`)
    const value: Record<string, unknown> = {}
    for (const [key, shape] of Object.entries(fields)) {
      if (Object.hasOwn(json, key)) value[key] = shape((json as Record<string, unknown>)[key], `${path}.${key}`)
      else if ('missing' in shape) value[key] = shape.missing
      else if (!('isOptional' in shape)) throw badModel(`decodeModel: ${path} has no field "${key}"`)
    }
    return value
  }
}

/** A shape whose value must also pass a test of its own, which returns what is wrong, or nothing. */
export function checked<T>(shape: Shape, problem: (value: T) => string): Shape {
  return (json, path) => {
    const value = shape(json, path)
    const found = problem(value as T)
    if (found !== '') throw badModel(`decodeModel: ${path} ${found}`)
    return value
  }
}

/** The first of several shapes that a field tells apart, as in a discriminated union. */
export function byField(name: string, shapes: Readonly<Record<string, Shape>>): Shape {
  return (json, path) => {
    const choice =
      typeof json === 'object' && json !== null && Object.hasOwn(json, name)
        ? (json as Record<string, unknown>)[name]
        : undefined
    if (typeof choice !== 'string' || !Object.hasOwn(shapes, choice)) {
      throw wrong(`${path}.${name}`, `one of ${Object.keys(shapes).join(', ')}`, choice)
    }
    return shapes[choice]!(json, path)
  }
}

function numberThat(json: unknown, path: string, rule: string, holds: (value: number) => boolean): number {
  const value = numberFromJson(json)
  if (value === undefined || !holds(value)) throw wrong(path, rule, json)
  return value
}

function wrong(path: string, rule: string, json: unknown): Error {
  return badModel(`decodeModel: ${path} must be ${rule}, got ${show(json)}`)
}
