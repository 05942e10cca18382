import { areaY, axisX, axisY, dot, gridX, gridY, line, ruleX, text } from '@observablehq/plot'
import { checkNumber, checkOptions, checkText } from '../core/checks.ts'
import { ascending, lorenzCurve, topShare } from '../metrics/concentration.ts'
import { checkFinite, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { labelText } from './labelText.ts'
import { decimalText, percentText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/** Options of `concentrationPlot`. */
export interface ConcentrationOptions extends ChartOptions {
  /** Share of the customers that is marked, above 0 and at most 1. @default 0.1 */
  readonly share?: number
  /** What the values are, for the axis. @default 'value' */
  readonly of?: string
}

const STEPS = 200

/**
 * Lorenz curve of a value over customers, read from the best customer down, with the share that the top tenth hold.
 *
 * @param values - one a customer, finite, with a sum above 0
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` if the values do not add up to more than 0, `BAD_SHAPE`, `BAD_OPTION`
 * @see Lorenz (1905), "Methods of Measuring the Concentration of Wealth"
 * @example
 * concentrationPlot([120, 40, 20, 10, 5, 5], { share: 0.5, of: 'revenue' })
 *
 * const { value } = lifetimeValue(model, spend, summary, { horizon: { weeks: 52 }, level: 'none' })
 * concentrationPlot(value, { of: 'lifetime value' }) // '<svg …</svg>'
 */
export function concentrationPlot(values: ArrayLike<number>, options: ConcentrationOptions = {}): string {
  const caller = 'concentrationPlot'
  const { of: what = 'value', share = 0.1, ...chart } = checkOptions(caller, options)
  const width = chartWidth(caller, chart)
  const of = labelText(checkText(caller, 'of', what))
  checkNumber(caller, 'share', share, 1e-6, 1)
  checkSome(caller, 'values', values)
  checkFinite(caller, 'values', values)
  ascending(caller, values) // refuses what has no sum to be shares of, by the name of this function
  const held = topShare(values, share)
  const { customers, value } = lorenzCurve(values, { points: STEPS })
  // Turned round, so that it starts with the best customer.
  const points = Array.from(customers, (poorest, i) => ({ x: 1 - poorest, y: 1 - value[i]! })).reverse()
  const says = `top ${percentText(share, 0)} of customers: ${percentText(held)} of ${of}`
  return drawing(
    {
      name: `How ${of} is concentrated`,
      description: `Share of ${of} held by the best customers, out of ${decimalText(values.length)}; ${says}.`,
      height: Math.round(width * 0.68),
      margin: { top: 22, right: 24, bottom: 46, left: 52 },
      scales: { x: { domain: [0, 1] }, y: { domain: [0, Math.max(1, ...points.map(({ y }) => y))] } },
      marks: [
        gridX({ ticks: 5 }),
        gridY({ ticks: 5 }),
        axisX({ ticks: 5, tickFormat: (x: number) => percentText(x, 0), label: 'customers, best first' }),
        axisY({ ticks: 5, tickFormat: (y: number) => percentText(y, 0), label: `share of ${of}` }),
        areaY(points, { x: 'x', y1: 'x', y2: 'y', fill: seriesColour(0), fillOpacity: 0.12 }),
        line([0, 1], { x: (x: number) => x, y: (x: number) => x, stroke: colour('muted'), strokeDasharray: '3 3' }),
        text(['all customers alike'], {
          x: 0.98,
          y: 0.3,
          text: (words: string) => words,
          textAnchor: 'end',
          fill: colour('muted'),
        }),
        line(points, { x: 'x', y: 'y', stroke: seriesColour(0), strokeWidth: 2.25 }),
        ruleX([share], { y1: 0, y2: held, stroke: colour('ink'), strokeDasharray: '2 3' }),
        dot([share], { x: share, y: held, r: 4.5, fill: colour('ink') }),
        text([`top ${percentText(share, 0)} hold ${percentText(held)}`], {
          // At the foot of the line that leads to the point: below the diagonal and the curve there is always room.
          x: share,
          y: 0,
          text: (words: string) => words,
          textAnchor: share > 0.5 ? 'end' : 'start',
          dx: share > 0.5 ? -8 : 8,
          dy: -12,
          fontWeight: 600,
          stroke: colour('surface'),
          strokeWidth: 4,
          fill: colour('ink'),
        }),
      ],
    },
    width,
    options,
  )
}
