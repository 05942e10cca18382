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
    value[i] = cents(5 + 95 * unit() ** 3)
  }
  return { customer, time, value, asOf: '2023-12-31' }
}

/** What the customers of `histories` are like: time in weeks, money in major units. */
export const TRUTH = { purchases: { r: 0.25, alpha: 4.5, a: 0.8, b: 2.4 }, spend: { p: 6.25, q: 3.74, v: 15.44 } }

/** Histories of customers of a BG/NBD and Gamma-Gamma world: one to two years of daily grain, money in cents. */
export function histories(size, seed = 1) {
  const unit = chance(seed)
  const gamma = (shape) => gammaVariate(shape, unit)
  const { r, alpha, a, b } = TRUTH.purchases
  const { p, q, v } = TRUTH.spend
  const repeats = new Uint32Array(size)
  const ageAtLast = new Float64Array(size)
  const age = new Float64Array(size)
  const meanRepeatValue = new Float64Array(size)
  const total = new Float64Array(size)
  for (let c = 0; c < size; c++) {
    const days = 365 + Math.floor(unit() * 365)
    const rate = gamma(r) / (alpha * 7)
    const leaves = gamma(a)
    const dropout = leaves / (leaves + gamma(b))
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
    const thrift = gamma(q) / v
    const repeatMoney = count > 0 ? cents(gamma(p * count) / thrift) : 0
    repeats[c] = count
    ageAtLast[c] = last / 7
    age[c] = days / 7
    meanRepeatValue[c] = count > 0 ? repeatMoney / count : 0
    total[c] = cents(gamma(p) / thrift) + repeatMoney
  }
  return { repeats, ageAtLast, age, meanRepeatValue, total }
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
    const score =
      matrix.values[i] - 5 + 0.5 * (matrix.values[rows + i] - 5) * (matrix.values[2 * rows + i] > 5 ? 1 : -1)
    labels[i] = unit() < 1 / (1 + Math.exp(-score)) ? 1 : 0
  }
  return { matrix, labels }
}

/** The first half of a question's rows to learn from, and the second to be judged on. */
export function halves({ matrix, labels }) {
  const rows = matrix.rows / 2
  const half = (from) => {
    const values = new Float64Array(rows * matrix.columns.length)
    for (let j = 0; j < matrix.columns.length; j++) {
      values.set(matrix.values.subarray(j * matrix.rows + from, j * matrix.rows + from + rows), j * rows)
    }
    return { matrix: { columns: matrix.columns, rows, values }, labels: labels.slice(from, from + rows) }
  }
  return { train: half(0), test: half(rows) }
}

/** A matrix as an array of rows, which other packages take. */
export function rowsOf({ columns, rows, values }) {
  return Array.from({ length: rows }, (_, i) => columns.map((_, j) => values[j * rows + i]))
}

/** Joined texts are trees inside, which the first look makes flat: here for everybody, before any clock runs. */
export function flat(text) {
  return Buffer.from(text).toString()
}

/** At least one cent, like all prices. */
function cents(money) {
  return Math.max(Math.round(100 * money), 1) / 100
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
