/**
 * Draws each row below `rows` with probability `share`, writes the drawn ones in ascending order and returns their
 * number. Whether a row is drawn depends on `seed` and the row alone: a hash stands in for a stream of random numbers,
 * which costs a tenth. An empty draw becomes row 0, so that there is always something to learn from.
 *
 * @see Appleby (2011), MurmurHash3, the 32-bit finalizer
 */
export function drawRowsInto(
  rows: number,
  share: number,
  seed: number, //     in   32 bits
  out: Uint32Array, // out  rows
): number {
  const limit = share * 2 ** 32
  let count = 0
  for (let row = 0; row < rows; row++) {
    // An odd multiplier spreads neighbouring rows over all 32 bits before the seed comes in.
    let h = Math.imul(row, 0x9e3779b1) ^ seed
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
    out[count] = row
    count += Number(h >>> 0 < limit)
  }
  if (count === 0) out[count++] = 0
  return count
}
