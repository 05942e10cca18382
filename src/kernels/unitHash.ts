/** UTF-16 units of texts in a row; in bytes where they fit. */
export type Units = Uint8Array | Uint16Array

/** FNV-1a over units, its bits well mixed (Murmur's finisher): slots are chosen by the lowest. */
export function hashOfUnits(units: Units, start: number, length: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ units[i]!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** Whether the units from `start` to `end` are the `otherLength` units from `otherStart` on. */
export function isSameUnits(
  units: Units,
  start: number,
  end: number,
  otherStart: number,
  otherLength: number,
): boolean {
  if (end - start !== otherLength) return false
  for (let i = 0; i < otherLength; i++) if (units[start + i] !== units[otherStart + i]) return false
  return true
}
