const QUOTE = 34
const LF = 10
const CR = 13
const NUL = 0

// What else `recordFieldsInto` answers, and how its facts are laid out.
/** The record does not end within the bytes. */
export const UNFINISHED = -1
/** The record is malformed, or in some way that only a closer look can read. */
export const ODD = -2
/** Bits that any byte of the record has; 128 and above: not all of it is ASCII. */
export const SEEN = 0
/** Line breaks inside its quotes. */
export const BREAKS = 1
/** How many fields it has; 0 for a blank line. */
export const FIELDS = 2
export const RECORD_FACTS = 3

/** Longest record that is read here, in bytes: no limit on records or their fields, in characters, is met below it. */
export const MOST_BYTES = 65_536

/**
 * Finds the fields of the record that begins at `start`, as RFC 4180 has them: lines end in LF or CRLF, fields in quotes
 * may hold delimiters and line breaks. Returns where the next record begins, `UNFINISHED` or `ODD`. Fields with a doubled
 * quote are odd if they are used, as the text is not that of the bytes.
 */
export function recordFieldsInto(
  bytes: Uint8Array, //   in
  start: number, //       in
  end: number, //         in
  delimiter: number, //   in   one byte of ASCII
  isUsed: Uint8Array, //  in   width: whether anybody wants the field
  bounds: Int32Array, //  out  2 × width: first byte and end of each field, without its quotes
  facts: Int32Array, //   out  RECORD_FACTS
): number {
  const width = isUsed.length
  const limit = start + MOST_BYTES < end ? start + MOST_BYTES : end
  let at = start
  let field = 0
  let seen = 0
  let breaks = 0
  for (;;) {
    let from = at
    let to = at
    let byte = 0
    if (at < limit && bytes[at] === QUOTE) {
      from = ++at
      for (;;) {
        for (; at < limit; at++) {
          byte = bytes[at]!
          if (byte === QUOTE) break
          if (byte === LF) breaks++
          seen |= byte
        }
        if (at + 1 >= limit) return limit < end ? ODD : UNFINISHED
        if (bytes[at + 1] !== QUOTE) break
        if (field < width && isUsed[field] === 1) return ODD
        at += 2
      }
      to = at++
      byte = bytes[at]!
      if (byte === CR) {
        if (at + 1 >= limit) return limit < end ? ODD : UNFINISHED
        byte = bytes[++at]!
        if (byte !== LF) return ODD
      }
      if (byte !== delimiter && byte !== LF) return ODD
    } else {
      for (; at < limit; at++) {
        byte = bytes[at]!
        if (byte === delimiter || byte === LF) break
        if (byte === QUOTE) return ODD
        seen |= byte
      }
      if (at >= limit) return limit < end ? ODD : UNFINISHED
      to = byte === LF && at > from && bytes[at - 1] === CR ? at - 1 : at
      if (byte === LF && field === 0 && to === start) {
        facts[FIELDS] = 0
        return at + 1
      }
    }
    if (field >= width) return ODD
    bounds[2 * field] = from
    bounds[2 * field + 1] = to
    field++
    at++
    if (byte === LF) break
  }
  facts[SEEN] = seen
  facts[BREAKS] = breaks
  facts[FIELDS] = field
  return at
}

/** Whether a NUL stands among some bytes. */
export function hasNul(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] === NUL) return true
  return false
}
