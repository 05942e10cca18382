import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY_MS, dayNumber, dayText, parseDay, zoneOf } from '../../src/core/calendar.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const utc = (text: string): number => Date.parse(text)

describe('zoneOf', () => {
  test.each([
    // Berlin: winter UTC+1, summer UTC+2; the clocks changed on 2024-03-31 at 01:00 UTC and 2024-10-27 at 01:00 UTC.
    ['Europe/Berlin', '2024-03-30T22:59:59Z', '2024-03-30'],
    ['Europe/Berlin', '2024-03-30T23:00:00Z', '2024-03-31'],
    ['Europe/Berlin', '2024-03-31T21:59:59Z', '2024-03-31'],
    ['Europe/Berlin', '2024-03-31T22:00:00Z', '2024-04-01'],
    ['Europe/Berlin', '2024-10-27T22:59:59Z', '2024-10-27'],
    ['Europe/Berlin', '2024-10-27T23:00:00Z', '2024-10-28'],
    // São Paulo's clocks skipped midnight: 2018-11-04 began at 01:00, which was 03:00 UTC.
    ['America/Sao_Paulo', '2018-11-04T02:59:59Z', '2018-11-03'],
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-04'],
    // Samoa left out 2011-12-30 altogether.
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-29'],
    ['Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-31'],
    ['UTC', '1969-12-31T23:59:59Z', '1969-12-31'],
  ])('%s: %s lies on %s', (timeZone, instant, day) => {
    expect(dayText(zoneOf('test', timeZone).dayOf(utc(instant)))).toBe(day)
  })

  test.each([
    ['Europe/Berlin', '2024-03-31T01:59:59Z', '2024-03-31T00:59:59Z'],
    ['Europe/Berlin', '2024-03-31T03:00:00Z', '2024-03-31T01:00:00Z'],
    // 02:30 never was that day: the clock before the change counts, so it is 03:30 of summer.
    ['Europe/Berlin', '2024-03-31T02:30:00Z', '2024-03-31T01:30:00Z'],
    // 02:30 was twice: the first counts.
    ['Europe/Berlin', '2024-10-27T02:30:00Z', '2024-10-27T00:30:00Z'],
    ['Europe/Berlin', '2024-10-27T03:00:00Z', '2024-10-27T02:00:00Z'],
    ['America/New_York', '2024-03-10T02:30:00Z', '2024-03-10T07:30:00Z'],
    ['America/New_York', '2024-11-03T01:30:00Z', '2024-11-03T05:30:00Z'],
    ['America/Sao_Paulo', '2018-11-04T00:00:00Z', '2018-11-04T03:00:00Z'],
  ])('%s: the wall time %s is the instant %s', (timeZone, wall, instant) => {
    expect(new Date(zoneOf('test', timeZone).instantOf(utc(wall))).toISOString()).toBe(new Date(instant).toISOString())
  })

  test('agrees with the calendar of the runtime at any instant', () => {
    for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe']) {
      const zone = zoneOf('test', timeZone)
      const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
      fc.assert(
        fc.property(fc.integer({ min: utc('1975-01-01'), max: utc('2037-12-31') }), (time) => {
          expect(dayText(zone.dayOf(time))).toBe(format.format(time))
        }),
      )
    }
  })

  test('refuses a zone that does not exist', () => {
    expectRefusal(() => zoneOf('eventTable', 'Mars/Olympus'), 'BAD_OPTION', 'eventTable: "timeZone" must be an IANA')
  })
})

describe('days', () => {
  test('count from 1970 and read back', () => {
    expect(dayNumber(1970, 1, 1)).toBe(0)
    expect(dayNumber(2024, 2, 29)).toBe(19782)
    expect(dayNumber(2023, 2, 29)).toBeUndefined()
    expect(dayNumber(50, 1, 1)).toBe(utc('0050-01-01') / DAY_MS)
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (day) => {
        expect(parseDay('test', 'day', dayText(day))).toBe(day)
      }),
    )
  })

  test.each(['', '2024-13-01', '2024-02-30', '2024-2-3', '20240203', ' 2024-02-03', 'today'])('%j is none', (text) => {
    expectRefusal(
      () => parseDay('customerSummary', 'asOf', text),
      'BAD_OPTION',
      '"asOf" must be a day written YYYY-MM-DD',
    )
  })
})
