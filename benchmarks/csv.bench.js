// A CSV text of purchases → a table of events.
import { readFileSync } from 'node:fs'
import { eventTableFromColumns } from 'clientele'
import { readCsv } from 'clientele/io'
import { mustBe } from './harness.js'
import { packagePeer } from './peers/packages.js'

const FILE = new URL('../examples/data/cdnow.csv', import.meta.url)
const ROWS = 69_659
const DOLLARS = 2_500_315.63

export async function bench({ race, sizes }) {
  const text = readFileSync(FILE, 'utf8')
  const end = text.indexOf('\n') + 1
  const rows = []
  for (const copies of sizes({ small: [1], full: [6] })) {
    const whole = text.slice(0, end) + text.slice(end).repeat(copies)
    // Joined texts are trees inside: read once, they are flat for everybody.
    const flat = Buffer.from(whole).toString()
    rows.push(
      ...(await race({
        work: 'CSV',
        size: `${(flat.length / 1e6).toFixed(1)} MB`,
        contestants: {
          clientele: () => readCsv(flat).table,
          ...(await packagePeer(
            'papaparse',
            ({ default: Papa }) =>
              () =>
                papaTable(Papa, flat),
            ', and our table',
          )),
          ...(await packagePeer(
            'papaparse',
            ({ default: Papa }) =>
              () =>
                papaRows(Papa, flat),
            ', rows of text only',
          )),
        },
        check(answer) {
          const values = answer.value ?? answer.slice(1).map((row) => Number(row[3]))
          mustBe('number of rows', values.length, copies * ROWS, 0)
          mustBe(
            'money',
            values.reduce((sum, value) => sum + value, 0),
            copies * DOLLARS,
            1e-9,
          )
        },
      })),
    )
  }
  return rows
}

function papaRows(Papa, text) {
  return Papa.parse(text, { delimiter: ',', skipEmptyLines: true }).data
}

function papaTable(Papa, text) {
  const rows = papaRows(Papa, text).slice(1)
  return eventTableFromColumns({
    customer: rows.map((row) => row[0]),
    time: rows.map((row) => row[1]),
    value: rows.map((row) => Number(row[3])),
  })
}
