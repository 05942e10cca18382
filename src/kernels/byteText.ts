/** The first byte that is not well-formed UTF-8, or `to` (Unicode 15, table 3-7: no lone bytes, surrogates, long forms). */
export function utf8End(
  bytes: Uint8Array,
  from: number, // in
  to: number, //   in
): number {
  let at = from
  while (at < to) {
    const lead = bytes[at++]!
    if (lead < 0x80) continue
    if (lead < 0xc2 || lead > 0xf4) return at - 1
    const more = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
    if (at + more > to) return at - 1
    // What the second byte may be depends on the first; all others are 80 to BF.
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
    if (bytes[at]! < low || bytes[at]! > high) return at - 1
    for (let i = 1; i < more; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return at - 1
    at += more
  }
  return to
}

/** The first place from `from` on where no ASCII white space stands, or `to`. */
export function spacesEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && isSpace(bytes[at]!)) at++
  return at
}

/** The end of the bytes without the ASCII white space there; not before `from`. */
export function spacesStart(bytes: Uint8Array, from: number, to: number): number {
  let at = to
  while (at > from && isSpace(bytes[at - 1]!)) at--
  return at
}

/** What `String.prototype.trim` takes off, of ASCII. */
function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13)
}

/**
 * Whether bytes may begin or end in white space that is not ASCII. True for all that do, and for a few letters that
 * begin as they do.
 */
export function mayHaveWideSpace(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return false
  return (
    (bytes[from]! >= 0x80 && isWideSpaceHead(bytes[from]!, bytes[from + 1]!)) ||
    (bytes[to - 1]! >= 0x80 &&
      to - from >= 2 &&
      (isWideSpaceHead(bytes[to - 2]!, bytes[to - 1]!) ||
        (to - from >= 3 && isWideSpaceHead(bytes[to - 3]!, bytes[to - 2]!))))
  )
}

/** U+00A0; U+1680; U+2000 to U+205F; U+3000; U+FEFF: the two bytes that they begin with. */
function isWideSpaceHead(first: number, second: number): boolean {
  if (first === 0xc2) return second === 0xa0
  if (first === 0xe1) return second === 0x9a
  if (first === 0xe2) return second === 0x80 || second === 0x81
  return (first === 0xe3 && second === 0x80) || (first === 0xef && second === 0xbb)
}
