import { describe, expect, test } from 'vitest'
import { fitBgCnbdK } from '../../../src/clv/bgNbd/bgCnbdK.ts'
import { fitBgNbd } from '../../../src/clv/bgNbd/bgNbd.ts'
import { fitMbgNbd } from '../../../src/clv/bgNbd/mbgNbd.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import { fitGammaGamma } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../../../src/clv/lifetimeValue.ts'
import { fitNbd } from '../../../src/clv/nbd/nbd.ts'
import { fitParetoNbd } from '../../../src/clv/paretoNbd/paretoNbd.ts'
import { purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import { bootstrapModel } from '../../../src/clv/uncertainty/bootstrapModel.ts'
import { parameterIntervals } from '../../../src/clv/uncertainty/parameterIntervals.ts'
import { purchaseIntervals } from '../../../src/clv/uncertainty/purchaseIntervals.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { calibration, relativeError } from '../goldens.ts'
import { POPULATION, simulatedFuture } from '../simulate.ts'

const summary = calibration()
const spend = fitGammaGamma(summary)
/** Other customers than those that the models learnt from. */
const { summary: others } = simulatedFuture(POPULATION, 100, 1, randomFrom(11))

const models = [
  fitBgNbd(summary),
  fitMbgNbd(summary),
  fitBgCnbdK(summary, { k: 2, modified: true }),
  fitParetoNbd(summary),
  fitNbd(summary),
]

describe.each(models)('$kind', (model) => {
  const { diagnostics } = model
  const params: Readonly<Record<string, number>> = { ...model.params }
  if (diagnostics.source === 'given') throw new Error('fitted')

  test('the three intervals of each parameter hold the estimate, and agree about its size', () => {
    const [standard, sandwich, profile] = (['standard', 'sandwich', 'profile'] as const).map((method) =>
      parameterIntervals(model, summary, { method }),
    )
    expect(standard!.parameters).toEqual(diagnostics.parameters)
    standard!.estimates.forEach((estimate, i) => {
      // The optimum is found again within 1e-9 of the logarithms.
      expect(relativeError(estimate, params[standard!.parameters[i]!]!)).toBeLessThan(1e-8)
      const widths = [standard!, sandwich!, profile!].map(({ lower, upper }) => Math.log(upper[i]! / lower[i]!))
      expect(Math.min(...widths)).toBeGreaterThan(0)
      expect(Math.max(...widths) / Math.min(...widths)).toBeLessThan(2)
    })
  })

  test('purchase intervals are in order, and known parameters leave the quantiles of the distribution', () => {
    const { expected, meanLower, meanUpper } = purchaseIntervals(model, others, 26)
    expected.forEach((mean, row) => {
      expect(meanLower[row]).toBeLessThan(mean)
      expect(meanUpper[row]).toBeGreaterThan(mean)
    })
    const known = { ...model, diagnostics: { source: 'given' as const } }
    const plain = purchaseIntervals(known, others, 26, { level: 0.8 })
    expect(plain.meanLower).toEqual(plain.expected)
    expect(plain.expected).toEqual(expectedPurchases(model, others, 26))
    const { probabilities } = purchaseDistribution(model, others, 26, { max: 300 })
    for (let row = 0; row < others.repeats.length; row++) {
      const [lower, upper] = [plain.lower[row]!, plain.upper[row]!]
      const upTo = (count: number): number =>
        probabilities.subarray(301 * row, 301 * row + count + 1).reduce((sum, chance) => sum + chance, 0)
      // The sums are in another order: 1e-12 is their rounding, and the slack of a quantile, 1e-14, is below it.
      if (lower > 0) expect(upTo(lower - 1)).toBeLessThan(0.1 + 1e-12)
      expect(upTo(lower)).toBeGreaterThan(0.1 - 1e-12)
      if (upper > 0) expect(upTo(upper - 1)).toBeLessThan(0.9 + 1e-12)
      expect(upTo(upper)).toBeGreaterThan(0.9 - 1e-12)
    }
  })

  test('a wider level has wider intervals', () => {
    const [narrow, wide] = [0.5, 0.95].map((level) => purchaseIntervals(model, others, 26, { level }))
    narrow!.expected.forEach((_, row) => {
      expect(wide!.lower[row]).toBeLessThanOrEqual(narrow!.lower[row]!)
      expect(wide!.upper[row]).toBeGreaterThanOrEqual(narrow!.upper[row]!)
      expect(wide!.meanUpper[row]).toBeGreaterThan(narrow!.meanUpper[row]!)
    })
  })

  // A hundred fits of Pareto/NBD to the sample take too long for a test: otherModels.test.ts has fewer, to fewer customers.
  if (model.kind !== 'paretoNbd') {
    test('the bootstrap varies as the sandwich says', () => {
      const logs = ({ params: { ...drawn } }: typeof model): number[] =>
        diagnostics.parameters.map((name) => Math.log((drawn as Readonly<Record<string, number>>)[name]!))
      const { standardErrors, atEdge } = bootstrapModel(model, summary, { statistic: logs, replicates: 100 })
      const { lower, upper } = parameterIntervals(model, summary, { method: 'sandwich' })
      expect(atEdge).toBe(0)
      standardErrors.forEach((error, i) => {
        const sandwich = Math.log(upper[i]! / lower[i]!) / (2 * 1.6448536269514722)
        // A standard deviation of 100 draws is known to 7 %, and the bootstrap's second order comes on top.
        expect(relativeError(error, sandwich)).toBeLessThan(0.3)
      })
    })
  }

  test('costs lower the value by their parts, and its intervals stay around it', () => {
    const terms = { horizon: { weeks: 52 }, margin: 0.5 }
    const plain = lifetimeValue(model, spend, others, terms)
    const costly = lifetimeValue(model, spend, others, {
      ...terms,
      serviceCost: 1,
      retentionCost: { cost: 0.5, per: 'month' },
    })
    plain.value.forEach((value, row) => {
      const { margin, serviceCost, retentionCost } = costly.parts
      expect(margin[row]).toBe(value)
      expect(costly.value[row]).toBe(margin[row]! - serviceCost[row]! - retentionCost[row]!)
      expect(serviceCost[row]).toBeGreaterThan(0)
      expect(retentionCost[row]).toBeGreaterThan(0)
      // A customer who stays a year costs 12 × 0.5 at most, here 52 weeks of 12 / 52.18 each.
      expect(retentionCost[row]).toBeLessThan(6)
      expect(costly.meanLower[row]).toBeLessThan(costly.value[row]!)
      expect(costly.meanUpper[row]).toBeGreaterThan(costly.value[row]!)
      expect(costly.lower[row]).toBeLessThanOrEqual(plain.lower[row]!)
      expect(costly.upper[row]).toBeLessThanOrEqual(plain.upper[row]!)
    })
  })
})
