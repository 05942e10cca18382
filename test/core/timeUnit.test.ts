import { describe, expect, test } from 'vitest'
import { type Duration, durationIn } from '../../src/core/timeUnit.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const inDays = (duration: Duration) => durationIn('caller', 'horizon', duration, 'day')

describe('durations', () => {
  test('in days and weeks', () => {
    expect(inDays({ days: 1.5 })).toBe(1.5)
    expect(inDays({ weeks: 2 })).toBe(14)
    expect(inDays({ months: 12 })).toBe(365.25)
    expect(inDays({ years: 4 })).toBe(1461)
    expect(durationIn('caller', 'horizon', { weeks: 52 }, 'week')).toBe(52)
  })

  test('what is not one length is refused, by the type too', () => {
    // @ts-expect-error two lengths
    expectRefusal(() => inDays({ days: 1, weeks: 1 }), 'BAD_OPTION', 'got "days and weeks"')
    // @ts-expect-error no length
    expectRefusal(() => inDays({}), 'BAD_OPTION', '"horizon" must be one duration')
    // @ts-expect-error no unit
    expectRefusal(() => inDays({ hours: 3 }), 'BAD_OPTION', 'one duration')
    for (const bad of [null, undefined, 52, '52 weeks', [52]]) {
      expectRefusal(() => inDays(bad as unknown as Duration), 'BAD_OPTION', 'one duration such as { weeks: 52 }')
    }
    expectRefusal(() => inDays({ weeks: 0 }), 'BAD_OPTION', '"horizon.weeks" must be a finite number above 0, got 0')
    // One length is one length, however it was put together.
    expect(inDays({ days: 3, weeks: undefined } as unknown as Duration)).toBe(3)
  })
})
