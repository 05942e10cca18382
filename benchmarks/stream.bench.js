// A stream of events in chunks of a million, added to an accumulator: how much memory beyond what it has to remember.
// In a process of its own, so that the peak is that of this work alone.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Elsewhere, mustHold } from './harness.js'

const CHILD = fileURLToPath(new URL('streamChild.js', import.meta.url))
const CUSTOMERS = 1_000_000
/** Days of the stream, and what it is of. */
const STREAMS = [
  { kind: 'ids', days: 30, work: 'stream of purchases' },
  { kind: 'orders', days: 365, work: 'stream of purchases with order numbers' },
]
const AIM_MB = 250

export async function bench({ race, sizes, powerText }) {
  const rows = []
  for (const { kind, days, work } of STREAMS) {
    // The window of 14 days holds a 26th of the orders: 10^8 of them would measure texts, not the accumulator.
    const large = kind === 'ids' ? [1e8] : []
    for (const size of sizes({ small: [1e5], full: [1e7], large })) {
      const runs = []
      const run = () => {
        const args = [CHILD, size, CUSTOMERS, days, kind].map(String)
        const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
        mustHold(status === 0, `exit code ${status}: ${stderr}`)
        const figures = JSON.parse(stdout)
        runs.push(figures)
        return new Elsewhere(figures, figures.seconds * 1000)
      }
      const [row] = await race(
        {
          work,
          size: `${powerText(size)} events`,
          per: { count: size, unit: 'an event' },
          contestants: { clientele: run },
          check({ events, isExact }) {
            mustHold(events === size, `${events} events are in the summary`)
            mustHold(isExact, 'the money is not that of the events to the cent')
          },
        },
        1, // and the first, checked one: two
      )
      rows.push({ ...row, note: noteOn(runs), memory: runs })
    }
  }
  return rows
}

function noteOn(runs) {
  const { peak, before, state, input } = runs.reduce((worst, run) => (run.peak > worst.peak ? run : worst))
  const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`
  return (
    `state ${mb(state)}, peak ${mb(peak)}: ${mb(peak - state)} over the state, ${mb(before)} of them there before the ` +
    `first event (Node.js, and ${mb(input)} of a chunk); aim ${AIM_MB} MB`
  )
}
