import { COUNT, type CsvMarks, NEXT } from './csvMarks.ts'

const QUOTE = 34
const LF = 10
const CR = 13

// What else `recordFieldsInto` answers, and how its facts are laid out.
/** The record does not end within the marks. */
export const UNFINISHED = -1
/** The record is malformed, or in some way that only a closer look can read. */
export const ODD = -2
/** Line breaks inside its quotes. */
export const BREAKS = 0
/** How many fields it has; 0 for a blank line. */
export const FIELDS = 1
export const RECORD_FACTS = 2

/**
 * Finds the fields of the record that begins at `start`, as RFC 4180 has them: lines end in LF or CRLF, fields in quotes
 * may hold delimiters and line breaks. Returns where the next record begins, and passes over the marks up to there; or
 * `UNFINISHED`, or `ODD`. Odd is what holds a NUL, and a doubled quote in a field that is used, whose text is not that of
 * the bytes.
 */
export function recordFieldsInto(
  view: DataView, //      in
  start: number, //       in
  marks: CsvMarks, //     in, out  those of the bytes from `start` on
  isUsed: Uint8Array, //  in       width: whether anybody wants the field
  bounds: Int32Array, //  out      2 × width: first byte and end of each field, without its quotes
  facts: Int32Array, //   out      RECORD_FACTS
): number {
  const { places, state } = marks
  const count = state[COUNT]!
  const width = isUsed.length
  let mark = state[NEXT]!
  let field = 0
  let breaks = 0
  let from = start
  for (;;) {
    if (mark >= count) return UNFINISHED
    let end = places[mark++]!
    let byte = view.getUint8(end)
    let to = end
    if (byte === QUOTE) {
      if (end !== from) return ODD
      from++
      for (;;) {
        if (mark + 1 >= count) return UNFINISHED
        to = places[mark++]!
        byte = view.getUint8(to)
        if (byte === LF) breaks++
        if (byte === 0) return ODD
        if (byte !== QUOTE) continue
        end = places[mark++]!
        byte = view.getUint8(end)
        if (byte !== QUOTE || end > to + 1) break
        if (field < width && isUsed[field] === 1) return ODD
      }
      const isCrLf = byte === LF && end === to + 2 && view.getUint8(to + 1) === CR
      if (byte === QUOTE || (end > to + 1 && !isCrLf)) return ODD
    } else if (byte === LF) {
      if (to > from && view.getUint8(to - 1) === CR) to--
      if (field === 0 && to === start) {
        facts[FIELDS] = 0
        state[NEXT] = mark
        return end + 1
      }
    }
    if (byte === 0 || field >= width) return ODD
    bounds[2 * field] = from
    bounds[2 * field + 1] = to
    field++
    from = end + 1
    if (byte === LF) break
  }
  facts[BREAKS] = breaks
  facts[FIELDS] = field
  state[NEXT] = mark
  return from
}
