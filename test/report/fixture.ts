import { type Random, randomFrom } from '../../src/core/random.ts'
import type { ReportData, ScorerFacts } from '../../src/report/index.ts'

const SEGMENTS = [
  'Champions',
  'Loyal customers',
  'Potential loyalists',
  'New customers',
  'Promising',
  'Need attention',
  'About to sleep',
  'At risk',
  'Cannot lose them',
  'Hibernating',
  'Lost',
]

/** Made-up data of the size of the whole CDNOW set, the same for the same seed. */
export function reportFixture(customers = 23_570, seed = 1): ReportData {
  const random = randomFrom(seed)
  const values = Float64Array.from({ length: customers }, () => {
    const u = random.unit()
    return u < 0.02 ? 0 : Math.exp(-2.5 + 7 * u + 2 * normal(random))
  })
  const weights = SEGMENTS.map((_, i) => 1 + ((i * 7) % 5) + random.unit())
  const weight = weights.reduce((a, b) => a + b)
  const sizes = weights.map((w) => Math.floor((w / weight) * customers))
  sizes[0]! += customers - sizes.reduce((a, b) => a + b)
  const segments = SEGMENTS.map((name, i) => ({
    name,
    customers: sizes[i]!,
    revenue: sizes[i]! * 400 * Math.exp(-i / 3),
    meanChurnRisk: 0.35 + i * 0.055,
    meanLifetimeValue: 180 * Math.exp(-i / 2.5),
  }))
  const revenue = segments.reduce((sum, segment) => sum + segment.revenue, 0)
  const points = 2000
  const cluster = Uint8Array.from({ length: points }, () => random.below(4))
  const centers = [
    { sinceLast: 3.1, purchases: 9.4, total: 412.5 },
    { sinceLast: 14.6, purchases: 3.2, total: 118.2 },
    { sinceLast: 34, purchases: 1.6, total: 58.9 },
    { sinceLast: 66.9, purchases: 1.1, total: 19.4 },
  ]
  const spread = (middle: number, width: number) => middle * Math.exp(width * normal(random))
  const steps = Array.from({ length: 39 }, (_, i) => i + 1)
  const expected = steps.map((step) => 560 * Math.exp(-step / 60))
  return {
    title: 'Customer analysis',
    source: {
      file: 'cdnow.csv',
      rowsRead: 69_659,
      rejected: [
        { reason: 'the date is not a day', count: 3 },
        { reason: 'the amount is not a number', count: 1 },
      ],
      columns: [
        { role: 'customer', column: 'id', guessed: true },
        { role: 'time', column: 'date', guessed: true },
        { role: 'value', column: 'amount', guessed: false },
      ],
    },
    asOf: '1998-06-30',
    timeZone: 'UTC',
    currency: 'USD',
    timeUnit: 'week',
    horizons: { churn: '13 weeks', value: '52 weeks' },
    totals: {
      customers,
      purchases: 69_655,
      revenue,
      repeatCustomers: Math.floor(customers * 0.4),
      firstDay: '1997-01-01',
      lastDay: '1998-06-30',
    },
    segments,
    rfm: {
      bins: 5,
      cells: Array.from({ length: 25 }, (_, i) => {
        const r = (i % 5) + 1
        const f = Math.floor(i / 5) + 1
        return {
          r,
          f,
          customers: r === 1 && f === 5 ? 0 : 200 + Math.floor(900 * random.unit()),
          meanTotal: 18 * Math.exp(0.5 * f + 0.15 * r),
        }
      }),
    },
    clusters: {
      method: 'k-means on the standardised logarithms of recency, frequency and money',
      clusters: ['loyal and recent', 'regular', 'occasional', 'once and gone'].map((name, i) => ({
        name,
        customers: Math.round(customers * [0.12, 0.25, 0.28, 0.35][i]!),
        center: centers[i]!,
      })),
      points: {
        sinceLast: Float64Array.from(cluster, (c) => Math.floor(spread(centers[c]!.sinceLast, 0.5) * 7) / 7),
        purchases: Float64Array.from(cluster, (c) => Math.max(1, Math.round(spread(centers[c]!.purchases, 0.4)))),
        total: Float64Array.from(cluster, (c) => spread(centers[c]!.total, 0.6)),
        cluster,
      },
      silhouettes: [0.44, 0.37, 0.36, 0.31, 0.3, 0.29, 0.28].map((silhouette, i) => ({ k: i + 2, silhouette })),
    },
    lifetimeValue: {
      values,
      discount: '10 % a year',
      models: [
        {
          kind: 'bgNbd',
          name: 'BG/NBD',
          about: 'when purchases come, and when they end',
          params: [
            { name: 'r', value: 0.2426, standardError: 0.0126 },
            { name: 'alpha', value: 4.4137, standardError: 0.378 },
            { name: 'a', value: 0.7929, standardError: 0.1858 },
            { name: 'b', value: 2.4259, standardError: 0.7055 },
          ],
          logLikelihood: -9582.429,
          gradientNorm: 3.1e-10,
          conditionNumber: 143.2,
          iterations: 7,
          converged: true,
          verdict: 'interior',
        },
        {
          kind: 'gammaGamma',
          name: 'Gamma-Gamma',
          about: 'how much a purchase brings',
          params: [
            { name: 'p', value: 6.2494, standardError: 1.19 },
            { name: 'q', value: 3.7443, standardError: 0.29 },
            { name: 'v', value: 15.44, standardError: 4.01 },
          ],
          logLikelihood: -4059.2,
          gradientNorm: 8.8e-9,
          conditionNumber: 96.4,
          iterations: 11,
          converged: true,
          verdict: 'interior',
        },
      ],
    },
    forecast: {
      cutoff: '1997-10-01',
      unit: 'week',
      steps,
      expected,
      actual: expected.map((mean) => Math.max(0, Math.round(mean * (1.02 + 0.12 * normal(random))))),
    },
    churn: {
      cutoff: '1998-04-01',
      customers,
      baseRate: 0.84,
      scorers: [
        scorer('boosted trees', 'model', 0.786, 0.104, 1.17, 0.55),
        scorer('recency', 'baseline', 0.759, Number.NaN, 1.14, 0.6),
        scorer('BG/NBD, no purchase', 'baseline', 0.747, 0.112, 1.15, 0.62),
        scorer('1 − P(alive)', 'baseline', 0.319, 0.31, 0.82, 1.3),
      ],
      difference: { against: 'recency', auc: 0.027, low: 0.019, high: 0.035 },
    },
    topCustomers: Array.from({ length: 10 }, (_, i) => ({
      customer: String(10_000 + random.below(9999)),
      segment: 'Champions',
      purchases: 40 - i,
      total: 4200 / (1 + i / 9),
      sinceLast: Math.floor(random.unit() * 28) / 7,
      churnRisk: 0.04 + 0.01 * i,
      lifetimeValue: 2900 / (1 + i / 6),
    })),
    leftOut: [
      { what: 'events after the as-of day', count: 0, why: 'they are the future of this analysis' },
      { what: 'purchases refunded whole', count: 12, why: 'a purchase that was taken back is none' },
      {
        what: 'customers without a repeat purchase',
        count: 14_110,
        why: 'Gamma-Gamma learns the spread of spend from repeat purchases alone',
      },
      { what: 'purchases on the same day', count: 1_982, why: 'they are one occasion with their money summed' },
      { what: 'gross margin', count: Number.NaN, why: 'unknown, so value means revenue and not profit' },
    ],
    warnings: ['The currency was not in the file; USD was given on the command line.'],
    provenance: {
      version: '0.1.0',
      seed: 1,
      command: 'clientele analyze cdnow.csv --as-of 1998-06-30 --currency USD --out out',
    },
  }
}

