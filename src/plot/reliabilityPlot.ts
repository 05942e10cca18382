import { axisX, axisY, dot, gridX, gridY, line, ruleX } from '@observablehq/plot'
import { checkText } from '../core/checks.ts'
import type { ReliabilityBin } from '../metrics/calibration.ts'
import { checkFields, checkObjects, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { seriesDash, seriesSymbol } from './legend.ts'
import { decimalText, percentText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/** A scorer's reliability; bins ascend by `predicted`. */
export interface ReliabilityCurve {
  readonly name: string
  readonly bins: readonly ReliabilityBin[]
}

/**
 * Reliability diagram: predicted probability against what came, with intervals. A scorer whose probabilities are right
 * lies on the diagonal. The axes are cut to the range in which there is something to see.
 *
 * @param scorers - at most six are told apart without colour
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a bin, `BAD_SHAPE` if a number is not finite, `BAD_OPTION`
 * @see DeGroot & Fienberg (1983), "The Comparison and Evaluation of Forecasters"
 * @example
 * reliabilityPlot([{ name: 'model', bins: [{ predicted: 0.3, observed: 0.28, low: 0.22, high: 0.35, rows: 180 }] }])
 */
export function reliabilityPlot(scorers: readonly ReliabilityCurve[], options: ChartOptions = {}): string {
  const caller = 'reliabilityPlot'
  const width = chartWidth(caller, options)
  checkObjects(caller, 'scorers', scorers)
  scorers.forEach(({ name, bins }, i) => {
    checkText(caller, `scorers[${i}].name`, name)
    checkObjects(caller, `scorers[${i}].bins`, bins)
  })
  const all = scorers.flatMap(({ bins }) => bins)
  checkSome(caller, 'bins', all)
  checkFields(caller, all, ['predicted', 'observed', 'low', 'high'])
  const domain = roundedRange(all.flatMap(({ predicted, low, high }) => [predicted, low, high]))
  const format = (share: number) => percentText(share, 0)
  return drawing(
    {
      name: 'Reliability of the predicted probabilities',
      description: `Predicted probability against the share to whom it happened: ${scorers
        .map(({ name, bins }) => `${name} misses by ${percentText(meanGap(bins))} on average`)
        .join('; ')}. The diagonal is a perfect prediction; bars are intervals.`,
      height: Math.round(width * 0.8),
      margin: { top: 22, right: 24, bottom: 46, left: 52 },
      legend: scorers.map(({ name }, i) => ({ label: name, colour: seriesColour(i), symbol: seriesSymbol(i) })),
      scales: { x: { domain }, y: { domain } },
      marks: [
        gridX({ ticks: 5 }),
        gridY({ ticks: 5 }),
        axisX({ ticks: 5, tickFormat: format, label: 'predicted' }),
        axisY({ ticks: 5, tickFormat: format, label: 'what came' }),
        line(domain, { x: (v: number) => v, y: (v: number) => v, stroke: colour('muted'), strokeDasharray: '3 3' }),
        ...scorers.flatMap(({ bins }, i) => [
          ruleX(bins, { x: 'predicted', y1: 'low', y2: 'high', stroke: seriesColour(i), strokeWidth: 1.5 }),
          line(bins, { x: 'predicted', y: 'observed', stroke: seriesColour(i), strokeDasharray: seriesDash(i) }),
          dot(bins, {
            x: 'predicted',
            y: 'observed',
            r: 4.5,
            symbol: seriesSymbol(i),
            fill: seriesColour(i),
            title: ({ predicted, observed, rows }: ReliabilityBin) =>
              `predicted ${percentText(predicted)}, came ${percentText(observed)}, ${decimalText(rows)} customers`,
          }),
        ]),
      ],
    },
    width,
    options,
  )
}

/** The range of the values within 0 to 1, widened to whole tenths. */
function roundedRange(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b))
  const high = values.reduce((a, b) => Math.max(a, b))
  return [Math.max(0, Math.floor(low * 10) / 10), Math.min(1, Math.max(Math.ceil(high * 10), 1) / 10)]
}

/** Mean distance of prediction and outcome, weighted by customers. */
function meanGap(bins: readonly ReliabilityBin[]): number {
  const customers = bins.reduce((sum, { rows }) => sum + rows, 0)
  return bins.reduce((sum, { predicted, observed, rows }) => sum + Math.abs(predicted - observed) * rows, 0) / customers
}
