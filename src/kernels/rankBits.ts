// Ranks of whole numbers by a bitmap: a bit for every number that occurs, and for every word of 32 bits how many bits
// stand before it. Both stay in the cache where a table of all numbers would not.

/** Makes keys of codes: each key times `kinds` plus the code, below 2^32. */
export function appendCodesInto(
  codes: Uint32Array, // in       n, below `kinds`
  kinds: number,
  keys: Uint32Array, //  in, out  n
): void {
  for (let i = 0; i < keys.length; i++) keys[i] = Math.imul(keys[i]!, kinds) + codes[i]!
}

/** Sets the bit of each key. */
export function markKeysInto(
  keys: Uint32Array, // in      n
  bits: Uint32Array, // in, out  above the largest key / 32, zeros
): void {
  for (let i = 0; i < keys.length; i++) bits[keys[i]! >>> 5]! |= 1 << (keys[i]! & 31)
}

/** Counts the bits before each word; returns how many there are. */
export function countBitsInto(
  bits: Uint32Array, //   in
  before: Uint32Array, // out  as long as `bits`
): number {
  let count = 0
  for (let word = 0; word < bits.length; word++) {
    before[word] = count
    if (bits[word] !== 0) count += ones(bits[word]!)
  }
  return count
}

/** Writes the rank of each key among the different ones, and a row of each rank, the first. */
export function ranksOfKeysInto(
  keys: Uint32Array, //   in   n
  bits: Uint32Array, //   in   as `markKeysInto` left it
  before: Uint32Array, // in   as `countBitsInto` left it
  ranks: Uint32Array, //  out  n; may be `keys`
  rowOf: Uint32Array, //  out  different keys
): void {
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i]!
    const word = key >>> 5
    const rank = before[word]! + ones(bits[word]! & ((1 << (key & 31)) - 1))
    ranks[i] = rank
    rowOf[rank] = i
  }
}

/** Number of bits that are set. @see Warren (2012), "Hacker's Delight", section 5-1 */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555)
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333)
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}
