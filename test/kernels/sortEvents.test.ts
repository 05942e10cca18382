import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areEventsSorted, sortEventsInto } from '../../src/kernels/sortEvents.ts'

/** Values that are equal as numbers and can be told apart: zeros of two signs. */
const anyEvent = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.constantFrom(0, -0, 1, 2, 3))

const shapes = {
  any: (events: [number, number][]) => events,
  descending: (events: [number, number][]) => events.toSorted((a, b) => b[0] - a[0]),
  'nearly sorted': (events: [number, number][]) => events.toSorted((a, b) => (a[0] >> 2) - (b[0] >> 2)),
}

test.each(Object.entries(shapes))(
  'groups stand by time, ties by value, equal events in their order: %s',
  (_, shape) => {
    const groups = fc.array(fc.array(anyEvent, { maxLength: 150 }).map(shape), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(groups, (lists) => {
        const offsets = Uint32Array.from([0, ...lists.map((_, g) => lists.slice(0, g + 1).flat().length)])
        const time = Float64Array.from(lists.flat(), ([time]) => time)
        const value = Float64Array.from(lists.flat(), ([, value]) => value)
        const sorted = lists.map((list) => list.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]))
        const isSorted = lists.every((list, g) => list.every((event, i) => event === sorted[g]![i]))
        expect(areEventsSorted(offsets, time, value)).toBe(isSorted)
        const scratch = Math.max(...lists.map((list) => list.length))
        sortEventsInto(offsets, time, value, new Float64Array(scratch), new Float64Array(scratch))
        expect(Array.from(time, (t, i) => [t, value[i]])).toEqual(sorted.flat())
        expect(areEventsSorted(offsets, time, value)).toBe(true)
      }),
    )
  },
)
