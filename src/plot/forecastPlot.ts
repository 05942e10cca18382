import { axisX, axisY, dot, gridY, line, ruleX, ruleY, text } from '@observablehq/plot'
import { checkChoice, checkLength, checkObject, checkOptions } from '../core/checks.ts'
import { checkUnit } from '../core/timeUnit.ts'
import { wholeTicks } from './axisTicks.ts'
import { checkFinite, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { decimalText, shortText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/** What a model expected and what came, step by step: as of `trackForecast` and `backtest`, or written down. */
export interface ForecastSteps {
  /** Ends of steps of one length, ascending, in `unit`s since the cut-off; up to 0 the model knew what came. */
  readonly steps: ArrayLike<number>
  /** Purchases expected in each step. */
  readonly expected: ArrayLike<number>
  /** Purchases made in each step. */
  readonly actual: ArrayLike<number>
  /** Unit of the steps. */
  readonly unit: 'day' | 'week'
}

/** Options of `forecastPlot`. */
export interface ForecastOptions extends ChartOptions {
  /** Purchases in each step, or the sum of the steps so far. @default 'incremental' */
  readonly show?: 'incremental' | 'cumulative'
}

/**
 * Tracking plot: purchases that a model expected against those that were made, step by step or summed up.
 *
 * @param track - as of `trackForecast`
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a step, `BAD_SHAPE` for columns of different length or numbers that
 * are not finite, `BAD_OPTION`
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way", the tracking plots of its empirical analysis
 * @example
 * forecastPlot({ steps: [1, 2, 3], expected: [52.1, 50.4, 48.9], actual: [55, 47, 50], unit: 'week' }, { show: 'cumulative' })
 *
 * const [round] = backtest(table, { cutoffs: ['1997-10-01'], horizons: [{ weeks: 39 }] })
 * forecastPlot(round!.models[0]!.track) // '<svg …</svg>'
 */
export function forecastPlot(track: ForecastSteps, options: ForecastOptions = {}): string {
  const caller = 'forecastPlot'
  const { show = 'incremental', ...chart } = checkOptions(caller, options)
  const width = chartWidth(caller, chart)
  checkChoice(caller, 'show', show, ['incremental', 'cumulative'])
  checkTrack(caller, track)
  const steps = Array.from(track.steps)
  const series = show === 'cumulative' ? runningSum : Array.from<number>
  const lines = [
    { label: 'made', values: series(track.actual), colour: colour('ink'), dash: 'none' },
    { label: 'expected', values: series(track.expected), colour: seriesColour(1), dash: '6 3' },
  ]
  const points = lines.map(({ values }) => steps.map((step, i) => ({ step, value: values[i]! })))
  const first = Math.min(0, steps[0]!)
  const length = steps.length > 1 ? (steps.at(-1)! - steps[0]!) / (steps.length - 1) : steps[0]! - first
  const each = stepText(length, track.unit)
  const [made, expected] = lines.map(({ values }) => values.at(-1)!)
  return drawing(
    {
      name:
        show === 'cumulative'
          ? 'Purchases made and expected, summed up'
          : `Purchases made and expected in each ${each}`,
      description: `${shortText(steps.length * length)} ${track.unit}s. ${
        show === 'cumulative' ? 'In all' : `In the last ${each}`
      }, ${decimalText(made!)} purchases were made and ${decimalText(expected!, 1)} expected.`,
      height: Math.round(width * 0.62),
      margin: { top: 24, right: 16, bottom: 46, left: 56 },
      legend: lines.map((each) => ({ ...each, symbol: 'line' })),
      scales: {
        x: { domain: [first, steps.at(-1)!] },
        y: { domain: [0, Math.max(1, ...lines.flatMap(({ values }) => values)) * 1.04] },
      },
      marks: [
        gridY({ ticks: 4 }),
        axisX({
          ticks: wholeTicks(Math.ceil(first), Math.floor(steps.at(-1)!), Math.min(14, Math.floor(width / 32))),
          tickFormat: (step: number) => decimalText(step),
          label: `${track.unit}s since the cut-off`,
        }),
        axisY({
          ticks: 4,
          tickFormat: shortText,
          label: show === 'cumulative' ? 'purchases in all' : `purchases in each ${each}`,
        }),
        ruleY([0]),
        first < 0 ? ruleX([0], { stroke: colour('muted'), strokeDasharray: '3 3' }) : null,
        first < 0
          ? text(['cut-off'], {
              x: 0,
              frameAnchor: 'top',
              dx: 5,
              dy: 2,
              textAnchor: 'start',
              fill: colour('muted'),
              text: (words: string) => words,
            })
          : null,
        ...lines.map((each, i) =>
          line(points[i]!, {
            x: 'step',
            y: 'value',
            stroke: each.colour,
            strokeWidth: 2.25,
            strokeDasharray: each.dash,
          }),
        ),
        steps.length <= 30 ? dot(points[0]!, { x: 'step', y: 'value', r: 3, fill: colour('ink') }) : null,
      ],
    },
    width,
    options,
  )
}

function checkTrack(caller: string, track: ForecastSteps): void {
  checkSome(caller, 'steps', checkObject(caller, 'track', track).steps)
  checkUnit(caller, track.unit, 'unit')
  for (const name of ['steps', 'expected', 'actual'] as const) {
    checkLength(caller, name, track[name], track.steps.length)
    checkFinite(caller, name, track[name])
  }
}

/** Length of a step in words: `'week'`, `'4 weeks'`; parts of a week are counted in days. */
function stepText(length: number, unit: 'day' | 'week'): string {
  const isPart = unit === 'week' && Math.abs(length - Math.round(length)) > 1e-9
  const text = shortText(isPart ? 7 * length : length)
  const name = isPart ? 'day' : unit
  return text === '1' ? name : `${text} ${name}s`
}

function runningSum(values: ArrayLike<number>): number[] {
  let sum = 0
  return Array.from(values, (value) => {
    sum += value
    return sum
  })
}
