import { areaY, axisX, axisY, gridY, line, ruleX, ruleY } from '@observablehq/plot'
import { checkLength, checkObject, checkOptions, checkText } from '../core/checks.ts'
import { labelMargin, linearTicks } from './axisTicks.ts'
import { checkFinite, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { labelText, labelWidth } from './labelText.ts'
import { shortText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/** How a quantity is spread over the customers: as of `heterogeneity`, or written down. */
export interface DensityCurve {
  /** What the quantity is, for the axis, with its unit. @default 'quantity' */
  readonly of?: string
  /** Values of the quantity, ascending. */
  readonly at: ArrayLike<number>
  /** Density at each. */
  readonly density: ArrayLike<number>
  /** Mean of the quantity. */
  readonly mean: number
}

/** Options of `densityPlot`. */
export interface DensityOptions extends ChartOptions {
  /** What the quantity is, for the axis, with its unit. @default what the curve says */
  readonly of?: string
}

/** Share of the axis that may be empty at its beginning. */
const NEAR_ZERO = 0.1

/**
 * Density of what differs between customers, such as the purchase rate or the chance to leave, with its mean.
 *
 * @param curve - as of `heterogeneity`
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a point, `BAD_SHAPE`, `BAD_OPTION`
 * @example
 * densityPlot({ at: [0, 0.1, 0.2], density: [8, 3, 1], mean: 0.06 }, { of: 'purchases a week' })
 *
 * densityPlot(heterogeneity(model).dropout) // '<svg …</svg>', of the probability to leave
 */
export function densityPlot(curve: DensityCurve, options: DensityOptions = {}): string {
  const caller = 'densityPlot'
  const { at, density, mean, of: quantity = 'quantity' } = checkObject(caller, 'curve', curve)
  const { of: what = quantity, ...chart } = checkOptions(caller, options)
  const width = chartWidth(caller, chart)
  const of = labelText(checkText(caller, 'of', what))
  checkSome(caller, 'at', at)
  checkLength(caller, 'density', density, at.length)
  checkFinite(caller, 'at', at)
  checkFinite(caller, 'density', density)
  checkFinite(caller, 'mean', [mean])
  const points = Array.from(at, (value, i) => ({ value, density: density[i]! }))
  const [least, high] = [points[0]!.value, points.at(-1)!.value]
  // What begins next to zero is read from zero.
  const low = least > 0 && least < NEAR_ZERO * high ? 0 : least
  const top = points.reduce((most, point) => Math.max(most, point.density), 0) * 1.04 || 1
  const ticks = linearTicks(top)
  return drawing(
    {
      name: `How customers differ in ${of}`,
      description: `Density of ${of} over the customers; the mean is ${shortText(mean)}.`,
      height: Math.round(width * 0.5),
      margin: {
        top: 20,
        right: labelMargin([shortText(high)], 32) / 2, // the last label stands across the end of its axis
        bottom: 46,
        left: labelMargin(ticks.map(shortText), 52),
      },
      legend: [
        { label: `mean ${shortText(mean)}`, colour: colour('ink'), symbol: 'line', dash: '4 3' },
        { label: 'density', colour: seriesColour(0), symbol: 'line' },
      ],
      scales: { x: { domain: [low, high] }, y: { domain: [0, top] } },
      marks: [
        gridY({ ticks }),
        axisX({
          ticks: Math.min(6, Math.floor(width / (30 + labelWidth(shortText(high))))),
          tickFormat: shortText,
          label: of,
        }),
        axisY({ ticks, tickFormat: shortText, label: 'density' }),
        areaY(points, { x: 'value', y: 'density', fill: seriesColour(0), fillOpacity: 0.25 }),
        line(points, { x: 'value', y: 'density', stroke: seriesColour(0), strokeWidth: 2.25 }),
        ruleY([0]),
        mean >= low && mean <= high ? ruleX([mean], { stroke: colour('ink'), strokeDasharray: '4 3' }) : null,
      ],
    },
    width,
    options,
  )
}
