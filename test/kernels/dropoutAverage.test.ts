import { expect, test } from 'vitest'
import { mbgNbdModel } from '../../src/clv/bgNbd/mbgNbd.ts'
import { expectedPurchasesOfNewCustomer } from '../../src/clv/expectedPurchases.ts'
import { bgNbdExpected } from '../../src/kernels/bgNbdExpectation.ts'
import { bgNbdSurvival } from '../../src/kernels/bgNbdSurvival.ts'
import { golden, relativeError } from '../clv/goldens.ts'

type Args = [r: number, alpha: number, a: number, b: number, t: number]

// At these times a customer with a < 1 is still expected to buy more and more: the expectation grows like t^(1 − a), or
// like ln t at a = 1. They were NaN from t = 1e290 or so, where the smallest dropout probabilities that matter are no
// doubles. Powers of numbers near e^±700 carry their logarithms' some 700 roundings, 8e-14.
test('expected purchases and survival up to the end of doubles, to 1e-13', () => {
  for (const { args, expected, survival, expectedMbg } of golden('farHorizons.json').rows) {
    const [r, alpha, a, b, t] = args as Args
    expect(relativeError(bgNbdExpected(r, alpha, a, b, t), expected)).toBeLessThan(1e-13)
    expect(relativeError(bgNbdSurvival(r, alpha, a, b, t), survival)).toBeLessThan(1e-13)
    const model = mbgNbdModel({ params: { r, alpha, a, b }, timeUnit: 'week' })
    expect(relativeError(expectedPurchasesOfNewCustomer(model, t), expectedMbg)).toBeLessThan(1e-13)
  }
})
