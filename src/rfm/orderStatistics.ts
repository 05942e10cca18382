import { countValuesInto, gatherValuesInto, type NumberColumn, rangeInto } from '../kernels/valueBuckets.ts'

/** Buckets of a round: their counters fit the second cache of any machine. */
const BUCKETS = 1 << 15

/** Fewer values than this are sorted: a round would cost more. */
const FEW = 1 << 12

/** Rounds after which what is left is sorted: values so uneven that buckets of equal width do not part them. */
const ROUNDS = 6

/**
 * The values that a sort would put at some places, without the sort: values are counted in buckets of equal width, and
 * only those buckets in which a place falls are looked at again. Linear for all places together; some 6 ns a value.
 *
 * @param values - no NaN; left as they are
 * @param ranks - places, ascending
 */
export function orderStatistics(values: NumberColumn, ranks: Uint32Array): Float64Array {
  const found = new Float64Array(ranks.length)
  find(values, ranks, found, ROUNDS)
  return found
}

function find(values: NumberColumn, ranks: Uint32Array, found: Float64Array, rounds: number): void {
  if (values.length <= FEW || rounds === 0) {
    const sorted = values.slice().sort()
    for (let i = 0; i < ranks.length; i++) found[i] = sorted[ranks[i]!]!
    return
  }
  const range = new Float64Array(2)
  rangeInto(values, range)
  const [low, high] = [range[0]!, range[1]!]
  if (low === high) {
    found.fill(low)
    return
  }
  const isWhole = values instanceof Uint32Array && high - low < BUCKETS
  // Infinite where the range is next to nothing, or nothing where it is next to infinite.
  const scale = isWhole ? 1 : (BUCKETS - 1) / (high - low)
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) {
    find(values, ranks, found, 0)
    return
  }
  const counts = new Uint32Array(BUCKETS)
  countValuesInto(values, low, scale, counts)
  if (isWhole) {
    const places = placesOf(counts, ranks)
    for (let i = 0; i < ranks.length; i++) found[i] = low + places.bucket[i]!
    return
  }
  findInBuckets(values, ranks, found, rounds, low, scale, counts)
}

/** Collects the buckets in which a place falls, and looks for it there. */
function findInBuckets(
  values: NumberColumn,
  ranks: Uint32Array,
  found: Float64Array,
  rounds: number,
  low: number,
  scale: number,
  counts: Uint32Array,
): void {
  const { bucket, before } = placesOf(counts, ranks)
  const wanted = [...new Set(bucket)]
  const groups = new Uint8Array(counts.length)
  const starts = new Uint32Array(wanted.length + 2)
  wanted.forEach((b, g) => {
    groups[b] = g + 1
    starts[g + 2] = starts[g + 1]! + counts[b]!
  })
  const gathered = new Float64Array(starts[wanted.length + 1]!)
  gatherValuesInto(values, low, scale, groups, starts.slice(), gathered)
  wanted.forEach((b, g) => {
    const first = bucket.indexOf(b)
    const end = bucket.lastIndexOf(b) + 1
    const ofBucket = ranks.slice(first, end).map((rank, i) => rank - before[first + i]!)
    find(gathered.subarray(starts[g + 1]!, starts[g + 2]!), ofBucket, found.subarray(first, end), rounds - 1)
  })
}

interface Places {
  /** Bucket in which each place falls; ascending. */
  readonly bucket: Uint32Array
  /** Values in the buckets before it. */
  readonly before: Uint32Array
}

function placesOf(counts: Uint32Array, ranks: Uint32Array): Places {
  const places = { bucket: new Uint32Array(ranks.length), before: new Uint32Array(ranks.length) }
  let before = 0
  let b = 0
  for (let i = 0; i < ranks.length; i++) {
    while (before + counts[b]! <= ranks[i]!) before += counts[b++]!
    places.bucket[i] = b
    places.before[i] = before
  }
  return places
}
