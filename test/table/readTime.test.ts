import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { zoneOf } from '../../src/core/calendar.ts'
import { readTime } from '../../src/table/readTime.ts'

const UTC = zoneOf('test', 'UTC')
const anyTime = fc.integer({ min: Date.parse('0000-01-01'), max: Date.parse('9999-12-31') })
const isoOf = (time: number): string => new Date(time).toISOString()

describe('laws', () => {
  test('what toISOString writes is read as Date.parse reads it', () => {
    fc.assert(
      fc.property(anyTime, (time) => {
        const text = isoOf(time)
        expect(readTime(text, UTC)).toBe(time)
        expect(readTime(text.slice(0, 10), UTC)).toBe(Date.parse(text.slice(0, 10)))
      }),
    )
  })

  test('an offset is taken off', () => {
    const offset = fc.record({
      sign: fc.constantFrom('+', '-'),
      hours: fc.integer({ min: 0, max: 18 }),
      minutes: fc.integer({ min: 0, max: 59 }),
      colon: fc.constantFrom(':', ''),
    })
    const two = (n: number): string => String(n).padStart(2, '0')
    fc.assert(
      fc.property(anyTime, offset, (time, { sign, hours, minutes, colon }) => {
        const text = `${isoOf(time).slice(0, -1)}${sign}${two(hours)}${colon}${two(minutes)}`
        const ms = (hours * 60 + minutes) * 60_000
        expect(readTime(text, UTC)).toBe(sign === '+' ? time - ms : time + ms)
      }),
    )
  })

  test('the first three digits of a fraction are its milliseconds', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,9}$/), fc.constantFrom('.', ','), (digits, point) => {
        const ms = Number(digits.padEnd(3, '0').slice(0, 3))
        expect(readTime(`1970-01-01T00:00:00${point}${digits}Z`, UTC)).toBe(ms)
      }),
    )
  })

  test('texts are times by the grammar and the calendar, and by nothing else', () => {
    const grammar =
      /^(\d{4})(?:-(\d\d)-(\d\d)|(\d\d)(\d\d))(?:[T ]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-8]):?[0-5]\d)?)?$/
    const isTime = (text: string): boolean => {
      const match = grammar.exec(text)
      if (match === null) return false
      const [, year, month, day, basicMonth, basicDay] = match
      const date = `${year}-${month ?? basicMonth}-${day ?? basicDay}`
      return !Number.isNaN(Date.parse(date)) && isoOf(Date.parse(date)).startsWith(date)
    }
    const start = fc.oneof(
      anyTime.map(isoOf),
      fc.constantFrom('20240229', '2024-02-29 23:59', '2023-02-28T23:59:59,5-0330'),
    )
    const place = fc.integer({ min: 0, max: 30 })
    const mark = fc.oneof(fc.constantFrom(...'0123456789-:TZ+.,/ '), fc.string({ maxLength: 2 }))
    fc.assert(
      fc.property(start, place, fc.integer({ min: 0, max: 5 }), mark, (text, at, without, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + without)
        expect(Number.isNaN(readTime(changed, UTC))).toBe(!isTime(changed))
      }),
      { numRuns: 3000 },
    )
  })
})

describe('regressions', () => {
  test.each(['', '2', '2024', '2024-05', '202405', '2024-05-0', '2024-05-02T', '2024-05-02T10', '2024-05-02T10:3'])(
    'a text that ends early: "%s"',
    (text) => expect(readTime(text, UTC)).toBeNaN(),
  )

  test.each([
    '2024-05-02T10:30:',
    '2024-05-02T10:30:05.',
    '2024-05-02T10:30:05.1234567890Z',
    '2024-05-02T10:30ZZ',
    '2024-05-02T10:30+',
    '2024-05-02T10:30+2',
    '2024-05-02T10:30+02:0',
    '2024-05-02T10:30+02:00x',
    '2024-0502',
    '202405-02',
    '2024-00-10',
    '2024-13-10',
    '2024-04-31',
    '1900-02-29',
    '\u0662024-05-02',
    ' 2024-05-02',
    '+02024-05-02',
    '2024-05-02T10:60',
    '2024-05-02T10:30:60',
  ])('no time: "%s"', (text) => expect(readTime(text, UTC)).toBeNaN())

  test('leap days of all kinds of years', () => {
    for (const year of ['0000', '0004', '1600', '2000', '2024']) {
      expect(isoOf(readTime(`${year}-02-29`, UTC)).slice(0, 10)).toBe(`${year}-02-29`)
    }
    for (const year of ['0100', '1900', '2023', '2100']) expect(readTime(`${year}-02-29`, UTC)).toBeNaN()
  })

  test('anything else is no time', () => {
    for (const value of [undefined, null, {}, [], true, 5n, Symbol('x')]) expect(readTime(value, UTC)).toBeNaN()
  })
})
