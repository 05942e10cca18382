import type { Compressors, DataReader, PageHeader } from 'hyparquet'

/** What is known of the column whose pages are checked. */
export interface PageLimits {
  /** Rows of the row group. */
  readonly rows: number
  /** Whether its values may be missing, for which each page then has a bit a row. */
  readonly isOptional: boolean
  /** Name of the compression. */
  readonly codec: string
}

/** Most bytes of a page, unpacked. */
const MAX_PAGE = 2 ** 30
/** Values that a last run of packed bits may have over, in whole groups of 8. */
const PADDING = 504

type PageCheck = (page: Uint8Array) => void

/**
 * Checks the pages of a column before they are decoded, so that a damaged number costs an error and not the memory of
 * the machine: no page has more values than the row group has rows, and no run is longer than its page.
 *
 * @param bytes - the pages of one column of one row group
 * @param header - reads the head of the page at which the reader stands
 * @param compressors - what unpacks pages
 * @returns what unpacks pages and checks what comes out, in the order of the pages
 * @throws {Error} for the first page that cannot be right
 * @see https://parquet.apache.org/docs/file-format/data-pages/
 */
export function checkedPages(
  bytes: ArrayBuffer,
  limits: PageLimits,
  header: (reader: DataReader) => PageHeader,
  compressors: Compressors,
): Compressors {
  const reader = { view: new DataView(bytes), offset: 0 }
  const checks: PageCheck[] = []
  for (let rows = 0; rows < limits.rows && reader.offset < bytes.byteLength - 1; ) {
    const page = header(reader)
    const length = page.compressed_page_size
    const isInside = length >= 0 && reader.offset + length <= bytes.byteLength
    if (!isInside) throw new Error(`a page of ${length} bytes goes past the end of its column`)
    const size = Number(page.uncompressed_page_size)
    if (!(size >= 0 && size <= MAX_PAGE)) throw new Error(`a page has ${size} bytes`)
    const body = new Uint8Array(bytes, reader.offset, length)
    const values = valuesOf(page, size)
    if (page.type !== 'DICTIONARY_PAGE') rows += values
    if (rows > limits.rows) throw new Error(`its pages have more values than the ${limits.rows} rows of their group`)
    const check = page.type === 'DATA_PAGE_V2' ? checkOfV2(page, body, values) : checkOfV1(page, values, limits)
    const levels = levelBytes(page)
    if (limits.codec === 'UNCOMPRESSED' || page.data_page_header_v2?.is_compressed === false)
      check(body.subarray(levels))
    else checks.push(check)
    reader.offset += length
  }
  return Object.fromEntries(
    Object.entries(compressors).map(([codec, unpack]) => [
      codec,
      (input: Uint8Array, length: number): Uint8Array => {
        if (!(length >= 0 && length <= MAX_PAGE)) throw new Error(`a page has ${length} bytes`)
        const page = unpack(input, length)
        if (page.length !== length) throw new Error(`a page of ${length} bytes unpacks to ${page.length}`)
        checks.shift()?.(page)
        return page
      },
    ]),
  )
}

/** Values that a page says it has. */
function valuesOf(page: PageHeader, size: number): number {
  const { dictionary_page_header: dictionary, data_page_header: v1, data_page_header_v2: v2 } = page
  const values = (dictionary ?? v1 ?? v2)?.num_values ?? -1
  const isBad = !(values >= 0) || (dictionary !== undefined && values > size)
  if (isBad) throw new Error(`a page has ${values} values in ${size} bytes`)
  return values
}

/** Bytes of the levels that stand unpacked before the values of a page of the second version. */
function levelBytes({ data_page_header_v2: v2 }: PageHeader): number {
  return v2 === undefined ? 0 : v2.repetition_levels_byte_length + v2.definition_levels_byte_length
}

function checkOfV1(page: PageHeader, values: number, { isOptional }: PageLimits): PageCheck {
  return (bytes) => {
    if (page.data_page_header === undefined) return
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let start = 0
    if (isOptional) {
      start = 4 + view.getUint32(0, true)
      checkRuns(bytes, 4, Math.min(start, bytes.length), 1, values)
    }
    if (isDictionary(page.data_page_header.encoding) && start < bytes.length) {
      checkRuns(bytes, start + 1, bytes.length, bytes[start]!, values)
    }
  }
}

function checkOfV2(page: PageHeader, body: Uint8Array, values: number): PageCheck {
  const {
    encoding,
    num_nulls,
    repetition_levels_byte_length: start,
    definition_levels_byte_length: length,
  } = page.data_page_header_v2!
  const isInside = start >= 0 && length >= 0 && start + length <= body.length
  if (!isInside || !(num_nulls >= 0 && num_nulls <= values)) throw new Error('the head of a page contradicts itself')
  checkRuns(body, start, start + length, 1, values)
  return (bytes) => {
    if (isDictionary(encoding) && bytes.length > 0) checkRuns(bytes, 1, bytes.length, bytes[0]!, values)
  }
}

function isDictionary(encoding: string): boolean {
  return encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY'
}

/** Checks the runs from `start` to `end`, of values of `width` bits, that are to give `count` values. */
function checkRuns(bytes: Uint8Array, start: number, end: number, width: number, count: number): void {
  if (width > 32) throw new Error(`a page has values of ${width} bits`)
  let at = start
  for (let seen = 0; seen < count && at < end; ) {
    let head = 0
    let shift = 1
    for (; at < end && bytes[at]! >= 128 && shift < 2 ** 35; at++, shift *= 128) head += (bytes[at]! - 128) * shift
    if (at < end) head += bytes[at++]! * shift
    const isPacked = head % 2 === 1
    const run = isPacked ? ((head - 1) / 2) * 8 : head / 2
    if (run > count - seen + PADDING) throw new Error(`a page of ${count} values has a run of ${run}`)
    seen += run
    at += isPacked ? (run / 8) * width : Math.ceil(width / 8)
  }
}
