import type { FitDiagnostics } from '../clv/fitDiagnostics.ts'
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
  const warnings: string[] = []
  for (const [name, part] of Object.entries({ purchases, value, forecast, clusters, churn })) {
    if (!part.available) warnings.push(`No ${PART_NAMES[name as keyof typeof PART_NAMES]}: ${sentence(part.reason)}`)
  }
  const repeaters = summary.repeats.reduce((count, x) => count + (x > 0 ? 1 : 0), 0)
  if (purchases.available) {
    if (repeaters < FEW_REPEATERS) {
      warnings.push(`Only ${repeaters} customers bought again: expected purchases and values may be far off.`)
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
