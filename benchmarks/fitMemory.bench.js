// How much memory a fit needs beside the columns it is given: at most as much again. And how long the first call of a
// process takes, but for a thousand customers that load the code. In a process of its own for each run.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { customerSummaryFromColumns, fitBgNbd, fitGammaGamma } from 'clientele'
import { histories } from './data.js'
import { Elsewhere, mustBe, mustHold } from './harness.js'

const CHILD = fileURLToPath(new URL('fitMemoryChild.js', import.meta.url))
const WORKS = {
  bgNbd: ['memory of a BG/NBD fit', fitBgNbd],
  gammaGamma: ['memory of a Gamma-Gamma fit', fitGammaGamma],
}

export async function bench({ race, sizes, powerText, folder }) {
  const rows = []
  for (const size of sizes({ small: [1e5], full: [1e6] })) {
    const data = histories(size)
    const place = join(folder, `histories-${size}`)
    mkdirSync(place)
    for (const [name, column] of Object.entries(data)) writeFileSync(join(place, `${name}.bin`), column)
    const summary = customerSummaryFromColumns(data, { timeUnit: 'week' })
    for (const [model, [work, estimate]] of Object.entries(WORKS)) {
      const { logLikelihood } = estimate(summary).diagnostics
      const runs = []
      const run = () => {
        const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, model, place, String(size)], {
          encoding: 'utf8',
        })
        mustHold(status === 0, `exit code ${status}: ${stderr}`)
        const figures = JSON.parse(stdout)
        runs.push(figures)
        return new Elsewhere(figures, figures.seconds * 1000)
      }
      const check = (figures) => mustBe('the log-likelihood', figures.logLikelihood, logLikelihood, 1e-12)
      const spec = { work, size: `${powerText(size)} customers`, contestants: { clientele: run }, check }
      const [row] = await race(spec, 2)
      rows.push({ ...row, note: noteOn(runs), memory: runs })
    }
  }
  return rows
}

function noteOn(runs) {
  const { input, before, peak } = runs.reduce((worst, run) =>
    run.peak - run.before > worst.peak - worst.before ? run : worst,
  )
  const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`
  const times = (1 + (peak - before) / input).toFixed(2)
  return `input ${mb(input)}, and ${mb(peak - before)} more at the peak: ${times} times the input; aim 2`
}
