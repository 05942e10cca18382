// ISO 8601 texts → ms since 1970: a column of times beside Date.parse, which takes texts of other kinds, too.
import { eventTableFromColumns } from 'clientele'
import { flat, purchases } from './data.js'
import { mustHold } from './harness.js'

const FORMS = {
  'with milliseconds, UTC': (ms) => new Date(ms + 1).toISOString(),
  'with an offset': (ms) => new Date(ms).toISOString().replace('.000Z', '+02:00'),
  'days alone': (ms) => new Date(ms).toISOString().slice(0, 10),
}

export async function bench({ race, sizes, powerText }) {
  const rows = []
  for (const size of sizes({ small: [1e5], full: [1e6] })) {
    // A customer an event, in order: of the table, the times are nearly all that there is to do.
    const customer = Uint32Array.from({ length: size }, (_, i) => i)
    const value = new Float64Array(size).fill(1)
    const tableOf = (time) => eventTableFromColumns({ customer, time, value })
    const instants = Array.from(purchases(size).time, (ms) => 1000 * Math.floor(ms / 1000))
    for (const [form, textOf] of Object.entries(FORMS)) {
      const texts = instants.map((ms) => flat(textOf(ms)))
      rows.push(
        ...(await race({
          work: `times as texts, ${form}`,
          size: `${powerText(size)} events`,
          per: { count: size, unit: 'an event' },
          contestants: {
            clientele: () => tableOf(texts),
            'Date.parse, and our table': () => tableOf(parsed(texts)),
          },
          check(answer, _, ours) {
            mustHold(
              answer.time.every((ms, i) => ms === ours.time[i] && ms === Date.parse(texts[i])),
              'times differ from those of Date.parse',
            )
          },
        })),
      )
    }
  }
  return rows
}

/** As fast as a loop can be: `Float64Array.from` walks an iterator. */
function parsed(texts) {
  const times = new Float64Array(texts.length)
  for (let i = 0; i < texts.length; i++) times[i] = Date.parse(texts[i])
  return times
}
