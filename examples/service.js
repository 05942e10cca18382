// A service answers questions about one customer at a time. A nightly job fits the models on everybody and leaves them as
// text; the service decodes them once and scores a customer's own events in well under a millisecond.
import { readFileSync } from 'node:fs'
import {
  analyzeCustomers,
  customerSummary,
  decodeModels,
  defaultSegmentMap,
  encodeModels,
  eventTable,
  expectedPurchases,
  probabilityAlive,
  rfmSegments,
  scoreRfm,
} from 'clientele'
import { readCsv } from 'clientele/io'

// At night.
const { table } = readCsv(readFileSync(new URL('data/cdnow-sample.csv', import.meta.url), 'utf8'))
const { rfm, purchases } = analyzeCustomers(table, { asOf: '1998-06-30' })
if (!purchases.available) throw new Error(purchases.reason)
const text = encodeModels([rfm.model, purchases.model])

// By day.
const models = decodeModels(text)
const scoring = models.find((model) => model.kind === 'rfm')
const buying = models.find((model) => model.kind === 'bgNbd')
const segmentNames = defaultSegmentMap()

function answer(events, asOf) {
  const summary = customerSummary(eventTable(events), { asOf, timeUnit: 'week' })
  const segments = rfmSegments(scoreRfm(scoring, summary), segmentNames)
  return {
    segment: segments.names[segments.codes[0]],
    probabilityAlive: probabilityAlive(buying, summary)[0],
    purchasesIn13Weeks: expectedPurchases(buying, summary, 13)[0],
  }
}

const events = [
  { type: 'purchase', customer: 'ann', time: '1998-02-14', value: 29.99 },
  { type: 'purchase', customer: 'ann', time: '1998-04-02', value: 14.5 },
  { type: 'visit', customer: 'ann', time: '1998-06-20', page: 'new releases' },
]
console.log('today    ', answer(events, '1998-06-30'))
console.log('in autumn', answer(events, '1998-09-30'))
