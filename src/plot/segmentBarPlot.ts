import { axisFy, axisX, barX, gridX, ruleX, text } from '@observablehq/plot'
import { checkFields, checkObjects, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { labelText, labelWidth } from './labelText.ts'
import { decimalText, percentText } from './numberText.ts'
import { seriesColour } from './theme.ts'

/** One segment: how many customers it has and what they spent. */
export interface SegmentBar {
  readonly name: string
  /** Number of customers. */
  readonly customers: number
  /** Net money, in any currency. */
  readonly revenue: number
}

const MEASURES = [
  { key: 'customers', label: 'share of customers', series: 0 },
  { key: 'revenue', label: 'share of revenue', series: 1 },
] as const

/**
 * Bars of the share of customers and the share of revenue in each segment, as an SVG.
 *
 * @param segments - in the order in which they are drawn, from the top
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without segments, `BAD_SHAPE` if a number is not finite, `BAD_OPTION`
 * @example
 * segmentBarPlot([{ name: 'Champions', customers: 120, revenue: 48210 }, { name: 'Lost', customers: 610, revenue: 9020 }])
 */
export function segmentBarPlot(segments: readonly SegmentBar[], options: ChartOptions = {}): string {
  const caller = 'segmentBarPlot'
  const width = chartWidth(caller, options)
  checkObjects(caller, 'segments', segments)
  checkSome(caller, 'segments', segments)
  checkFields(caller, segments, ['customers', 'revenue'])
  const bars = MEASURES.flatMap(({ key }) => {
    const values = segments.map((segment) => segment[key])
    const whole = values.reduce((sum, value) => sum + value, 0)
    return values.map((value, i) => ({ i, key, share: whole > 0 ? value / whole : 0 }))
  })
  const names = segments.map((segment) => labelText(segment.name, 22))
  const low = Math.min(0, ...bars.map((bar) => bar.share))
  const high = Math.max(0.01, ...bars.map((bar) => bar.share))
  const widest = segments[indexOfLargest(segments.map((segment) => segment.revenue))]!
  return drawing(
    {
      name: 'Customers and revenue by segment',
      description:
        `Shares of customers and of revenue in ${segments.length} segments. ` +
        `The largest by revenue is ${labelText(widest.name)}, with ${decimalText(widest.customers)} customers.`,
      height: segments.length * 38 + 50,
      margin: { top: 2, right: 12, bottom: 44, left: Math.max(60, ...names.map(labelWidth)) + 16 },
      legend: MEASURES.map(({ label, series }) => ({ label, colour: seriesColour(series), symbol: 'bar' })),
      scales: {
        // Room on the right for the number behind the longest bar.
        x: { domain: [low < 0 ? low * 1.3 : 0, high * 1.22], label: 'share of all' },
        y: { axis: null, paddingInner: 0.08, paddingOuter: 0.35, domain: MEASURES.map(({ key }) => key) },
        fy: { domain: segments.map((_, i) => i), padding: 0 },
      },
      marks: [
        gridX({ ticks: 4 }),
        axisX({ ticks: 4, tickFormat: (share: number) => percentText(share, 0), label: 'share of all' }),
        axisFy({ anchor: 'left', tickFormat: (i: number) => names[i]!, label: null }),
        ...MEASURES.map(({ key, series }) =>
          barX(
            bars.filter((bar) => bar.key === key),
            { fy: 'i', y: 'key', x: 'share', fill: seriesColour(series) },
          ),
        ),
        text(bars, {
          fy: 'i',
          y: 'key',
          x: (bar: { share: number }) => Math.max(0, bar.share),
          text: (bar: { share: number }) => percentText(bar.share),
          textAnchor: 'start',
          dx: 5,
          fontSize: 12,
        }),
        ruleX([0]),
      ],
    },
    width,
    options,
  )
}

function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0)
}
