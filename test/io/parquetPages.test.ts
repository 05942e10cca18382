import type { Compressors, PageHeader } from 'hyparquet'
import { describe, expect, test } from 'vitest'
import { checkedPages } from '../../src/io/parquetPages.ts'
import { zstdContentSize, zstdUnpacker } from '../../src/io/zstdFrame.ts'

const ROWS = 100

/** Checks one page of the first version with these bytes and facts. */
function check(
  bytes: readonly number[],
  facts: Partial<PageHeader>,
  codec = 'UNCOMPRESSED',
  compressors = {},
): Compressors {
  const page = { compressed_page_size: bytes.length, uncompressed_page_size: bytes.length, ...facts } as PageHeader
  const limits = { rows: ROWS, isOptional: false, codec }
  return checkedPages(Uint8Array.from(bytes).buffer, limits, () => page, compressors)
}

const dictionaryPage = (values: number): Partial<PageHeader> => ({
  type: 'DATA_PAGE',
  data_page_header: {
    num_values: values,
    encoding: 'RLE_DICTIONARY',
    definition_level_encoding: 'RLE',
    repetition_level_encoding: 'RLE',
  },
})

describe('runs', () => {
  test.each([
    ['one run of all values', [8, 200, 1, 7]],
    ['packed groups of eight', [1, 27, ...Array(13).fill(0)]],
    ['a few too many, as writers fill up', [8, 0xd0, 0x01, 7]],
  ])('%s', (_, bytes) => {
    expect(() => check(bytes, dictionaryPage(ROWS))).not.toThrow()
  })

  test.each([
    ['a run of 2^31 values', [8, 0xfe, 0xff, 0xff, 0xff, 0x0f, 7], 'has a run of 2147483647'],
    ['2^31 packed groups', [8, 0xff, 0xff, 0xff, 0xff, 0x0f, 7], 'has a run of 17179869176'],
    ['values of 40 bits', [40, 200, 1, 7], 'values of 40 bits'],
  ])('%s', (_, bytes, message) => {
    expect(() => check(bytes, dictionaryPage(ROWS))).toThrow(message)
  })

  test('are checked when they come out of their compression', () => {
    const unpack = (): Uint8Array => Uint8Array.of(8, 0xfe, 0xff, 0xff, 0xff, 0x0f, 7)
    const { SNAPPY } = check([1, 2, 3], dictionaryPage(ROWS), 'SNAPPY', { SNAPPY: unpack })
    expect(() => SNAPPY!(Uint8Array.of(1, 2, 3), 7)).toThrow('has a run of 2147483647')
  })
})

describe('what comes out of a compression', () => {
  test('is as long as the page says', () => {
    const { GZIP } = check([1, 2, 3], dictionaryPage(ROWS), 'GZIP', { GZIP: () => new Uint8Array(8) })
    expect(() => GZIP!(Uint8Array.of(1, 2, 3), 7)).toThrow('a page of 7 bytes unpacks to 8')
    expect(() => GZIP!(Uint8Array.of(1, 2, 3), 2 ** 31)).toThrow('a page has 2147483648 bytes')
  })

  test('a Zstandard frame that says or holds more takes no more memory', async () => {
    const unpack = await zstdUnpacker()
    // Blocks of one byte repeated 2^17 times: 4 bytes each. The first frame states its size, the other a window only.
    const blocks = Array.from({ length: 1000 }, (_, i) => [0x02 + (i === 999 ? 1 : 0), 0, 0x10, 7]).flat()
    const stated = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0xd0, 0x07, ...blocks)
    expect(zstdContentSize(stated)).toBe(131_072_000)
    expect(() => unpack(stated, 100)).toThrow('100 bytes are packed as 131072000')
    const silent = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x50, ...blocks)
    expect(zstdContentSize(silent)).toBeUndefined()
    let size = 0
    try {
      size = unpack(silent, 100).buffer.byteLength
    } catch {
      // is as good
    }
    expect(size).toBeLessThanOrEqual(100)
  })
})

describe('heads of pages', () => {
  test.each([
    ['more values than rows', dictionaryPage(101), 'more values than the 100 rows'],
    ['fewer than none', dictionaryPage(-1), 'has -1 values'],
    ['a page past the end', { ...dictionaryPage(1), compressed_page_size: 9 }, 'past the end'],
    ['a page of two GiB', { ...dictionaryPage(1), uncompressed_page_size: 2 ** 31 }, 'has 2147483648 bytes'],
    [
      'a dictionary with more values than bytes',
      {
        type: 'DICTIONARY_PAGE',
        dictionary_page_header: { num_values: 9, encoding: 'PLAIN', is_sorted: false },
      } as const,
      'has 9 values in 3 bytes',
    ],
  ])('%s', (_, facts, message) => {
    expect(() => check([8, 2, 7], facts)).toThrow(message)
  })
})