/** The fixture with markup, quotes and right-to-left text wherever text comes from data. */
export function hostileFixture(): ReportData {
  const base = reportFixture(200)
  const evil = `"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;\u202e עברית " onload="alert(3)`
  const churn = base.churn!
  return {
    ...base,
    title: evil,
    source: {
      file: evil,
      rowsRead: 7,
      rejected: [{ reason: evil, count: 1 }],
      columns: [{ role: evil, column: evil, guessed: true }],
    },
    asOf: evil,
    timeZone: evil,
    currency: evil,
    horizons: { churn: evil, value: evil },
    totals: { ...base.totals, firstDay: evil, lastDay: evil },
    segments: base.segments.map((segment) => ({ ...segment, name: evil })),
    clusters: {
      ...base.clusters!,
      method: evil,
      clusters: base.clusters!.clusters.map((each) => ({ ...each, name: evil })),
    },
    lifetimeValue: {
      ...base.lifetimeValue!,
      discount: evil,
      models: base.lifetimeValue!.models.map((model) => ({
        ...model,
        name: evil,
        about: evil,
        verdict: 'boundary',
        reducesTo: evil,
        params: [{ name: evil, value: 1, standardError: 0 }],
      })),
    },
    forecast: { ...base.forecast!, cutoff: evil },
    churn: {
      ...churn,
      cutoff: evil,
      verdict: evil,
      difference: { ...churn.difference!, against: evil },
      scorers: churn.scorers.map((each) => ({ ...each, name: evil })),
    },
    topCustomers: base.topCustomers.map((each) => ({ ...each, customer: evil, segment: evil })),
    leftOut: [{ what: evil, count: 1, why: evil }],
    warnings: [evil],
    methods: [{ topic: evil, text: evil, source: evil }],
    provenance: { version: evil, seed: 1, command: evil },
  }
}

function scorer(
  name: string,
  role: 'model' | 'baseline',
  auc: number,
  brier: number,
  lift10: number,
  bend: number,
): ScorerFacts {
  const shift = role === 'model' ? 0.005 : 0.03 * bend
  return {
    name,
    role,
    auc,
    aucLow: auc - 0.008,
    aucHigh: auc + 0.008,
    brier,
    lift10,
    reliability: Number.isNaN(brier)
      ? []
      : [0.35, 0.55, 0.7, 0.82, 0.9, 0.95].map((predicted) => ({
          predicted,
          observed: predicted + shift * (0.8 - predicted) * 4,
          low: predicted + shift * (0.8 - predicted) * 4 - 0.02,
          high: Math.min(1, predicted + shift * (0.8 - predicted) * 4 + 0.02),
          rows: 3900,
        })),
    gain: gainOf(bend),
  }
}

/** A gain curve that bends the less, the larger `bend` is. */
function gainOf(bend: number): ScorerFacts['gain'] {
  const share = Float64Array.from({ length: 51 }, (_, i) => i / 50)
  return { share, recall: share.map((chosen) => chosen ** (0.7 + bend * 0.3)) }
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}
