import type { FitDiagnostics } from '../clv/fitDiagnostics.ts'
import { dayText, parseDay } from '../core/calendar.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { CustomerAnalysis } from './customerAnalysis.ts'

/** Fewer customers with a repeat purchase than this leave a purchase model's parameters to chance. */
const FEW_REPEATERS = 100

/** Above this correlation of spend and frequency, the Gamma-Gamma model's assumption that there is none is in doubt. */
const NOTABLE_CORRELATION = 0.3

/** A forecast that misses the held-out purchases by more than this share is no basis for a plan. */
const FAR_OFF = 0.25

/** What a reader must know before believing the numbers, in sentences. Empty if there is nothing to say. */
export function analysisWarnings(
  summary: CustomerSummary,
  {
    purchases,
    value,
    forecast,
    clusters,
    churn,
  }: Pick<CustomerAnalysis, 'purchases' | 'value' | 'forecast' | 'clusters' | 'churn'>,
): readonly string[] {
  const warnings: string[] = [...secondsWarnings(summary), ...refundWarnings(summary), ...quietWarnings(summary)]
  for (const [name, part] of Object.entries({ purchases, value, forecast, clusters, churn })) {
    if (!part.available) warnings.push(`No ${PART_NAMES[name as keyof typeof PART_NAMES]}: ${sentence(part.reason)}`)
  }
  const repeaters = summary.repeats.reduce((count, x) => count + (x > 0 ? 1 : 0), 0)
  if (purchases.available) {
    if (repeaters < FEW_REPEATERS) {
      warnings.push(
        `${repeaters === 1 ? 'Only 1 customer' : `Only ${repeaters} customers`} bought again: expected purchases and values may be far off.`,
      )
    }
    warnings.push(...fitWarnings('BG/NBD', purchases.model.diagnostics))
  }
  if (value.available) {
    const { diagnostics } = value.spendModel
    warnings.push(...fitWarnings('Gamma-Gamma', diagnostics))
    if (diagnostics.source === 'fitted' && Math.abs(diagnostics.correlation) > NOTABLE_CORRELATION) {
      warnings.push(
        `Who buys more often also spends ${diagnostics.correlation > 0 ? 'more' : 'less'} each time (correlation ` +
          `${diagnostics.correlation.toFixed(2)}), which the value model assumes not to be so: values at both ends are biased.`,
      )
    }
  }
  if (forecast.available) warnings.push(...forecastWarnings(forecast.tracking))
  if (clusters.available && clusters.choice.structure === 'none') {
    warnings.push(
      'The customers form no distinct clusters: the groups are a convenient division of a cloud, not kinds of people.',
    )
  }
  if (churn.available && churn.evaluation.beatsBaselines !== 'better') {
    warnings.push(
      churn.evaluation.beatsBaselines === 'worse'
        ? 'The churn model ranks customers worse than a baseline does: use the baseline.'
        : 'The churn model ranks customers no better than a simple baseline does, within what chance explains.',
    )
  }
  return warnings
}

/** Milliseconds up to here are seconds of the years 1970 to 2099. */
const SECONDS_END = '1970-02-18'

/** Whether times may be seconds that were taken for milliseconds. */
function secondsWarnings({ asOf, sinceLast, age }: CustomerSummary): string[] {
  const daysBefore = (weeks: number): string =>
    dayText(parseDay('analyzeCustomers', 'asOf', asOf) - Math.round(7 * weeks))
  const first = daysBefore(age.reduce((most, weeks) => Math.max(most, weeks), 0))
  const last = daysBefore(sinceLast.reduce((least, weeks) => Math.min(least, weeks), Number.POSITIVE_INFINITY))
  if (first < '1970-01-01' || last >= SECONDS_END) return []
  return [`All purchases are dated ${first} to ${last}: are their times seconds where milliseconds are read?`]
}

/** Refunds without a known order above this share of all money leave purchase values far too high. */
const NOTABLE_REFUNDS = 0.01

function refundWarnings({ ledger }: CustomerSummary): string[] {
  const net = ledger.total + ledger.outside
  const { refundsOfCustomers, gross, refunded } = ledger
  if (refundsOfCustomers === 0 || !(refunded > NOTABLE_REFUNDS * gross)) return []
  return [
    `${refundsOfCustomers} refunds name no known order: they reduced the totals of customers (${percent(1 - net / gross)} of all ` +
      'money), but no purchase, so that expected spend and values count what was given back. Name the orders to mend this.',
  ]
}

/** A silence of more than this share of the time observed, before the as-of day, is rarely true. */
const LONG_SILENCE = 0.25
const ENOUGH_CUSTOMERS = 20

/** Whether everybody fell silent at once: all but a thousandth, so that one stray date does not hide it. */
function quietWarnings({ sinceLast, age, asOf }: CustomerSummary): string[] {
  if (sinceLast.length < ENOUGH_CUSTOMERS) return []
  const observed = age.reduce((most, weeks) => Math.max(most, weeks), 0)
  const silence = sinceLast.toSorted()[1 + Math.floor(sinceLast.length / 1000)]!
  if (!(silence > LONG_SILENCE * observed)) return []
  return [
    `Hardly anybody bought in the last ${Math.floor(silence)} weeks before ${asOf}: is that the last day that the data cover, or ` +
      'is there a stray date? Everything that looks ahead depends on it.',
  ]
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

const PART_NAMES = {
  purchases: 'expected purchases',
  value: 'lifetime value',
  forecast: 'check of the forecast',
  clusters: 'clusters',
  churn: 'churn risk',
} as const

function fitWarnings(name: string, diagnostics: FitDiagnostics): string[] {
  if (diagnostics.source === 'given') return []
  if (!diagnostics.converged) return [`The ${name} model did not converge: do not rely on it.`]
  if (diagnostics.verdict === 'interior') return []
  return [`The ${name} model lies at an edge of what it can say: ${diagnostics.reducesTo}.`]
}

function forecastWarnings({
  expectedCumulative,
  actualCumulative,
}: {
  readonly expectedCumulative: Float64Array
  readonly actualCumulative: Float64Array
}): string[] {
  const expected = expectedCumulative.at(-1)!
  const actual = actualCumulative.at(-1)!
  if (actual === 0) return ['Nobody bought in the second half of the time: the forecast could not be checked there.']
  const miss = (expected - actual) / actual
  if (!(Math.abs(miss) > FAR_OFF)) return []
  const direction = miss > 0 ? 'more' : 'fewer'
  return [
    `Fitted on the first half of the time, the purchase model expected ${Math.round(100 * Math.abs(miss))} % ${direction} ` +
      'purchases in the second half than were made: expected purchases and values may be off as much.',
  ]
}

/** The reason without the name of the function that gave it, as a sentence. */
function sentence(reason: string): string {
  const text = reason.replace(/^\w+: /, '')
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`
}
