import { describe, expect, test } from 'vitest'
import { bgNbdModel, fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import { expectedSpend, gammaGammaModel } from '../../src/clv/gammaGamma/gammaGamma.ts'
import { periodHistories } from '../../src/clv/periodHistories.ts'
import { encodeModel, encodeModels } from '../../src/model/encodeModel.ts'
import { forecastPlot } from '../../src/plot/forecastPlot.ts'
import { crossTab } from '../../src/segment/crossTab.ts'
import { profile } from '../../src/segment/profile.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { loosePurchases } from '../../src/table/loosePurchases.ts'
import { segmentSizes } from '../../src/table/segmentation.ts'
import { summaryAccumulator } from '../../src/table/summaryAccumulator.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const table = cdnowSample()
const asOf = '1997-09-30'
const summary = customerSummary(table, { asOf })
const model = bgNbdModel({ params: { r: 0.24, alpha: 4.4, a: 0.8, b: 2.4 }, timeUnit: 'week' })
const spend = gammaGammaModel({ params: { p: 6, q: 3, v: 15 } })

describe('a refusal says what is wrong', () => {
  test('model and summary the other way round', () => {
    const swapped = () => expectedPurchases(summary as never, model as never, 39)
    expectRefusal(swapped, 'BAD_OPTION', 'the model comes first and the data second')
  })

  test('a model of another kind: which kinds fit, and which it is', () => {
    const kinds = 'bgNbd, mbgNbd, bgCnbdK, paretoNbd, nbd, purchaseCovariates, seasonalPurchases, bgBb'
    const spends = () => expectedPurchases(spend as never, summary, 39)
    expectRefusal(spends, 'BAD_OPTION', `must be a model of kind ${kinds}, got an object of kind "gammaGamma"`)
    const buys = () => expectedSpend(model as never, summary)
    expectRefusal(buys, 'BAD_OPTION', 'must be a model of kind gammaGamma, spendCovariates, got')
  })

  test('a summary that went through JSON', () => {
    const copy = JSON.parse(JSON.stringify(summary))
    const rule = 'whose "sinceLast" is a typed array, got an object with 0, 1, 2, …; JSON does not keep typed arrays'
    expectRefusal(() => fitBgNbd(copy), 'BAD_OPTION', rule)
  })

  test('period histories in the place of a summary', () => {
    const histories = periodHistories(table, { asOf, period: { weeks: 4 } })
    expectRefusal(() => fitBgNbd(histories as never), 'BAD_OPTION', '"summary" must be a customer summary')
  })

  test('an option that is misspelt', () => {
    const misspelt = { asOf, timeunit: 'day' }
    const rule = 'customerSummary: "timeunit" is not one of its options'
    expectRefusal(() => customerSummary(table, misspelt), 'BAD_OPTION', rule)
  })

  test('codes that lead to no name', () => {
    const torn = { kind: 'segment', names: ['all'], codes: Uint16Array.of(0, 1) }
    for (const work of [() => crossTab(torn, torn), () => segmentSizes(torn), () => profile(torn, {})])
      expectRefusal(work, 'BAD_SHAPE', 'must lead to one of 1 names, got 1 in row 1')
  })

  test('a unit that no track has', () => {
    const track = { steps: [1], expected: [1], actual: [1], unit: 'month' }
    expectRefusal(() => forecastPlot(track as never), 'BAD_OPTION', '"unit" must be one of "day", "week", got "month"')
  })

  test('a model that holds itself', () => {
    const cyclic: Record<string, unknown> = { ...model }
    cyclic.self = cyclic
    expectRefusal(() => encodeModel(cyclic as never), 'BAD_MODEL', 'it holds itself')
    expectRefusal(() => encodeModels([cyclic as never]), 'BAD_MODEL', 'encodeModels: ')
  })

  test('what is no accumulator, no events, no options of one', () => {
    const accumulator = summaryAccumulator()
    expectRefusal(() => accumulator.merge({} as never), 'BAD_OPTION', '"other" must be an accumulator')
    expectRefusal(() => accumulator.add({} as never), 'BAD_OPTION', '"customer" must be an array')
    expectRefusal(() => accumulator.add([], { batches: 1 } as never), 'BAD_OPTION', '"batches" is not one of its')
    expectRefusal(() => accumulator.summary(5 as never), 'BAD_OPTION', '"options" must be an object')
  })
})

test('a table that is not in order yet is checked without putting it in order', () => {
  const customer = Uint32Array.from({ length: 1000 }, (_, i) => (i * 7919) % 100)
  const time = Float64Array.from(customer, (_, i) => i * 86_400_000)
  const loose = eventTableFromColumns({ customer, time, value: time })
  customerSummary(loose, { asOf: '1972-12-31' })
  expect(loosePurchases(loose)).toBeDefined()
})
