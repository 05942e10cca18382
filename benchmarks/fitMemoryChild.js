// Fits a model to columns from files, in a process of its own, so that the peak of memory is that of this work alone.
// Prints one line of JSON: bytes, CPU seconds and the log-likelihood.
//
// node benchmarks/fitMemoryChild.js <bgNbd | gammaGamma> <folder> <customers>
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { fitBgNbd, fitGammaGamma } from 'clientele'
import { peakOfMemory } from './peakOfMemory.js'

const [model, folder, size] = process.argv.slice(2)
const FITS = {
  bgNbd: { estimate: fitBgNbd, columns: { repeats: Uint32Array, ageAtLast: Float64Array, age: Float64Array } },
  gammaGamma: { estimate: fitGammaGamma, columns: { repeats: Uint32Array, meanRepeatValue: Float64Array } },
}
const { estimate, columns } = FITS[model]

// Straight from the file into the column: whatever else stood in memory before would hide what the fit needs. Columns that
// the fit does not read are empty.
const none = new Float64Array(0)
const unread = {
  sinceLast: none,
  purchases: none,
  total: none,
  repeats: none,
  ageAtLast: none,
  age: none,
  meanRepeatValue: none,
}
const summary = { ...unread, timeUnit: 'week', currency: '', weights: new Float64Array(Number(size)).fill(1) }
for (const [name, Type] of Object.entries(columns)) {
  summary[name] = new Type(Number(size))
  const file = openSync(join(folder, `${name}.bin`))
  readSync(file, new Uint8Array(summary[name].buffer))
  closeSync(file)
}
const input = Object.values(summary).reduce((bytes, column) => bytes + (column.byteLength ?? 0), 0)
estimate(firstRows(summary, 1000)) // code and what it stands in
const before = peakOfMemory()
const start = process.cpuUsage()
const { diagnostics } = estimate(summary)
const { user, system } = process.cpuUsage(start)
const peak = peakOfMemory()
const seconds = (user + system) / 1e6
console.log(JSON.stringify({ input, before, peak, seconds, logLikelihood: diagnostics.logLikelihood }))

function firstRows(columns, rows) {
  const first = Object.entries(columns).map(([name, column]) => [
    name,
    column.length > rows ? column.slice(0, rows) : column,
  ])
  return Object.fromEntries(first)
}
