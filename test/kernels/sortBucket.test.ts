import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countBucketsInto, scatterToBucketsInto } from '../../src/kernels/bucketEvents.ts'
import { sortBucketInto } from '../../src/kernels/sortBucket.ts'

const BITS = 2
const CUSTOMERS = 16
const CELLS = 8

test('events land with their customer, cells of time ascend, and equal ones keep their order', () => {
  const anyEvents = fc.array(
    fc.tuple(fc.integer({ min: 0, max: CUSTOMERS - 1 }), fc.double({ min: 0, max: 7, noNaN: true })),
  )
  fc.assert(
    fc.property(anyEvents, (events) => {
      const codes = Uint32Array.from(events, ([code]) => code)
      const starts = new Uint32Array(CUSTOMERS / 2 ** BITS + 1)
      const inBucket = new Uint16Array(events.length)
      const time = new Float64Array(events.length)
      const row = new Float64Array(events.length)
      countBucketsInto(codes, BITS, 0, starts)
      const given = Float64Array.from(events, ([, time]) => time)
      scatterToBucketsInto(codes, given, Float64Array.from(codes.keys()), BITS, starts.slice(), inBucket, time, row)
      const ends = new Uint32Array(CUSTOMERS)
      for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
        const [start, end] = [starts[bucket]!, starts[bucket + 1]!]
        sortBucketInto(
          start,
          end,
          inBucket,
          time,
          row,
          0,
          1,
          ends.subarray(bucket * 2 ** BITS, (bucket + 1) * 2 ** BITS),
          new Uint32Array(CELLS + 1),
          new Uint32Array(end - start),
          time.slice(start, end),
          row.slice(start, end),
        )
      }
      const expected = [...events.keys()].sort(
        (a, b) => codes[a]! - codes[b]! || Math.floor(given[a]!) - Math.floor(given[b]!) || a - b,
      )
      expect(Array.from(row)).toEqual(expected)
      expect(Array.from(time)).toEqual(expected.map((i) => given[i]))
      expect(Array.from(ends)).toEqual(
        Array.from({ length: CUSTOMERS }, (_, customer) => codes.filter((code) => code <= customer).length),
      )
    }),
  )
})

test('buckets begin where the first one does', () => {
  const starts = new Uint32Array(4)
  countBucketsInto(Uint32Array.of(9, 0, 3, 11, 1), 2, 100, starts)
  expect(Array.from(starts)).toEqual([100, 103, 103, 105])
})
