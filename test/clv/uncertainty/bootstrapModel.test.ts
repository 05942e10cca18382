import { describe, expect, test } from 'vitest'
import { bgNbdModel, fitBgNbd } from '../../../src/clv/bgNbd/bgNbd.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import { fitGammaGamma } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { bootstrapModel, bootstrapModelAsync } from '../../../src/clv/uncertainty/bootstrapModel.ts'
import { parameterCovariance } from '../../../src/clv/uncertainty/parameterCovariance.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { calibration, relativeError, stressSet } from '../goldens.ts'

const summary = calibration()
const model = fitBgNbd(summary)

describe('laws', () => {
  test.each([model, fitGammaGamma(summary)])('the standard errors are those of the sandwich: $kind', (fitted) => {
    const logs = (each: typeof fitted): number[] => Object.values(each.params).map(Math.log)
    const { standardErrors } = bootstrapModel(fitted, summary, { statistic: logs, replicates: 999 })
    const { ofLogs } = parameterCovariance(fitted, summary, { method: 'sandwich' })
    standardErrors.forEach((error, i) => {
      // A standard deviation of 999 draws is known to 2.2 %, three times that is 7 %; the rest is the bootstrap's second order.
      expect(relativeError(error, Math.sqrt(ofLogs[i]![i]!))).toBeLessThan(0.12)
    })
  })

  test('the statistic is any of the model, by default its parameters', () => {
    const parameters = bootstrapModel(model, summary, { replicates: 20 })
    const { r, alpha, a, b } = model.params
    expect([...parameters.estimates]).toEqual([r, alpha, a, b])
    const statistic = (each: typeof model): Float64Array => expectedPurchases(each, summary, 39).subarray(0, 3)
    const { estimates, lower, upper, values } = bootstrapModel(model, summary, { statistic, replicates: 199 })
    expect([...estimates]).toEqual([...statistic(model)])
    expect(values.length).toBe(3 * 199)
    estimates.forEach((estimate, i) => {
      const drawn = values.filter((_, k) => k % 3 === i).sort()
      expect([lower[i], upper[i]]).toEqual([drawn[9], drawn[189]])
      expect(lower[i]).toBeLessThan(estimate)
      expect(upper[i]).toBeGreaterThan(estimate)
    })
  })

  test('the same seed draws the same, another seed something else; in slices too', async () => {
    const options = { replicates: 20, seed: 5 }
    const once = bootstrapModel(model, summary, options)
    const progress: number[] = []
    const sliced = await bootstrapModelAsync(model, summary, {
      ...options,
      onProgress: ({ done }) => progress.push(done),
    })
    expect(sliced).toEqual(once)
    expect(progress).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(bootstrapModel(model, summary, { ...options, seed: 6 }).values).not.toEqual(once.values)
  })

  test('the order of the rows does not matter', () => {
    const turned = {
      ...summary,
      repeats: summary.repeats.toReversed(),
      ageAtLast: summary.ageAtLast.toReversed(),
      age: summary.age.toReversed(),
    }
    // Sums over rows of whole weights are exact, so that not a bit changes.
    expect(bootstrapModel(model, turned, { replicates: 20 })).toEqual(
      bootstrapModel(model, summary, { replicates: 20 }),
    )
  })

  test('data sets whose best parameters lie at an edge are counted', () => {
    const few = stressSet('tiny_25')
    const { atEdge, values } = bootstrapModel(fitBgNbd(few), few, { replicates: 100 })
    expect(atEdge).toBeGreaterThan(5)
    expect(atEdge).toBeLessThan(95)
    expect(values.every(Number.isFinite)).toBe(true)
  })
})

describe('refusals', () => {
  test('of models that were fitted to something else, and of options out of range', () => {
    const given = bgNbdModel({ params: { r: 1, alpha: 10, a: 1, b: 3 }, timeUnit: 'week' })
    expectRefusal(() => bootstrapModel(given, summary), 'BAD_SHAPE', 'this very summary')
    expectRefusal(() => bootstrapModel(model, summary, { replicates: 19 }), 'BAD_OPTION', 'replicates')
    expectRefusal(() => bootstrapModel(model, summary, { level: 1 }), 'BAD_OPTION', 'level')
    expectRefusal(() => bootstrapModel(model, summary, { seed: 0.5 }), 'BAD_OPTION', 'seed')
    expectRefusal(() => bootstrapModel(model, stressSet('plain_days')), 'UNIT_MISMATCH')
  })
})
