import { concentrationPlot, forecastPlot, valueDistributionPlot } from '../plot/index.ts'
import { countText, decimalText, percentText } from '../plot/numberText.ts'
import { figureHtml, figuresHtml } from './figure.ts'
import { forecastTotals } from './forecastTotals.ts'
import { type Html, html, named } from './html.ts'
import type { ForecastFacts, LifetimeValueFacts, ModelFacts, ReportData } from './reportData.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'
import { valueWords } from './valueWords.ts'

/** What customers are expected to be worth, the models that say so, and how they did on time they had not seen. */
export function valueSection(data: ReportData): Section | undefined {
  const { lifetimeValue, forecast } = data
  if (lifetimeValue === undefined && forecast === undefined) return undefined
  return {
    id: 'value',
    title: 'Lifetime value',
    body: html`${lifetimeValue === undefined ? '' : valueHtml(data, lifetimeValue)}${
      forecast === undefined || forecast.steps.length === 0 ? '' : forecastHtml(forecast)
    }`,
  }
}

function valueHtml({ horizons, currency }: ReportData, facts: LifetimeValueFacts): Html {
  const { values, discount, models } = facts
  const drawable = Array.from(values).some((value) => value > 0)
  const figures = drawable
    ? [
        figureHtml(
          valueDistributionPlot(values, { of: 'lifetime value', currency, embedded: true }),
          'The mean lies far above the median where few customers are worth much: plan with the sum, not with a typical customer.',
        ),
        figureHtml(
          concentrationPlot(values, { of: 'lifetime value', embedded: true }),
          'The further the curve bends away from the dashed line, the fewer customers the value rests on.',
        ),
      ]
    : []
  return html`<p>${valueWords(facts).money.replace(/^./, (letter) => letter.toUpperCase())} expected of each customer within ${horizons.value}, discounted at ${named(discount)}.</p>
${figuresHtml(figures)}<div class="models">${models.map(modelHtml)}</div>`
}

function modelHtml(model: ModelFacts): Html {
  const fit = model.converged
    ? `The fit converged after ${countText(model.iterations, 'step')}`
    : `The fit did not converge within ${countText(model.iterations, 'step')}: do not rely on it`
  const where =
    model.verdict === 'interior'
      ? 'The optimum lies inside the parameters\u2019 range.'
      : html`The optimum lies on the edge of the parameters’ range${
          model.reducesTo === undefined ? '' : html`: the model amounts to ${named(model.reducesTo)}`
        }. Standard errors mean little there.`
  const condition = Number.isFinite(model.conditionNumber)
    ? `condition number of the Hessian ${decimalText(model.conditionNumber)}, `
    : ''
  return html`<div><h3>${named(model.name)}: ${named(model.about)}</h3>
<p>${fit}; gradient norm ${scientific(model.gradientNorm)}, ${condition}log-likelihood ${decimalText(model.logLikelihood, 3)}. ${where}</p>
${tableHtml({
  caption: `Parameters of ${model.name}`,
  columns: [{ head: 'Parameter', kind: 'text' }, { head: 'Estimate' }, { head: 'Standard error' }],
  rows: model.params.map(({ name, value, standardError }) => [
    named(name),
    decimalText(value, 4),
    decimalText(standardError, 4),
  ]),
})}</div>`
}

function forecastHtml(forecast: ForecastFacts): Html {
  const { expected, actual, error } = forecastTotals(forecast)
  const direction = error > 0 ? 'more' : 'fewer'
  const verdict = Number.isFinite(error) ? `, ${percentText(Math.abs(error))} ${direction} than were made` : ''
  return html`<h3>Forecast against what happened</h3>
<p>The models were fitted on the time before ${named(forecast.cutoff)} and asked about the ${countText(forecast.steps.length, forecast.unit)} from then on. They expected ${decimalText(expected)} purchases${verdict}: ${decimalText(actual)}.</p>
${figuresHtml([
  figureHtml(forecastPlot(forecast, { embedded: true }), `Purchases in each ${forecast.unit}.`),
  figureHtml(forecastPlot(forecast, { show: 'cumulative', embedded: true }), 'The same, summed up.'),
])}`
}

function scientific(value: number): string {
  return Number.isFinite(value) ? value.toExponential(1).replace('-', '−') : decimalText(value)
}
