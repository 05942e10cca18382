const QUOTE = 34
const LF = 10
const CR = 13

// What else `recordFieldsInto` answers, and how its facts are laid out.
/** The record does not end within the bytes. */
export const UNFINISHED = -1
/** The record is malformed, or in some way that only a closer look can read. */
export const ODD = -2
/** Line breaks inside its quotes. */
export const BREAKS = 0
/** How many fields it has; 0 for a blank line. */
export const FIELDS = 1
/** 1 if not all of it is ASCII. */
export const IS_WIDE = 2
export const RECORD_FACTS = 3

// What a byte may be besides a letter of a field.
const PART_OF_FIELD = 0
const WIDE = 1
const END_OF_FIELD = 2
const QUOTATION = 3
const NUL = 4

/** Kinds of the 256 bytes in files with this delimiter, one byte of ASCII. */
export function byteKindsInto(
  delimiter: number, //  in
  kinds: Uint8Array, //  out  256
): void {
  kinds.fill(PART_OF_FIELD, 0, 128).fill(WIDE, 128)
  kinds[delimiter] = END_OF_FIELD
  kinds[LF] = END_OF_FIELD
  kinds[QUOTE] = QUOTATION
  kinds[0] = NUL
}

/** Longest record that is read here, in bytes: no limit on records or their fields, in characters, is met below it. */
export const MOST_BYTES = 65_536

/**
 * Finds the fields of the record that begins at `start`, as RFC 4180 has them: lines end in LF or CRLF, fields in quotes
 * may hold delimiters and line breaks. Returns where the next record begins, `UNFINISHED` or `ODD`. Odd is what holds a
 * NUL, and a doubled quote in a field that is used, whose text is not that of the bytes.
 */
export function recordFieldsInto(
  bytes: Uint8Array, //   in
  start: number, //       in
  end: number, //         in
  kinds: Uint8Array, //   in   256, of `byteKindsInto`
  isUsed: Uint8Array, //  in   width: whether anybody wants the field
  bounds: Int32Array, //  out  2 × width: first byte and end of each field, without its quotes
  facts: Int32Array, //   out  RECORD_FACTS
): number {
  const width = isUsed.length
  const limit = start + MOST_BYTES < end ? start + MOST_BYTES : end
  const beyond = limit < end ? ODD : UNFINISHED
  let at = start
  let field = 0
  let breaks = 0
  let isWide = 0
  for (;;) {
    let from = at
    let to = at
    let kind = PART_OF_FIELD
    // One look at a table says whether a byte is anything but a letter.
    for (; at < limit; at++) {
      kind = kinds[bytes[at]!]!
      if (kind === PART_OF_FIELD) continue
      if (kind !== WIDE) break
      isWide = 1
    }
    if (at >= limit) return beyond
    if (kind === END_OF_FIELD) {
      to = at
      if (bytes[at] === LF) {
        if (to > from && bytes[to - 1] === CR) to--
        if (field === 0 && to === start) {
          facts[FIELDS] = 0
          return at + 1
        }
      }
    } else {
      if (kind === NUL || at > from) return ODD
      from = ++at
      for (;;) {
        for (; at < limit; at++) {
          kind = kinds[bytes[at]!]!
          if (kind === PART_OF_FIELD) continue
          if (kind >= QUOTATION) break
          if (kind === WIDE) isWide = 1
          else if (bytes[at] === LF) breaks++
        }
        if (at + 1 >= limit) return beyond
        if (kind === NUL) return ODD
        if (bytes[at + 1] !== QUOTE) break
        if (field < width && isUsed[field] === 1) return ODD
        at += 2
      }
      to = at++
      if (bytes[at] === CR) at++
      if (at >= limit) return beyond
      if (kinds[bytes[at]!] !== END_OF_FIELD || (bytes[at - 1] === CR && bytes[at] !== LF)) return ODD
    }
    if (field >= width) return ODD
    bounds[2 * field] = from
    bounds[2 * field + 1] = to
    field++
    if (bytes[at++] === LF) break
  }
  facts[BREAKS] = breaks
  facts[IS_WIDE] = isWide
  facts[FIELDS] = field
  return at
}
