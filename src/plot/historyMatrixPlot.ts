import { axisX, axisY, rect } from '@observablehq/plot'
import { checkChoice, checkLength, checkObject, checkOptions, checkPositive } from '../core/checks.ts'
import { checkUnit } from '../core/timeUnit.ts'
import { wholeTicks } from './axisTicks.ts'
import { checkFinite, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { decimalText, shortText } from './numberText.ts'
import { type ColourName, colour, HEAT_STEPS } from './theme.ts'

/** What a model says of histories, over the grid of repeats and the time of the last: as of `historyMatrix`. */
export interface HistoryGrid {
  /** Unit of the times. */
  readonly unit: 'day' | 'week'
  /** Numbers of repeats, ascending. */
  readonly repeats: ArrayLike<number>
  /** Times of the last repeat since the first purchase, ascending. */
  readonly ageAtLast: ArrayLike<number>
  /** How far `expected` looks ahead. */
  readonly horizon: number
  /** Expected purchases, `repeats × ageAtLast`, repeat by repeat; NaN where there is no such history. */
  readonly expected: ArrayLike<number>
  /** P(alive), likewise. */
  readonly alive: ArrayLike<number>
}

/** Options of `historyMatrixPlot`. */
export interface HistoryMatrixPlotOptions extends ChartOptions {
  /** Expected purchases, or P(alive). @default 'expected' */
  readonly show?: 'expected' | 'alive'
  /** Upper end of the scale, so that pictures can be compared. @default the largest value; 1 of P(alive) */
  readonly most?: number
}

/**
 * Frequency–recency matrix: what a model says of a customer, over how often and until when that customer bought. Six even
 * shades from 0 to the upper end.
 *
 * @param grid - as of `historyMatrix`
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a value, `BAD_SHAPE`, `BAD_OPTION`
 * @see Fader, Hardie & Lee (2005), "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", figure 2
 * @example
 * historyMatrixPlot(historyMatrix(model, { age: 39 }), { show: 'alive' }) // '<svg …</svg>'
 */
export function historyMatrixPlot(grid: HistoryGrid, options: HistoryMatrixPlotOptions = {}): string {
  const caller = 'historyMatrixPlot'
  const { show = 'expected', most: highest, ...chart } = checkOptions(caller, options)
  const width = chartWidth(caller, chart)
  checkChoice(caller, 'show', show, ['expected', 'alive'])
  const { unit, horizon } = checkObject(caller, 'grid', grid)
  checkUnit(caller, unit, 'unit')
  checkPositive(caller, 'horizon', horizon)
  checkSome(caller, 'repeats', grid.repeats)
  checkSome(caller, 'ageAtLast', grid.ageAtLast)
  checkFinite(caller, 'repeats', grid.repeats)
  checkFinite(caller, 'ageAtLast', grid.ageAtLast)
  checkLength(caller, show, grid[show], grid.repeats.length * grid.ageAtLast.length)
  const cells = cellsOf(grid, grid[show])
  checkSome(caller, show, cells)
  const best = cells.reduce((a, b) => (b.value > a.value ? b : a))
  // Where nothing is expected of anybody, any scale has all of it in its first shade.
  const most = checkPositive(caller, 'most', highest ?? (show === 'alive' || best.value <= 0 ? 1 : best.value))
  const of = show === 'alive' ? 'P(alive)' : `purchases expected in ${shortText(horizon)} ${unit}s`
  const shadeOf = (value: number): number => Math.min(HEAT_STEPS, Math.max(1, Math.ceil((HEAT_STEPS * value) / most)))
  const boundText = (step: number): string => shortText(Number(((most * step) / HEAT_STEPS).toPrecision(2)))
  const lastX = grid.repeats[grid.repeats.length - 1]!
  return drawing(
    {
      name: `${of} by repeats and time of the last one`,
      description:
        `${of} by repeats (across) and ${unit} of the last repeat (up): highest, ${shortText(best.value)}, at ` +
        `${decimalText(best.x)} repeats, the last after ${shortText(best.time)} ${unit}s.`,
      height: Math.round(width * 0.72),
      margin: { top: 26, right: 16, bottom: 46, left: 52 },
      legend: Array.from({ length: HEAT_STEPS }, (_, step) => ({
        label: step === 0 ? `0 to ${boundText(1)}` : `> ${boundText(step)}`,
        colour: colour(`heat-${step + 1}` as ColourName),
        symbol: 'bar' as const,
      })),
      scales: { x: { domain: [grid.repeats[0]! - 0.5, lastX + 0.5] }, color: { type: 'identity' } },
      marks: [
        rect(cells, {
          x1: 'left',
          x2: 'right',
          y1: 'bottom',
          y2: 'top',
          fill: ({ value }: Cell) => colour(`heat-${shadeOf(value)}` as ColourName),
          inset: 0.25,
          title: ({ x, time, value }: Cell) =>
            `${decimalText(x)} repeats, last after ${shortText(time)} ${unit}s: ${shortText(value)}`,
        }),
        axisX({
          ticks: wholeTicks(Math.ceil(grid.repeats[0]!), Math.floor(lastX), 11),
          tickFormat: (x: number) => decimalText(x),
          label: 'repeats',
        }),
        axisY({ ticks: 6, tickFormat: shortText, label: `${unit} of the last repeat` }),
      ],
    },
    width,
    options,
  )
}

interface Cell {
  readonly x: number
  readonly time: number
  readonly value: number
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

function cellsOf({ repeats, ageAtLast }: HistoryGrid, values: ArrayLike<number>): Cell[] {
  const halfStep = ageAtLast.length > 1 ? (ageAtLast[1]! - ageAtLast[0]!) / 2 : 0.5
  return Array.from(repeats).flatMap((x, column) =>
    Array.from(ageAtLast).flatMap((time, row) => {
      const value = values[column * ageAtLast.length + row]!
      if (!Number.isFinite(value)) return []
      return [{ x, time, value, left: x - 0.5, right: x + 0.5, bottom: time - halfStep, top: time + halfStep }]
    }),
  )
}
