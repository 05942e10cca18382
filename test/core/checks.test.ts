import { expect, test } from 'vitest'
import { checkFinite, checkInteger, checkNumber, checkTimeUnit } from '../../src/core/checks.ts'
import { expectRefusal } from '../fixtures/errors.ts'

test.each([
  [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 'a finite number, got NaN'],
  [Number.NEGATIVE_INFINITY, 5, 'a finite number of at most 5, got NaN'],
  [0, Number.POSITIVE_INFINITY, 'a finite number of at least 0, got NaN'],
  [0, 1, 'a finite number from 0 to 1, got NaN'],
])('a range from %d to %d in words', (low, high, text) => {
  expectRefusal(() => checkNumber('caller', 'x', Number.NaN, low, high), 'BAD_OPTION', `caller: "x" must be ${text}`)
})

test('integers without an upper end', () => {
  expect(checkInteger('caller', 'x', 7, 0, Number.MAX_SAFE_INTEGER)).toBe(7)
  expectRefusal(
    () => checkInteger('caller', 'x', 0.5, 0, Number.MAX_SAFE_INTEGER),
    'BAD_OPTION',
    'of at least 0, got 0.5',
  )
})

test('the first value that is no finite number is named', () => {
  checkFinite('caller', 'x', Float64Array.of(1, -2, 0))
  expectRefusal(
    () => checkFinite('caller', 'x', [1, '2' as never]),
    'BAD_OPTION',
    '"x[1]" must be a finite number, got "2"',
  )
})

test('units of time must be there and agree', () => {
  checkTimeUnit('caller', { timeUnit: 'day' }, { timeUnit: 'day' })
  expectRefusal(
    () => checkTimeUnit('caller', { timeUnit: 'day' }, { timeUnit: 'week' }),
    'UNIT_MISMATCH',
    'in days and',
  )
  const none = {} as { timeUnit: string }
  expectRefusal(() => checkTimeUnit('caller', none, { timeUnit: 'week' }), 'BAD_OPTION', '"model.timeUnit" must be')
  expectRefusal(() => checkTimeUnit('caller', { timeUnit: 'week' }, none), 'BAD_OPTION', '"data.timeUnit" must be')
})
