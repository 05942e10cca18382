import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8End } from '../../src/kernels/byteText.ts'
import {
  BYTES_BEYOND,
  COUNT,
  type CsvMarks,
  MARKED,
  MARKS_ROOM,
  MARKS_STATE,
  markBytesInto,
  NEXT,
  passMarks,
  SOUND,
} from '../../src/kernels/csvMarks.ts'

const newMarks = (): CsvMarks => ({ places: new Int32Array(MARKS_ROOM), state: new Int32Array(MARKS_STATE) })

/** Bytes, and after them some that must not be marked. */
function withMore(parts: Iterable<number>): { bytes: Uint8Array; view: DataView } {
  const list = [...parts]
  const room = new Uint8Array(list.length + BYTES_BEYOND).fill(0x22)
  room.set(list)
  return { bytes: room.subarray(0, list.length), view: new DataView(room.buffer) }
}

const left = ({ places, state }: CsvMarks): number[] => Array.from(places.subarray(state[NEXT]!, state[COUNT]!))

test('delimiters, quotes, line feeds and NULs are marked, and nothing else', () => {
  // Neighbours of the bytes that are looked for, which a test of four at a time could take for them.
  const byte = fc.oneof(
    fc.constantFrom(0, 1, 9, 10, 11, 13, 32, 34, 35, 43, 44, 45, 58, 59, 60, 0x7f, 0x80, 0x8a, 0xa2, 0xac, 0xff),
    fc.nat(255),
  )
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 40 }), fc.constantFrom(44, 59, 9, 124, 32, 127), (parts, delimiter) => {
      const { bytes, view } = withMore(parts)
      const marks = newMarks()
      markBytesInto(bytes, view, delimiter, marks)
      expect(left(marks)).toEqual(parts.flatMap((one, at) => ([delimiter, 34, 10, 0].includes(one) ? [at] : [])))
      expect(marks.state[MARKED]).toBe(parts.length)
      expect(marks.state[SOUND]).toBe(utf8End(bytes, 0, parts.length))
    }),
    { numRuns: 3000 },
  )
})

test('what is marked window by window is what there is, characters cut in two included', () => {
  // Rows of a length that no window is a multiple of, so that windows end in each place of one.
  const text = 'Zoë,"😀",2024-05-02\r\n'.repeat(3000)
  const { bytes, view } = withMore(new TextEncoder().encode(text))
  const marks = newMarks()
  const found: number[] = []
  while (marks.state[MARKED]! < bytes.length) {
    markBytesInto(bytes, view, 44, marks)
    expect(marks.state[MARKED]! - marks.state[SOUND]!).toBeLessThan(4)
    // Half of the marks wait for the next window.
    const places = left(marks)
    const passed = places.slice(0, places.length >> 1)
    found.push(...passed)
    passMarks((passed.at(-1) ?? -1) + 1, marks)
  }
  found.push(...left(marks))
  expect(marks.state[SOUND]).toBe(bytes.length)
  expect(found).toEqual(Array.from(bytes).flatMap((one, at) => ([44, 34, 10, 0].includes(one) ? [at] : [])))
})

test('going on from a place beyond all marks begins there', () => {
  const { bytes, view } = withMore(new TextEncoder().encode('a,b\n'.repeat(5000)))
  const marks = newMarks()
  markBytesInto(bytes, view, 44, marks)
  passMarks(16_001, marks)
  expect([left(marks), marks.state[MARKED], marks.state[SOUND]]).toEqual([[], 16_001, 16_001])
  markBytesInto(bytes, view, 44, marks)
  expect(left(marks)[0]).toBe(16_001)
})
