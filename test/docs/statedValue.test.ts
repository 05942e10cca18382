import { describe, expect, test } from 'vitest'
import { statedValue } from './statedValue.ts'

/** Whether `value` is what `comment` states. */
const states = (comment: string, value: unknown): boolean | undefined => statedValue(comment)?.(value)

describe('numbers', () => {
  test.each([
    ['3', 3, true],
    ['3', 3.4, false],
    ['-9582.429…', -9582.4292, true],
    ['-9582.429…', -9582.428, false],
    ['0.5…', 0.5, false],
    ['0.6875', 0.6875, true],
    ['6.2496', 6.249_583, true],
    ['6.2496', 6.249_66, false],
    ['1e-8', 1.04e-8, true],
    ['1e-8', 2e-8, false],
    ['1.22…, purchase days in 39 weeks', 1.2261, true],
    ['0.2426 for the CDNOW sample', 0.2426, true],
    ['NaN', Number.NaN, true],
    ['3', '3', false],
  ])('%s of %s: %s', (comment, value, expected) => expect(states(comment, value)).toBe(expected))
})

describe('texts, lists and objects', () => {
  test.each([
    ["'better'", 'better', true],
    ["'better'", 'worse', false],
    ["'a\\n\\'b'", "a\n'b", true],
    ["'<!DOCTYPE html>…'", '<!DOCTYPE html><p>', true],
    ["'<!DOCTYPE html>…'", '<p>', false],
    ['true', true, true],
    ['true', 1, false],
    ["['ann', 'bob']", ['ann', 'bob'], true],
    ['[0, 0.25, 1]', Float64Array.of(0, 0.25, 1), true],
    ['[1, 2]', [1, 2, 3], false],
    ['[1, 2, …]', [1, 2, 3], true],
    ['[1, 2, …]', [1, 2], false],
    ['[]', [], true],
    ["{ p: 6.25, name: 'x' }", { p: 6.2496, name: 'x' }, true],
    ['{ p: 6.25 }', { p: 6.2496, q: 1 }, false],
    ['{ p: 6.25, … }', { p: 6.2496, q: 1 }, true],
    ['[{ line: 3, … }]', [{ line: 3, reason: 'x' }], true],
  ])('%s of %o: %s', (comment, value, expected) => expect(states(comment, value)).toBe(expected))
})

test.each(['the same model', 'of 0, 1, 2, 3 purchases', 'Float64Array, one a customer', '… and so on'])(
  '"%s" is words',
  (comment) => expect(statedValue(comment)).toBeUndefined(),
)

test.each(['Champions', "'a' | 'b'", '[1, 2', '{ a 1 }', '12%', '3…4', '[the first]'])('"%s" is refused', (comment) =>
  expect(() => statedValue(comment)).toThrow(),
)
