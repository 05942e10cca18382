import { describe, expect, test } from 'vitest'
import { drawPoisson } from '../../src/core/drawPoisson.ts'
import { randomFrom } from '../../src/core/random.ts'
import { logGamma } from '../../src/math/logGamma.ts'

describe.each([0.3, 1, 9.9, 10, 33.5, 4000])('with mean %d', (mean) => {
  const random = randomFrom(Math.floor(mean) + 1)
  const DRAWS = 100_000
  const counts = new Map<number, number>()
  for (let i = 0; i < DRAWS; i++) {
    const count = drawPoisson(mean, random)
    counts.set(count, (counts.get(count) ?? 0) + 1)
  }

  test('the draws follow the Poisson distribution', () => {
    // Pearson's statistic over the cells with ten expected draws or more, against four of its standard deviations.
    let statistic = 0
    let cells = 0
    for (let n = 0; n < mean + 20 * Math.sqrt(mean) + 20; n++) {
      const expected = DRAWS * Math.exp(n * Math.log(mean) - mean - logGamma(n + 1))
      if (expected < 10) continue
      statistic += ((counts.get(n) ?? 0) - expected) ** 2 / expected
      cells++
    }
    expect(Math.abs(statistic - cells)).toBeLessThan(4 * Math.sqrt(2 * cells))
  })
})

test('a mean of 0 draws nothing', () => {
  expect(drawPoisson(0, randomFrom(1))).toBe(0)
})
