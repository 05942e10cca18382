import { describe, expect, test } from 'vitest'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import { frequencyClasses } from '../../src/clv/frequencyClasses.ts'
import { historyMatrix } from '../../src/clv/historyMatrix.ts'
import { probabilityAlive } from '../../src/clv/probabilityAlive.ts'
import { holdout } from '../../src/table/holdout.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { histories } from './goldens.ts'
import { atExactFit, givenModel } from './predictions.ts'

const { before, after } = holdout(cdnowSample(), { cutoff: '1997-10-01', horizon: { weeks: 39 } })
const expected = expectedPurchases(atExactFit(), before, 39)

describe('frequencyClasses', () => {
  const classes = frequencyClasses(before, expected, after.purchaseDays)

  test('all customers and purchases of CDNOW are in one class each', () => {
    expect(classes.map(({ customers }) => customers)).toEqual([1411, 439, 214, 100, 62, 38, 29, 64])
    const total = classes.reduce((sum, { customers, actual }) => sum + customers * actual, 0)
    expect(total).toBeCloseTo(1882, 9)
    expect(classes.filter(({ isLast }) => isLast).map(({ repeats }) => repeats)).toEqual([7])
  })

  test('a class is the mean of its customers', () => {
    const once = before.repeats.reduce((sum, x, row) => (x === 1 ? sum + expected[row]! : sum), 0)
    expect(classes[1]!.expected).toBeCloseTo(once / 439, 12)
  })

  test('classes without customers are left out', () => {
    const few = frequencyClasses(histories([0, 0, 9], [5, 3, 9]), [1, 2], [0, 4])
    expect(few).toEqual([
      { repeats: 0, isLast: false, customers: 1, expected: 1, actual: 0 },
      { repeats: 5, isLast: false, customers: 1, expected: 2, actual: 4 },
    ])
  })

  test('refused', () => {
    expectRefusal(() => frequencyClasses(before, [1], after.purchaseDays), 'BAD_SHAPE', 'expected')
    expectRefusal(() => frequencyClasses(histories(), [], []), 'NOT_ENOUGH_DATA')
    expectRefusal(() => frequencyClasses(before, expected, after.purchaseDays, { last: 0 }), 'BAD_OPTION', 'last')
  })
})

describe('historyMatrix', () => {
  test('a cell is what the model says of such a customer', () => {
    const model = givenModel([0.243, 4.414, 0.793, 2.426])
    const { alive, expected: cells } = historyMatrix(model, { age: 40, horizon: 13, repeats: 4, steps: 8 })
    const one = histories([3, 25, 40])
    expect(alive[3 * 9 + 5]).toBe(probabilityAlive(model, one)[0])
    expect(cells[3 * 9 + 5]).toBe(expectedPurchases(model, one, 13)[0])
    expect(alive[1 * 9]).toBeNaN()
    expect(alive[1]).toBeNaN()
    expect(alive[0]).toBe(1)
  })

  test('refused', () => {
    expectRefusal(() => historyMatrix(atExactFit(), { age: 0 }), 'BAD_OPTION', 'age')
    expectRefusal(() => historyMatrix(atExactFit(), { age: 3, steps: 0 }), 'BAD_OPTION', 'steps')
  })
})
