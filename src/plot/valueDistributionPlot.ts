import { axisX, axisY, gridY, rect, ruleX, ruleY, text } from '@observablehq/plot'
import { checkInteger, checkOptions, checkText } from '../core/checks.ts'
import { between } from '../kernels/quickselect.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { logDomain, logTicks } from './axisTicks.ts'
import { checkFinite, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { labelText } from './labelText.ts'
import { decimalText, moneyText, shortText } from './numberText.ts'
import { placeMarks } from './placeMarks.ts'
import { colour, seriesColour } from './theme.ts'

/** Options of `valueDistributionPlot`. */
export interface ValueDistributionOptions extends ChartOptions {
  /** Bars of the histogram, 5 to 100. @default 36 */
  readonly bins?: number
  /** What the values are, for the axis. @default 'customer lifetime value' */
  readonly of?: string
  /** Currency of the values, ISO 4217. @default '' */
  readonly currency?: string
}

/**
 * Histogram of a value over customers on a logarithmic axis, with the median and the mean of all of them.
 *
 * The lowest bar also holds what lies below the first percentile; values of zero and below have no logarithm and are
 * counted in words. Costs one sort.
 *
 * @param values - money, one a customer, finite
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a value above 0, `BAD_SHAPE`, `BAD_OPTION`
 * @example
 * valueDistributionPlot([2, 3, 5, 8, 13, 21, 34, 55], { currency: 'USD' })
 *
 * const { value, currency } = lifetimeValue(model, spend, summary, { horizon: { weeks: 52 }, level: 'none' })
 * valueDistributionPlot(value, { currency }) // '<svg …</svg>'
 */
export function valueDistributionPlot(values: ArrayLike<number>, options: ValueDistributionOptions = {}): string {
  const caller = 'valueDistributionPlot'
  const {
    of: what = 'customer lifetime value',
    currency: inCurrency = '',
    bins = 36,
    ...chart
  } = checkOptions(caller, options)
  const width = chartWidth(caller, chart)
  const of = labelText(checkText(caller, 'of', what))
  const currency = labelText(checkText(caller, 'currency', inCurrency), 8)
  checkInteger(caller, 'bins', bins, 5, 100)
  checkFinite(caller, 'values', values)
  const sorted = Float64Array.from(values).sort()
  const below = firstFrom(sorted, 0)
  const positive = sorted.subarray(firstFrom(sorted, Number.MIN_VALUE))
  checkSome(caller, 'values above 0', positive)
  const median = quantile(sorted, 0.5)
  // Divided first, for the sum of huge values would overflow.
  const mean = compensatedSum(sorted.map((value) => value / sorted.length))
  const domain = logDomain(quantile(positive, 0.01), positive.at(-1)!)
  const bars = histogram(positive, domain, bins)
  const most = bars.reduce((top, { count }) => Math.max(top, count), 1)
  const ticks = Math.min(4, most) // customers are whole
  const rest = restText(sorted.length - positive.length - below, below)
  const marks = placeMarks(
    [
      { value: median, says: `median ${moneyText(median, currency)}`, dash: 'none' },
      { value: mean, says: `mean ${moneyText(mean, currency)}`, dash: '4 3' },
    ].filter(({ value }) => value >= domain[0] && value <= domain[1]),
    (value) => (logRatio(value, domain[0]) / logRatio(domain[1], domain[0])) * (width - MARGIN.left - MARGIN.right),
    width - MARGIN.left - MARGIN.right,
  )
  return drawing(
    {
      name: `Distribution of ${of}`,
      description:
        `${decimalText(sorted.length)} customers: ${of} has a median of ${moneyText(median, currency)} and a mean of ` +
        `${moneyText(mean, currency)}${rest && `, ${rest}`}. The axis is logarithmic.`,
      height: Math.round(width * 0.62),
      margin: rest === '' ? MARGIN : { ...MARGIN, bottom: MARGIN.bottom + NOTE },
      scales: { x: { type: 'log', domain }, y: { domain: [0, most] } },
      marks: [
        gridY({ ticks }),
        axisX({
          ticks: logTicks(...domain, Math.floor(width / 64)),
          labelOffset: MARGIN.bottom - 3,
          tickFormat: shortText,
          label: `${of}${currency && `, ${currency}`}, log scale`,
        }),
        axisY({ ticks, tickFormat: shortText, label: 'customers', labelOffset: 46 }),
        rect(bars, {
          x1: 'from',
          x2: 'to',
          y1: 0,
          y2: 'count',
          fill: seriesColour(0),
          fillOpacity: 0.75,
          insetLeft: 0.5,
          insetRight: 0.5,
          title: ({ from, to, count }: Bar) =>
            `${moneyText(from, '')} to ${moneyText(to, currency)}: ${decimalText(count)} customers`,
        }),
        ruleY([0]),
        text(rest === '' ? [] : [rest], {
          frameAnchor: 'bottom-right',
          textAnchor: 'end',
          dy: MARGIN.bottom + NOTE - 4,
          text: (words: string) => words,
          fill: colour('muted'),
        }),
        ...marks.flatMap(({ value, says, dash, row, toLeft }) => [
          ruleX([value], { stroke: colour('ink'), strokeDasharray: dash, insetTop: row * 18 - 32 }),
          text([says], {
            x: value,
            frameAnchor: 'top',
            dy: row * 18 - 26,
            dx: toLeft ? -6 : 6,
            textAnchor: toLeft ? 'end' : 'start',
            fontWeight: 600,
            text: (words: string) => words,
            stroke: colour('surface'),
            strokeWidth: 4,
            fill: colour('ink'),
          }),
        ]),
      ],
    },
    width,
    options,
  )
}

/** Pixels of the line below the axis that says what is not drawn. */
const NOTE = 18

const MARGIN = { top: 58, right: 12, bottom: 46, left: 52 } as const

interface Bar {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Counts in bins of equal ratio; what lies below the domain falls into the first. */
function histogram(values: Float64Array, [low, high]: [number, number], bins: number): Bar[] {
  const counts = new Uint32Array(bins)
  const perLog = bins / logRatio(high, low)
  for (const value of values) {
    counts[Math.max(0, Math.min(bins - 1, Math.floor(logRatio(value, low) * perLog)))]!++
  }
  const edge = (bin: number) => (bin === bins ? high : Math.exp(Math.log(low) + bin / perLog))
  return Array.from(counts, (count, bin) => ({ from: edge(bin), to: edge(bin + 1), count }))
}

/** Quantile of sorted values by linear interpolation: type 7 of Hyndman & Fan. */
function quantile(sorted: Float64Array, share: number): number {
  const position = (sorted.length - 1) * share
  const below = Math.floor(position)
  return between(sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!, position - below)
}

function firstFrom(sorted: Float64Array, value: number): number {
  const found = sorted.findIndex((each) => each >= value)
  return found < 0 ? sorted.length : found
}

/** log(value / base), where the ratio itself may overflow. */
function logRatio(value: number, base: number): number {
  return Math.log(value) - Math.log(base)
}

/** What a logarithmic axis leaves out, in words. */
function restText(atZero: number, below: number): string {
  if (below === 0) return atZero === 0 ? '' : `${decimalText(atZero)} at zero not drawn`
  return `${atZero === 0 ? '' : `${decimalText(atZero)} at zero and `}${decimalText(below)} below${atZero === 0 ? ' zero' : ''} not drawn`
}
