import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  COUNTS,
  EVENTS_AFTER,
  GROSS,
  PURCHASES,
  summariseEventsInto,
  TAKEN_BACK,
  TOTAL,
} from '../../src/kernels/summariseEvents.ts'
import { compensatedSum } from '../../src/math/compensatedSum.ts'

const DAY_MS = 86_400_000
const LAST_DAY = 6

interface Row {
  readonly day: number
  readonly type: number
  readonly gross: number
  readonly net: number
  readonly isTakenBack: boolean
}

const anyRow: fc.Arbitrary<Row> = fc.record({
  day: fc.integer({ min: 0, max: 8 }),
  type: fc.constantFrom(0, 0, 0, 1, 3),
  gross: fc.double({ min: 0, max: 1e6, noNaN: true }),
  net: fc.double({ min: 0, max: 1e6, noNaN: true }),
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
    const moneyOf = (rows: readonly Row[]): number => compensatedSum(rows.map(({ net }) => net))
    const firstMoney = moneyOf(counted.filter(({ day }) => day === first))
    const later = moneyOf(counted.filter(({ day }) => day > first))
    const repeats = days.length - 1
    const mean = repeats > 0 ? later / repeats : 0
    const ages = [LAST_DAY - last, last - first, LAST_DAY - first].map((age) => age / 7)
    return [[c, counted.length, repeats, ...ages, mean, firstMoney + later - refunds[c]!]]
  })
}

test('rows and counts are what the words say, to the bit, whichever columns are left out', () => {
  const refunds = fc.infiniteStream(fc.double({ min: 0, max: 100, noNaN: true }))
  fc.assert(
    fc.property(anyCustomers, refunds, fc.boolean(), fc.boolean(), (lists, stream, isPlain, isUtc) => {
      const customers = isPlain
        ? lists.map((rows) => rows.map((row) => ({ ...row, type: 0, net: row.gross, isTakenBack: false })))
        : lists
      const unassigned = customers.map(() => (isPlain ? 0 : (stream.next().value as number)))
      const rows = customers.flat()
      const n = customers.length
      const [whole, real] = [() => new Uint32Array(n), () => new Float64Array(n)]
      const [tableRows, purchases, repeats] = [whole(), whole(), whole()]
      const [sinceLast, total, ageAtLast, age, mean] = [real(), real(), real(), real(), real()]
      const counts = new Float64Array(COUNTS)
      const count = summariseEventsInto(
        Uint32Array.from([0, ...customers.map((_, c) => customers.slice(0, c + 1).flat().length)]),
        Float64Array.from(rows, ({ day }) => (isUtc ? day * DAY_MS + 5 : Number.NaN)),
        isUtc ? new Int32Array(0) : Int32Array.from(rows, ({ day }) => day),
        isPlain ? new Uint8Array(0) : Uint8Array.from(rows, ({ type }) => type),
        Float64Array.from(rows, ({ gross }) => gross),
        Float64Array.from(rows, ({ net }) => net),
        isPlain ? new Uint8Array(0) : Uint8Array.from(rows, ({ isTakenBack }) => Number(isTakenBack)),
        isPlain ? new Float64Array(0) : Float64Array.from(unassigned),
        LAST_DAY,
        7,
        tableRows,
        purchases,
        sinceLast,
        total,
        repeats,
        ageAtLast,
        age,
        mean,
        counts,
      )
      const found = Array.from({ length: count }, (_, row) =>
        [tableRows, purchases, repeats, sinceLast, ageAtLast, age, mean, total].map((column) => column[row]!),
      )
      expect(found).toEqual(byTheWords(customers, unassigned))
      const known = rows.filter(({ day, type }) => day <= LAST_DAY && type === 0)
      expect(counts[EVENTS_AFTER]).toBe(rows.filter(({ day }) => day > LAST_DAY).length)
      expect(counts[PURCHASES]).toBe(known.filter(({ isTakenBack }) => !isTakenBack).length)
      expect(counts[TAKEN_BACK]).toBe(known.filter(({ isTakenBack }) => isTakenBack).length)
      expect(counts[GROSS]).toBe(compensatedSum(known.map(({ gross }) => gross)))
      expect(counts[TOTAL]).toBe(compensatedSum(total.subarray(0, count)))
    }),
    { numRuns: 500 },
  )
})
