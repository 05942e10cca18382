import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { checkInteger } from './checks.ts'

/** A source of chance that a seed determines. Lives inside one fit and is never shared. */
export interface Random {
  /** A number from 0 (inclusive) to 1 (exclusive), of 53 random bits. */
  unit(): number
  /** An integer from 0 to `count - 1`, each equally likely. */
  below(count: number): number
}

/** The source that `seed` (an integer of 32 bits) determines: xoroshiro128+. */
export function randomFrom(seed: number): Random {
  const generator = xoroshiro128plus(seed)
  return {
    unit: () => uniformFloat64(generator),
    below: (count) => uniformInt(generator, 0, count - 1),
  }
}

/** `seed`, if it is an integer of 32 bits; `BAD_OPTION` otherwise. */
export function checkSeed(caller: string, seed: number): number {
  return checkInteger(caller, 'seed', seed, -(2 ** 31), 2 ** 32 - 1)
}

/** `size` different integers below `count`, ascending; all of them if `count <= size`. */
export function sampleRows(count: number, size: number, random: Random): Uint32Array {
  if (count <= size) return Uint32Array.from({ length: count }, (_, row) => row)
  const sample = new Uint32Array(size)
  // Selection sampling (Knuth, TAOCP 3.4.2, algorithm S): one pass, ascending, every subset equally likely.
  for (let row = 0, taken = 0; taken < size; row++) {
    if (random.unit() * (count - row) < size - taken) sample[taken++] = row
  }
  return sample
}
