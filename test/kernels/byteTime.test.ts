import fc from 'fast-check'
import { expect, test } from 'vitest'
import { zoneOf } from '../../src/core/calendar.ts'
import { timeOfBytesInto } from '../../src/kernels/byteTime.ts'
import { readTime } from '../../src/table/readTime.ts'

const UTC = zoneOf('test', 'UTC')
const time = new Float64Array(1)
const isInstant = new Uint8Array(1)

function read(text: string): number {
  // Digits on both sides must not be read.
  const bytes = new TextEncoder().encode(`7${text}7`)
  const isRead = timeOfBytesInto(new DataView(bytes.buffer), 1, bytes.length - 1, 0, time, isInstant)
  return isRead ? time[0]! : Number.NaN
}

test.each([
  ['2024-05-02', 0],
  ['20240502T1030', 0],
  ['2024-05-02T10:30', 0],
  ['2024-05-02 10:30:15,123456789', 0],
  ['2024-05-02T10:30Z', 1],
  ['2024-02-29T23:59:59.9+18:00', 1],
  ['0000-01-01T00:00-0530', 1],
])('%s', (text, instant) => {
  expect(read(text)).toBe(readTime(text, UTC))
  if (!Number.isNaN(read(text))) expect(isInstant[0]).toBe(instant)
})

test('texts that are nearly times are what readTime says', () => {
  const part = fc.constantFrom(...'0123456789', '-', '-', ':', 'T', ' ', 'Z', '+', '.', ',', 'x')
  const base = fc.constantFrom(
    '2024-05-02',
    '20240229',
    '2024-05-02T10:30:15.123+02:00',
    '1999-12-31 23:59Z',
    '2024-02-30',
  )
  const change = fc.tuple(fc.nat(30), part, fc.constantFrom(0, 1))
  fc.assert(
    fc.property(base, fc.array(change, { maxLength: 3 }), (text, changes) => {
      const chars = [...text]
      for (const [at, char, removed] of changes) chars.splice(at % (chars.length + 1), removed, char)
      expect(read(chars.join(''))).toBe(readTime(chars.join(''), UTC))
    }),
    { numRuns: 5000 },
  )
})
