import { compensatedSum } from '../math/compensatedSum.ts'
import { topShare } from '../metrics/concentration.ts'
import { countText, decimalText, moneyText, percentText } from '../plot/numberText.ts'
import { churnConclusion } from './churnConclusion.ts'
import { forecastTotals } from './forecastTotals.ts'
import { type Html, html, named, type Part } from './html.ts'
import type { LifetimeValueFacts, ReportData, SegmentRow } from './reportData.ts'
import { valueWords } from './valueWords.ts'

/** A number with the sentence that says what follows from it. */
interface Headline {
  readonly label: string
  readonly number: string
  readonly sentence: Part
}

/** The four to six numbers that a reader should take away. */
export function headlinesHtml(data: ReportData): Html {
  const headlines = [revenue(data), bestSegment(data), atRisk(data), future(data), forecast(data), churn(data)]
  const items = headlines
    .filter((headline) => headline !== undefined)
    .map(
      ({ label, number, sentence }) =>
        html`<li><p class="label">${label}</p><p class="number">${number}</p><p>${sentence}</p></li>
`,
    )
  return html`<ul class="headlines">${items}</ul>`
}

function revenue({ totals, currency }: ReportData): Headline {
  const { customers, revenue, repeatCustomers } = totals
  const share = repeatCustomers / customers
  const follows =
    share < 0.5
      ? 'Most never came back, so the second purchase is where the most is to be won.'
      : 'Most came back, so keeping them is worth more than finding new ones.'
  return {
    label: 'Revenue, refunds taken off',
    number: moneyText(revenue, currency),
    sentence: `${moneyText(revenue / customers, currency)} a customer. ${percentText(share, 0)} bought on more than one day. ${follows}`,
  }
}

function bestSegment({ segments, totals }: ReportData): Headline | undefined {
  const best = largest(segments, (segment) => segment.revenue)
  if (best === undefined || !(totals.revenue > 0) || best.customers === 0) return undefined
  const ofCustomers = best.customers / totals.customers
  const ofRevenue = best.revenue / totals.revenue
  const times = ofRevenue / ofCustomers
  return {
    label: 'Largest segment by revenue',
    number: `${percentText(ofRevenue, 0)} of revenue`,
    sentence: html`${named(best.name)}: ${percentText(ofCustomers, 0)} of the customers. ${
      times >= 1.05
        ? `Losing one of them costs as much as losing ${decimalText(times, 1)} average customers.`
        : 'They bring revenue by their number: one of them spends no more than the average customer.'
    }`,
  }
}

/** How much riskier than the average a segment must be, and how much revenue it must hold, to be worth a headline. */
const NOTABLE_RISK = 0.05
const NOTABLE_REVENUE = 0.02

/**
 * The segment with the most past revenue in danger, among those whose risk is clearly above the average. Nothing without
 * one, or if the churn scores tell no more than chance.
 */
function atRisk({ segments, totals, horizons, churn, currency }: ReportData): Headline | undefined {
  const model = churn?.scorers[0]
  if (model === undefined || !(model.aucLow > 0.5)) return undefined
  const known = segments.filter(({ meanChurnRisk, customers }) => Number.isFinite(meanChurnRisk) && customers > 0)
  const customers = known.reduce((sum, segment) => sum + segment.customers, 0)
  const mean = known.reduce((sum, segment) => sum + segment.meanChurnRisk * segment.customers, 0) / customers
  const above = known.filter(
    ({ meanChurnRisk, revenue }) => meanChurnRisk > mean + NOTABLE_RISK && revenue > NOTABLE_REVENUE * totals.revenue,
  )
  const worst = largest(above, (segment) => segment.meanChurnRisk * segment.revenue)
  if (worst === undefined || !(totals.revenue > 0)) return undefined
  return {
    label: 'Most past revenue in danger',
    number: countText(worst.customers, 'customer'),
    sentence: html`${named(worst.name)}: ${percentText(worst.revenue / totals.revenue, 0)} of revenue so far, at a mean churn risk of ${percentText(worst.meanChurnRisk, 0)} over ${horizons.churn}, against ${percentText(mean, 0)} of all customers. ${adviceOnRisk(worst, segments, currency)}`,
  }
}

/** Effort is worth what may still come of it, not what these customers once brought. */
function adviceOnRisk(worst: SegmentRow, segments: readonly SegmentRow[], currency: string): string {
  const known = segments.filter(({ meanLifetimeValue, customers }) => meanLifetimeValue >= 0 && customers > 0)
  const customers = known.reduce((sum, segment) => sum + segment.customers, 0)
  const mean = known.reduce((sum, segment) => sum + segment.meanLifetimeValue * segment.customers, 0) / customers
  const own = worst.meanLifetimeValue
  if (!(own < mean)) return 'Win these back first.'
  return `Each is still expected to bring ${moneyText(own, currency)}, against ${moneyText(mean, currency)} of all: test what wins them back before much is spent on it.`
}

function future({ lifetimeValue, horizons, currency }: ReportData): Headline | undefined {
  if (lifetimeValue === undefined) return undefined
  const sum = compensatedSum(lifetimeValue.values)
  if (!(sum > 0)) return undefined
  return {
    label: `${valueLabel(lifetimeValue)} of today's customers within ${horizons.value}`,
    number: moneyText(sum, currency),
    sentence: `${moneyText(sum / lifetimeValue.values.length, currency)} a customer on average, but the best tenth hold ${percentText(topShare(lifetimeValue.values, 0.1), 0)} of it. Keeping a customer is worth no more than that customer is expected to bring.`,
  }
}

function valueLabel(facts: LifetimeValueFacts): string {
  const { head, money } = valueWords(facts)
  return head === 'Value' ? 'Expected' : `Expected ${money}`
}

function forecast({ forecast }: ReportData): Headline | undefined {
  if (forecast === undefined) return undefined
  const { expected, actual, error } = forecastTotals(forecast)
  const steps = countText(forecast.steps.length, forecast.unit)
  return {
    label: `Forecast tested on ${steps} it had not seen`,
    number: `${error > 0 ? '+' : ''}${percentText(error)}`,
    sentence: `${decimalText(expected)} purchases expected, ${decimalText(actual)} made. ${adviceOn(actual, error)}`,
  }
}

/** Fewer purchases than this prove little about a forecast, whichever way it missed. */
const FEW_PURCHASES = 100

function adviceOn(actual: number, error: number): string {
  if (actual < FEW_PURCHASES) return 'So few purchases prove little either way.'
  if (Math.abs(error) <= 0.1) return 'Its totals can be planned with.'
  if (Math.abs(error) > 0.5) return 'Do not plan with it before the reason is known.'
  return `It ${error > 0 ? 'promised too much' : 'promised too little'}: correct plans by that much.`
}

function churn(data: ReportData): Headline | undefined {
  const model = data.churn?.scorers.find(({ role }) => role === 'model')
  if (data.churn === undefined || model === undefined) return undefined
  return {
    label: 'Churn model, AUC on customers it had not seen',
    number: decimalText(model.auc, 3),
    sentence: churnConclusion(data.churn).short,
  }
}

function largest(segments: readonly SegmentRow[], by: (segment: SegmentRow) => number): SegmentRow | undefined {
  return segments.reduce<SegmentRow | undefined>(
    (best, segment) => (best === undefined || by(segment) > by(best) ? segment : best),
    undefined,
  )
}
