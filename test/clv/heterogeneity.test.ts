import { describe, expect, test } from 'vitest'
import { bgCnbdKModel } from '../../src/clv/bgNbd/bgCnbdK.ts'
import { heterogeneity, type Spread } from '../../src/clv/heterogeneity.ts'
import { nbdModel } from '../../src/clv/nbd/nbd.ts'
import { paretoNbdModel } from '../../src/clv/paretoNbd/paretoNbd.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { givenModel } from './predictions.ts'

/** Mass and mean by the midpoint rule, whose error falls with the square of the step for smooth densities. */
function moments({ at, density }: Spread): readonly [mass: number, mean: number] {
  const step = at[1]! - at[0]!
  const sum = (f: (i: number) => number): number => at.reduce((total, _, i) => total + f(i), 0) * step
  return [sum((i) => density[i]!), sum((i) => at[i]! * density[i]!)]
}

describe('laws', () => {
  test('densities integrate to 1, but for the tail beyond five means, and to their mean', () => {
    const { rate, dropout, dropoutIs } = heterogeneity(givenModel([6, 3, 2, 5]), { points: 5000 })
    expect(dropoutIs).toBe('probability')
    expect(rate.mean).toBe(2)
    // P(Gamma(6) > 30) is 2.3e-8.
    for (const spread of [rate, dropout]) {
      const [mass, mean] = moments(spread)
      expect(mass).toBeCloseTo(1, 6)
      expect(mean).toBeCloseTo(spread.mean, 5)
    }
  })

  test('dropout is a rate under Pareto/NBD, and none under NBD', () => {
    const pareto = heterogeneity(paretoNbdModel({ params: { r: 1, alpha: 10, s: 4, beta: 20 }, timeUnit: 'week' }))
    expect(pareto).toMatchObject({ dropoutIs: 'rate', rate: { mean: 0.1 }, dropout: { mean: 0.2 } })
    const nbd = heterogeneity(nbdModel({ params: { r: 1, alpha: 10 }, timeUnit: 'week' }))
    expect(nbd.dropoutIs).toBe('none')
    expect(nbd.dropout.at.length).toBe(0)
  })

  test('with gaps of three phases, purchases are a third of them', () => {
    const params = { k: 3, r: 2, alpha: 5, a: 1, b: 2 }
    expect(heterogeneity(bgCnbdKModel({ params, timeUnit: 'week' })).rate.mean).toBeCloseTo(2 / 15, 15)
  })
})

test('probabilities are drawn where they are, and up to 1 where some customers are near it', () => {
  const endOf = (a: number, b: number): number => {
    const { at } = heterogeneity(givenModel([1, 1, a, b]), { points: 10 }).dropout
    return at[9]! + at[0]!
  }
  expect(endOf(0.5, 99.5)).toBeCloseTo(0.025, 15) // five times its mean, 0.005
  expect(endOf(0.793, 2.426)).toBe(1)
  expect(endOf(0.01, 0.5)).toBe(1) // U-shaped
})

test('refused', () => {
  expectRefusal(() => heterogeneity(givenModel([1, 1, 1, 1]), { points: 1 }), 'BAD_OPTION', 'points')
})
