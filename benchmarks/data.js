// One seeded source of data for all benchmarks: a shop whose customers buy at their own rates and leave at some time.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

const DAY_MS = 86_400_000
const START = Date.UTC(2022, 0, 1)
const DAYS = 730

/** Numbers from 0 to 1. */
export function chance(seed) {
  const generator = xoroshiro128plus(seed)
  return () => uniformFloat64(generator)
}

/** About `size` purchases, unsorted: integer ids, ms since 1970, money in cents. */
export function purchases(size, seed = 1) {
  const unit = chance(seed)
  const customers = Math.max(1, Math.round(size / 10))
  const customer = new Uint32Array(size)
  const time = new Float64Array(size)
  const value = new Float64Array(size)
  for (let i = 0; i < size; i++) {
    // The square favours some customers: a few buy much, many buy little.
    customer[i] = Math.floor(customers * unit() ** 2)
    time[i] = START + Math.floor(unit() * DAYS) * DAY_MS + Math.floor(unit() * DAY_MS)
    value[i] = Math.round(100 * (5 + 95 * unit() ** 3)) / 100
  }
  return { customer, time, value, asOf: '2023-12-31' }
}

/** Purchase histories of a BG/NBD world: r, alpha, a, b = 0.25, 4.5, 0.8, 2.4 in weeks, two years of daily grain. */
export function histories(size, seed = 1) {
  const unit = chance(seed)
  const gamma = (shape) => gammaVariate(shape, unit)
  const repeats = new Uint32Array(size)
  const ageAtLast = new Float64Array(size)
  const age = new Float64Array(size)
  for (let c = 0; c < size; c++) {
    const days = 365 + Math.floor(unit() * 365)
    const rate = gamma(0.25) / (4.5 * 7)
    const x = gamma(0.8)
    const dropout = x / (x + gamma(2.4))
    let at = 0
    let last = 0
    let count = 0
    for (;;) {
      at += -Math.log(1 - unit()) / rate
      if (!(at < days)) break
      if (Math.floor(at) > last) {
        last = Math.floor(at)
        count++
      }
      if (unit() < dropout) break
    }
    repeats[c] = count
    ageAtLast[c] = last / 7
    age[c] = days / 7
  }
  return { repeats, ageAtLast, age }
}

/** Rows around `k` centres, column by column. */
export function blobs(rows, columns, k, seed = 1) {
  const unit = chance(seed)
  const names = Array.from({ length: columns }, (_, j) => `x${j}`)
  const centres = Array.from({ length: k }, () => names.map(() => 10 * unit()))
  const values = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    const centre = centres[Math.floor(k * unit())]
    for (let j = 0; j < columns; j++) values[j * rows + i] = centre[j] + normal(unit)
  }
  return { columns: names, rows, values }
}

/** A yes-or-no question that some of the columns answer in part. */
export function labelled(rows, columns, seed = 1) {
  const matrix = blobs(rows, columns, 4, seed)
  const unit = chance(seed + 1)
  const labels = new Uint8Array(rows)
  for (let i = 0; i < rows; i++) {
    const score = matrix.values[i] - 5 + 0.5 * (matrix.values[rows + i] - 5) * (matrix.values[2 * rows + i] > 5 ? 1 : -1)
    labels[i] = unit() < 1 / (1 + Math.exp(-score)) ? 1 : 0
  }
  return { matrix, labels }
}

function normal(unit) {
  return Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())
}

/** Marsaglia & Tsang (2000), "A simple method for generating gamma variables". */
function gammaVariate(shape, unit) {
  if (shape < 1) return gammaVariate(shape + 1, unit) * (1 - unit()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(unit)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - unit()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v
  }
}
