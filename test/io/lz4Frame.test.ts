import { expect, test } from 'vitest'
import { unpackLz4Frame } from '../../src/io/lz4Frame.ts'

// Frames written by hand after the format's description: magic, flags, block size, header checksum, blocks, end.
const frame = (flags: number, ...blocks: number[]): Uint8Array =>
  Uint8Array.of(0x04, 0x22, 0x4d, 0x18, flags, 0x40, 0, ...blocks, 0, 0, 0, 0)
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

test('literals, a match that reaches into itself, and one that reaches into the block before', () => {
  // 'ab', then 8 bytes from 2 back; then the last literals. The second block goes 3 back into the first.
  const first = [0x24, 0x61, 0x62, 2, 0, 0x10, 0x21]
  const second = [0x00, 3, 0, 0x10, 0x2e]
  const bytes = frame(0x40, first.length, 0, 0, 0, ...first, second.length, 0, 0, 0, ...second)
  expect(text(unpackLz4Frame(bytes, 16))).toBe('ababababab!ab!a.')
})

test('a block that is not packed, and lengths of 15 and more', () => {
  const plain = [0x68, 0x69]
  const long = [0xff, 1, ...Array.from({ length: 16 }, () => 0x78), 1, 0, 2]
  const bytes = frame(0x60, 2, 0, 0, 0x80, ...plain, long.length + 2, 0, 0, 0, ...long, 0x10, 0x79)
  expect(text(unpackLz4Frame(bytes, 40))).toBe(`hi${'x'.repeat(16 + 21)}y`)
})

test.each([
  ['no frame', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 1],
  ['another length', frame(0x60, 1, 0, 0, 0x80, 0x61), 2],
  ['a match before the beginning', frame(0x60, 4, 0, 0, 0, 0x10, 0x61, 2, 0), 5],
  ['a block past the end', frame(0x60, 99, 0, 0, 0, 0x61), 1],
  ['a dictionary', frame(0x61), 0],
])('%s is refused', (_, bytes, length) => {
  expect(() => unpackLz4Frame(bytes, length)).toThrow(/LZ4/)
})
