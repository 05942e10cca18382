import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  COUNTS,
  EVENTS_AFTER,
  GROSS,
  PURCHASES,
  summariseEventsInto,
  TAKEN_BACK,
} from '../../src/kernels/summariseEvents.ts'
import { summaryRows } from '../../src/table/summaryRows.ts'
import { exactSum } from '../fixtures/exactSum.ts'

const DAY_MS = 86_400_000
const LAST_DAY = 6
const COLUMNS = [
  'tableRows',
  'purchases',
  'repeats',
  'sinceLast',
  'ageAtLast',
  'age',
  'meanRepeatValue',
  'total',
] as const

interface Row {
  readonly day: number
  readonly type: number
  readonly gross: number
  readonly net: number
  readonly isTakenBack: boolean
}

/** From a cent to a million, with all bits of a double: so far apart that compensated sums lose none of them. */
const anyMoney = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1e6, noNaN: true }))

const anyRow: fc.Arbitrary<Row> = fc.record({
  day: fc.integer({ min: 0, max: 8 }),
  type: fc.constantFrom(0, 0, 0, 1, 3),
  gross: anyMoney,
  net: anyMoney,
  isTakenBack: fc.boolean(),
})
const anyCustomers = fc.array(
  fc.array(anyRow, { maxLength: 12 }).map((rows) => rows.toSorted((a, b) => a.day - b.day)),
  { maxLength: 6 },
)

/** What the words say, with a list of days for each customer. */
function byTheWords(customers: readonly (readonly Row[])[], refunds: readonly number[]): number[][] {
  return customers.flatMap((rows, c) => {
    const counted = rows.filter(({ day, type, isTakenBack }) => day <= LAST_DAY && type === 0 && !isTakenBack)
    const days = [...new Set(counted.map(({ day }) => day))]
    if (days.length === 0) return []
    const [first, last] = [days[0]!, days[days.length - 1]!]
    const moneyOf = (rows: readonly Row[]): number[] => rows.map(({ net }) => net)
    const repeats = days.length - 1
    const mean = repeats > 0 ? exactSum(moneyOf(counted.filter(({ day }) => day > first))) / repeats : 0
    const ages = [LAST_DAY - last, last - first, LAST_DAY - first].map((age) => age / 7)
    return [[c, counted.length, repeats, ...ages, mean, exactSum([...moneyOf(counted), -refunds[c]!])]]
  })
}

test('rows and counts are what the words say, to the bit, whichever columns are left out', () => {
  const refunds = fc.infiniteStream(anyMoney)
  fc.assert(
    fc.property(anyCustomers, refunds, fc.boolean(), fc.boolean(), (lists, stream, isPlain, isUtc) => {
      const customers = isPlain
        ? lists.map((rows) => rows.map((row) => ({ ...row, type: 0, net: row.gross, isTakenBack: false })))
        : lists
      const unassigned = customers.map(() => (isPlain ? 0 : (stream.next().value as number)))
      const rows = customers.flat()
      const n = customers.length
      const out = summaryRows(n)
      const counts = new Float64Array(COUNTS)
      const count = summariseEventsInto(
        Uint32Array.from([0, ...customers.map((_, c) => customers.slice(0, c + 1).flat().length)]),
        Float64Array.from(rows, ({ day }) => (isUtc ? day * DAY_MS + 5 : Number.NaN)),
        isUtc ? new Int32Array(0) : Int32Array.from(rows, ({ day }) => day),
        isPlain ? new Uint8Array(0) : Uint8Array.from(rows, ({ type }) => type),
        isPlain ? new Float64Array(0) : Float64Array.from(rows, ({ gross }) => gross),
        Float64Array.from(rows, ({ net }) => net),
        new Float64Array(0),
        isPlain ? new Uint8Array(0) : Uint8Array.from(rows, ({ isTakenBack }) => Number(isTakenBack)),
        isPlain ? new Float64Array(0) : Float64Array.from(unassigned),
        Number.POSITIVE_INFINITY,
        LAST_DAY,
        7,
        out,
        counts,
      )
      const found = Array.from({ length: count }, (_, row) => COLUMNS.map((name) => out[name][row]!))
      expect(found).toEqual(byTheWords(customers, unassigned))
      const known = rows.filter(({ day, type }) => day <= LAST_DAY && type === 0)
      expect(counts[EVENTS_AFTER]).toBe(rows.filter(({ day }) => day > LAST_DAY).length)
      expect(counts[PURCHASES]).toBe(known.filter(({ isTakenBack }) => !isTakenBack).length)
      expect(counts[TAKEN_BACK]).toBe(known.filter(({ isTakenBack }) => isTakenBack).length)
      expect(counts[GROSS]).toBe(exactSum(known.map(({ gross }) => gross)))
    }),
    { numRuns: 500 },
  )
})

/** The kernel on purchases of one customer. */
function summarise(day: number[], value: number[], rest: number[], least: number): [count: number, total: number] {
  const out = summaryRows(1)
  const none = new Float64Array(0)
  const bytes = new Uint8Array(0)
  const offsets = Uint32Array.of(0, day.length)
  const [money, low] = [Float64Array.from(value), Float64Array.from(rest)]
  const counts = new Float64Array(COUNTS)
  const days = Int32Array.from(day)
  const count = summariseEventsInto(offsets, none, days, bytes, none, money, low, bytes, none, least, 9, 1, out, counts)
  return [count, out.total[0]!]
}

test('days that go back are refused, and sums that depend on the order', () => {
  expect(summarise([1, 2, 1], [1, 1, 1], [], 1)[0]).toBe(-1)
  expect(summarise([1, 2, 3], [1e16, 1, 1], [], 1)[0]).toBe(-1)
  expect(summarise([1, 2, 3], [1e16, 1, 1], [], Number.POSITIVE_INFINITY)[0]).toBe(1)
  expect(summarise([1, 1, 3], [100, 1, 1], [], 1)).toEqual([1, 102])
})

test('what rounding took off a value is added before the sum is rounded', () => {
  const ulp = 2 ** -52
  expect(summarise([1], [1], [ulp / 2], 1)[1]).toBe(1) // half a unit rounds to even
  expect(summarise([1, 2], [1, 0], [ulp / 2, ulp / 4], 1)[1]).toBe(1 + ulp)
})
