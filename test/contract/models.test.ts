import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeModel, encodeModel } from '../../src/model/encodeModel.ts'
import { MODEL_SHAPES, type Model } from '../../src/model/models.ts'
import type { EventTable } from '../../src/table/eventTable.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { CONTESTANTS, summaryOf } from './contestants.ts'

const table = cdnowSample()
const models = new Map(CONTESTANTS.map(({ kind, train }) => [kind, train(table)]))
const modelOf = (kind: Model['kind']): Model => models.get(kind)!

/** The same events in another order of arrival. */
function shuffled({ customers, offsets, time, value }: EventTable): EventTable {
  const customerOf = customers.flatMap((id, c) => Array<string>(offsets[c + 1]! - offsets[c]!).fill(id))
  const order = Uint32Array.from(customerOf.keys()).sort((a, b) => ((a * 7919) % 6919) - ((b * 7919) % 6919))
  return eventTableFromColumns({
    customer: Array.from(order, (i) => customerOf[i]!),
    time: Array.from(order, (i) => time[i]!),
    value: Array.from(order, (i) => value[i]!),
  })
}

const other = shuffled(table)

test('every kind that can be encoded is under contract', () => {
  expect(CONTESTANTS.map(({ kind }) => kind).sort()).toEqual(Object.keys(MODEL_SHAPES).sort())
})

describe.each(CONTESTANTS)('$kind', ({ kind, train, predict, orderTolerance }) => {
  const predictions = Array.from(predict(modelOf(kind), table))

  test('the same data give the same bytes', () => {
    expect(encodeModel(train(cdnowSample()))).toBe(encodeModel(modelOf(kind)))
  })

  test('it says something finite of every customer', () => {
    expect(predictions.length).toBe(table.customers.length)
    expect(predictions.every(Number.isFinite)).toBe(true)
  })

  test('fitting and asking leave the data unchanged', () => {
    const before = structuredClone(table)
    predict(train(table), table)
    expect(table).toEqual(before)
  })

  test('the order in which events arrive does not matter', () => {
    const byId = new Map(summaryOf(other).customers.map((id, row) => [id, row]))
    const said = predict(train(other), other)
    summaryOf(table).customers.forEach((id, row) => {
      const one = predictions[row]!
      expect(Math.abs(said[byId.get(id)!]! - one)).toBeLessThanOrEqual(orderTolerance * Math.max(1, Math.abs(one)))
    })
  })

  test('a clone says the same', () => {
    expect(Array.from(predict(structuredClone(modelOf(kind)), table))).toEqual(predictions)
  })

  test('its text reads back to the same model, to the bit', () => {
    const model = modelOf(kind)
    const again = decodeModel(encodeModel(model))
    expect(again).toEqual(model)
    expect(encodeModel(again)).toBe(encodeModel(model))
    expect(Array.from(predict(again, table))).toEqual(predictions)
  })

  test('a fit by likelihood is certified', () => {
    const model = modelOf(kind)
    if (!('diagnostics' in model && 'source' in model.diagnostics && model.diagnostics.source === 'fitted')) return
    const { verdict, positiveDefinite, conditionNumber, converged } = model.diagnostics
    expect(converged).toBe(true)
    expect(conditionNumber).toBeGreaterThanOrEqual(1)
    if (verdict === 'interior') expect(positiveDefinite && conditionNumber < 1e8).toBe(true)
  })

  test('files of every release are still read, and say what they said', () => {
    const folder = new URL('../goldens/models/', import.meta.url)
    for (const release of readdirSync(folder).filter((name) => !name.includes('.md'))) {
      const file = new URL(`${release}/${kind}.json`, folder)
      if (!existsSync(file)) continue // a release before the first with this kind
      const { model, said } = JSON.parse(readFileSync(file, 'utf8'))
      const predicted = Array.from(predict(decodeModel(JSON.stringify(model)), table)).slice(0, said.length)
      // Other runtimes differ in the last bits of exp and log.
      predicted.forEach((value, row) => {
        expect(Math.abs(value - said[row])).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(said[row])))
      })
    }
  })
})

test.each(CONTESTANTS.filter(({ foreignUnit }) => foreignUnit))(
  '$kind refuses data in another time unit',
  ({ kind, foreignUnit }) => {
    expectRefusal(() => foreignUnit!(modelOf(kind), table), 'UNIT_MISMATCH')
  },
)

test.each(CONTESTANTS.filter(({ foreignColumns }) => foreignColumns))(
  '$kind refuses other columns',
  ({ kind, foreignColumns }) => {
    expectRefusal(() => foreignColumns!(modelOf(kind)), 'BAD_SHAPE')
  },
)

/** Writes the models of this release for later releases to read: `CLIENTELE_RELEASE=0.1.0 npx vitest run test/contract`. */
const release = process.env.CLIENTELE_RELEASE
if (release !== undefined) {
  test('models of this release are kept', () => {
    const folder = new URL(`../goldens/models/${release}/`, import.meta.url)
    mkdirSync(folder, { recursive: true })
    for (const { kind, predict } of CONTESTANTS) {
      const said = Array.from(predict(modelOf(kind), table)).slice(0, 20)
      const kept = { model: JSON.parse(encodeModel(modelOf(kind))), said }
      writeFileSync(new URL(`${kind}.json`, folder), `${JSON.stringify(kept)}\n`)
    }
  })
}
