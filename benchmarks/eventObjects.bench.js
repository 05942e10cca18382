// An array of event objects → a table. The least that anybody does with the ids is to number them in a Map.
import { customerSummary, eventTable, eventTableFromColumns } from 'clientele'
import { flat, purchases } from './data.js'
import { collectGarbage, mustBe, mustHold, PeerFailed } from './harness.js'

const ID_FORMS = {
  'short ids': (number) => flat(`c${number}`),
  UUIDs: (number) => flat(`${hex(number * 2_654_435_761, 8)}-1234-4abc-9def-${hex(number * 40_503, 12)}`),
  'ids that are numbers': (number) => number,
}

/** Events of which one in three has an order, one in three a channel; of every ten, one is a visit and one a refund. */
const MIXED = 'short ids, mixed events'

export async function bench({ race, sizes, powerText }) {
  const rows = []
  for (const size of sizes({ small: [1e5], full: [1e5, 1e6], large: [1e7] })) {
    for (const form of [...Object.keys(ID_FORMS), MIXED]) {
      const events = form === MIXED ? mixedObjects(size) : eventObjects(size, ID_FORMS[form])
      rows.push(
        ...(await race({
          work: `events as objects, ${form}`,
          size: `${powerText(size)} events`,
          per: { count: size, unit: 'an event' },
          contestants: {
            clientele: () => wholeTable(events),
            'clientele, before a column is read': () => eventTable(events),
            'a Map alone': () => numberInMap(events),
          },
          check(answer, name, ours) {
            if (name === 'a Map alone') return checkCodes(answer, events, ours)
            mustBe('number of events', answer.ledger.accepted, size, 0)
            return answer === ours ? `${bytesKept(events).toFixed(1)} bytes an event` : undefined
          },
        })),
      )
    }
  }
  for (const size of sizes({ small: [], full: [], large: [2e7] })) rows.push(...(await race(manyIds(size))))
  return rows
}

function eventObjects(size, idOf) {
  const { customer, time, value } = purchases(size)
  const eventAt = (_, i) => ({ type: 'purchase', customer: idOf(customer[i]), time: time[i], value: value[i] })
  return Array.from({ length: size }, eventAt)
}

function mixedObjects(size) {
  const kinds = [
    (event) => event,
    ({ type, customer, time, value }, i) => ({ type, customer, time, value, order: flat(`A-${i}`) }),
    ({ type, customer, time, value }, i) => ({ type, customer, time, value, channel: i % 2 === 0 ? 'web' : 'shop' }),
  ]
  return eventObjects(size, ID_FORMS['short ids']).map((event, i) => {
    const { customer, time } = event
    if (i % 10 === 0) return { type: 'visit', customer, time, page: '/' }
    if (i % 10 === 1) return { type: 'refund', customer, time, value: 1 }
    return kinds[i % 3](event, i)
  })
}

/** A table of which nothing is left to be done: columns may be made when they are first read. */
function wholeTable(events) {
  const table = eventTable(events)
  mustBe('last offset', table.offsets[table.customers.length], table.time.length, 0)
  return table
}

function numberInMap(events) {
  const codes = new Uint32Array(events.length)
  const map = new Map()
  for (let i = 0; i < events.length; i++) {
    const { customer } = events[i]
    let code = map.get(customer)
    if (code === undefined) {
      code = map.size
      map.set(customer, code)
    }
    codes[i] = code
  }
  return { codes, size: map.size }
}

function checkCodes({ codes, size }, events, { customers }) {
  mustBe('number of customers', size, customers.length, 0)
  mustHold(
    events.every(({ customer }, i) => customers[codes[i]] === String(customer)),
    'a code is not that of its customer',
  )
}

/** What a table keeps, with its customers and no text of theirs, which the events keep. */
function bytesKept(events) {
  const memory = () => {
    collectGarbage()
    collectGarbage() // what the first one freed is counted off by the second
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return heapUsed + arrayBuffers
  }
  const before = memory()
  const table = wholeTable(events)
  const kept = memory() - before
  return kept / table.time.length
}

/** As many customers as events, more than one Map can hold. */
function manyIds(size) {
  const customer = Array.from({ length: size }, (_, i) => `c${i}`)
  const time = new Float64Array(size)
  const value = new Float64Array(size).fill(1)
  return {
    work: 'all ids different',
    size: `${size.toLocaleString('en-US')} events`,
    per: { count: size, unit: 'an event' },
    contestants: {
      clientele: () => customerSummary(eventTableFromColumns({ customer, time, value }), { asOf: '1970-01-01' }),
      'a Map alone'() {
        try {
          return numberInMap(customer.map((id) => ({ customer: id })))
        } catch (error) {
          throw new PeerFailed(`a Map: ${error.message}`)
        }
      },
    },
    check: ({ customers }) => mustBe('number of customers', customers.length, size, 0),
  }
}

function hex(number, digits) {
  return (number % 16 ** digits).toString(16).padStart(digits, '0')
}
