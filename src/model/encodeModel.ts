import { badOption, checkObject, checkText, show } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { badModel, toJson } from './encoding.ts'
import { MODEL_SHAPES, type Model } from './models.ts'

/**
 * A model as JSON text: typed arrays as base64 of little-endian bytes, NaN and infinities by name, nothing lost. Linear
 * in the size of the model.
 *
 * @throws {ClienteleError} `UNSUPPORTED_MODEL` if it is of no known kind; `BAD_MODEL` if it is not plain data
 * @example
 * decodeModel(encodeModel(rfm)).kind // 'rfm'
 */
export function encodeModel(model: Model): string {
  return JSON.stringify(modelToJson('encodeModel', model))
}

/**
 * Several models as one JSON text, as `clientele analyze` writes them.
 *
 * @throws {ClienteleError} as `encodeModel`
 * @example
 * encodeModels([rfm, purchases])
 */
export function encodeModels(models: readonly Model[]): string {
  return JSON.stringify({
    kind: 'models',
    version: 1,
    models: checkModels(models).map((model) => modelToJson('encodeModels', model)),
  })
}

/**
 * Reads a model that `encodeModel` of this or an earlier release wrote. The text is data: nothing in it is executed, a
 * field that does not belong to the kind is refused, and the model is made anew of known fields only.
 *
 * @throws {ClienteleError} `BAD_MODEL` if the text is damaged or no model, saying where; `UNSUPPORTED_MODEL` for a kind or a
 *   later version that this release does not know
 * @example
 * const model = decodeModel(encodeModel(purchases))
 * if (model.kind === 'bgNbd') probabilityAlive(model, summary)[0] // 0.66…
 */
export function decodeModel(text: string): Model {
  return modelFromJson('decodeModel', parse('decodeModel', text))
}

/**
 * Reads what `encodeModels` wrote, such as the `models.json` of `clientele analyze`.
 *
 * @throws {ClienteleError} as `decodeModel`
 * @example
 * const models = decodeModels(encodeModels([rfm, purchases]))
 * models.map(({ kind }) => kind) // ['rfm', 'bgNbd']
 */
export function decodeModels(text: string): Model[] {
  const json = parse('decodeModels', text)
  if (typeof json !== 'object' || json === null || field(json, 'kind') !== 'models') {
    throw badModel('decodeModels: the text is no collection of models; decodeModel reads a single one')
  }
  checkVersion('decodeModels', 'models', field(json, 'version'), [1])
  const models = field(json, 'models')
  if (!Array.isArray(models)) throw badModel('decodeModels: "models" must be a list')
  return models.map((model) => modelFromJson('decodeModels', model))
}

function checkModels(models: readonly Model[]): readonly Model[] {
  if (Array.isArray(models)) return models
  throw badOption('encodeModels', 'models', 'an array of models', models)
}

function modelToJson(caller: string, model: Model): unknown {
  checkObject(caller, 'model', model)
  checkKind(caller, model.kind)
  checkVersion(caller, model.kind, model.version, versionsOf(model.kind))
  return toJson(caller, model)
}

function modelFromJson(caller: string, json: unknown): Model {
  if (typeof json !== 'object' || json === null)
    throw badModel(`${caller}: a model must be an object, got ${show(json)}`)
  const kind = field(json, 'kind')
  checkKind(caller, kind)
  const version = field(json, 'version')
  checkVersion(caller, kind, version, versionsOf(kind))
  return MODEL_SHAPES[kind][version as number]!()(json, kind) as Model
}

function parse(caller: string, text: string): unknown {
  checkText(caller, 'text', text)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw badModel(`${caller}: the text is no JSON, or cut off: ${(cause as Error).message}`, cause)
  }
}

function field(json: object, name: string): unknown {
  return Object.hasOwn(json, name) ? (json as Record<string, unknown>)[name] : undefined
}

function checkKind(caller: string, kind: unknown): asserts kind is Model['kind'] {
  if (typeof kind === 'string' && Object.hasOwn(MODEL_SHAPES, kind)) return
  if (kind === 'models') throw badModel(`${caller}: the text is a collection of models; decodeModels reads it`)
  const known = Object.keys(MODEL_SHAPES).join(', ')
  throw new ClienteleError('UNSUPPORTED_MODEL', `${caller}: "kind" must be one of ${known}, got ${show(kind)}`)
}

function versionsOf(kind: Model['kind']): number[] {
  return Object.keys(MODEL_SHAPES[kind]).map(Number)
}

function checkVersion(caller: string, kind: string, version: unknown, known: readonly number[]): void {
  if (known.includes(version as number)) return
  throw new ClienteleError(
    'UNSUPPORTED_MODEL',
    `${caller}: this release reads version ${known.join(', ')} of ${kind}, got ${show(version)}`,
  )
}
