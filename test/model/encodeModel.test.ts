import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bgNbdModel, fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { gammaGammaModel } from '../../src/clv/gammaGamma/gammaGamma.ts'
import { fitBoosting, predictBoosting } from '../../src/learn/boosting.ts'
import { decodeModel, decodeModels, encodeModel, encodeModels } from '../../src/model/encodeModel.ts'
import type { Model } from '../../src/model/models.ts'
import { fitRfm } from '../../src/rfm/rfmScores.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const summary = customerSummary(cdnowSample(), { asOf: '1998-06-30' })
const given = bgNbdModel({ params: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }, timeUnit: 'week' })
const matrix = featureMatrix({ x: [1, 2, 3, 4], y: [0, 1, 0, 1] })
const boosting = fitBoosting(matrix, Uint8Array.of(0, 0, 1, 1), { trees: 3, minChildWeight: 0 })

/** The text of a model in which somebody set one field, given by its path, or deleted it. */
function tampered(model: Model, path: string, value: unknown): string {
  const json = JSON.parse(encodeModel(model))
  const names = path.split('.')
  const last = names.pop()!
  const parent = names.reduce((object, name) => object[name], json)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return JSON.stringify(json)
}

describe('laws', () => {
  test('numbers keep every bit, the odd ones included', () => {
    const covariance = [[Number.NaN, Number.POSITIVE_INFINITY, -0, 5e-324]]
    const fitted = fitBgNbd(summary)
    const model = { ...fitted, diagnostics: { ...fitted.diagnostics, covariance } } as typeof fitted
    expect(decodeModel(encodeModel(model))).toEqual(model)
  })

  test('bytes of arrays are little-endian, whatever the machine', () => {
    const json = JSON.parse(encodeModel(fitRfm(summary, { cuts: { sinceLast: [1], purchases: [2], total: [3] } })))
    expect(json.cuts.sinceLast).toEqual({ $array: 'Float64Array', base64: 'AAAAAAAA8D8=' }) // 1 is 0x3ff0000000000000
  })

  test('several models read back in order', () => {
    expect(decodeModels(encodeModels([given, boosting]))).toEqual([given, boosting])
    expect(decodeModels(encodeModels([]))).toEqual([])
  })

  test('any text is read or refused with a code, and never changes a prototype', () => {
    const pieces = fc.constantFrom(
      '"__proto__":{"polluted":1}',
      '"constructor":{}',
      '"kind":"bgNbd"',
      '"version":1',
      '{',
      '}',
      ',',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.array(pieces).map((parts) => `{${parts.join(',')}}`),
        ),
        (text) => {
          expectRefusal(() => decodeModel(text), textCode(text))
          expect(({} as Record<string, unknown>).polluted).toBeUndefined()
        },
      ),
    )
  })

  test('a text that is cut off anywhere is refused', () => {
    const text = encodeModel(boosting)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (end) =>
        expectRefusal(() => decodeModel(text.slice(0, end)), 'BAD_MODEL'),
      ),
    )
  })

  test('a model with any one byte changed is refused, or safe to ask', () => {
    const text = encodeModel(boosting)
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        let model: Model
        try {
          model = decodeModel(text.slice(0, at) + character + text.slice(at + 1))
        } catch {
          return
        }
        if (model.kind !== 'boosting' || model.columns.join() !== 'x,y') return
        expect(predictBoosting(model, matrix).length).toBe(4)
      }),
      { numRuns: 3000 },
    )
  })
})

/** A text without a known kind and version is unsupported; what is not even an object is no model. */
function textCode(text: string): 'BAD_MODEL' | 'UNSUPPORTED_MODEL' {
  try {
    const json = JSON.parse(text)
    const isKnown = typeof json !== 'object' || json === null || (json.kind === 'bgNbd' && json.version === 1)
    return isKnown ? 'BAD_MODEL' : 'UNSUPPORTED_MODEL'
  } catch {
    return 'BAD_MODEL'
  }
}

describe('refusals', () => {
  const loops = btoa('\0'.repeat(4 * boosting.trees.left.length))

  test.each([
    ['a kind that is not known', given, 'kind', 'oracle', 'UNSUPPORTED_MODEL', '"kind" must be one of rfm,'],
    ['a kind of the prototype', given, 'kind', 'constructor', 'UNSUPPORTED_MODEL', '"constructor"'],
    ['a later version', given, 'version', 2, 'UNSUPPORTED_MODEL', 'version 1 of bgNbd, got 2'],
    ['no version', given, 'version', undefined, 'UNSUPPORTED_MODEL', 'got undefined'],
    ['a missing field', given, 'params.r', undefined, 'BAD_MODEL', 'bgNbd.params has no field "r"'],
    ['a field too many', given, 'params.evil', 1, 'BAD_MODEL', 'bgNbd.params has a field "evil"'],
    ['a parameter that is no number', given, 'params.r', '1', 'BAD_MODEL', 'bgNbd.params.r must be'],
    ['a parameter of zero', given, 'params.alpha', 0, 'BAD_MODEL', 'a finite number above 0, got 0'],
    ['a parameter below zero', given, 'params.r', -1, 'BAD_MODEL', 'a finite number of at least 0, got -1'],
    ['a unit that is none', given, 'timeUnit', 'month', 'BAD_MODEL', 'bgNbd.timeUnit'],
    ['a foreign array', boosting, 'trees.left.$array', 'Int8Array', 'BAD_MODEL', 'an encoded Uint32Array'],
    ['an array that is cut', boosting, 'trees.left.base64', 'AAAA', 'BAD_MODEL', 'boosting.trees.left'],
    ['a tree with a loop', boosting, 'trees.left.base64', loops, 'BAD_MODEL', 'branches lead nowhere'],
    ['a tree of other columns', boosting, 'columns', [], 'BAD_MODEL', 'branches lead nowhere'],
  ] as const)('%s', (_, model, path, value, code, text) => {
    expectRefusal(() => decodeModel(tampered(model, path, value)), code, text)
  })

  test('an own field __proto__', () => {
    const text = encodeModel(given).replace('"kind"', '"__proto__":{"polluted":1},"kind"')
    expectRefusal(() => decodeModel(text), 'BAD_MODEL', '"__proto__"')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test.each(['', 'null', '1', '"bgNbd"', 'undefined'])('%j is no model', (text) => {
    expectRefusal(() => decodeModel(text), 'BAD_MODEL')
  })

  test('a single model is no collection, and a collection no model', () => {
    expectRefusal(() => decodeModels(encodeModel(given)), 'BAD_MODEL', 'decodeModel reads a single one')
    expectRefusal(() => decodeModel(encodeModels([given])), 'BAD_MODEL', 'decodeModels reads it')
    expectRefusal(() => decodeModels('{"kind":"models","version":2,"models":[]}'), 'UNSUPPORTED_MODEL')
  })

  test('what is not plain data is not encoded', () => {
    const model = gammaGammaModel({ params: { p: 6, q: 4, v: 15 } })
    expectRefusal(
      () => encodeModel({ ...model, currency: (() => 'EUR') as never }),
      'BAD_MODEL',
      'model.currency must be plain data',
    )
    expectRefusal(() => encodeModel({ kind: 'oracle' } as never), 'UNSUPPORTED_MODEL')
  })
})
