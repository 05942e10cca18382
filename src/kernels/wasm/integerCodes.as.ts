// AssemblyScript: `npm run wasm` compiles it into integerCodes.wasm.ts. See buckets.as.ts for why. Columns are addresses.

/**
 * Numbers ids in the order of their first appearance, as `denseCodesInto` in integerCodes.ts, of which this does a block.
 * Returns how many there are by now.
 */
export function numberDense(
  ids: usize, //      as they are modulo 2^32
  rows: i32,
  low: f64, //        the smallest of all
  lowBits: u32, //    the same modulo 2^32
  slots: usize, //    zeros at first; afterwards the code of an id, plus 1
  codes: usize,
  distinct: usize, // the ids by code
  found: i32, //      how many there were before
): i32 {
  let count = found
  for (let i = 0; i < rows; i++) {
    const at = usize(i) << 2
    const slot = load<u32>(ids + at) - lowBits
    const place = slots + (usize(slot) << 2)
    let code = load<i32>(place)
    if (code === 0) {
      store<f64>(distinct + (usize(count) << 3), low + f64(slot))
      code = ++count
      store<i32>(place, code)
    }
    store<i32>(codes + at, code - 1)
  }
  return count
}
