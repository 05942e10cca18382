import { axisX, axisY, dot, gridY, line, ruleY } from '@observablehq/plot'
import type { FrequencyClass } from '../clv/frequencyClasses.ts'
import { labelMargin, linearTicks } from './axisTicks.ts'
import { checkFields, checkObjects, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { decimalText, shortText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/**
 * Calibration by frequency class: mean purchases that customers with so many repeats made, beside what was expected.
 *
 * @param classes - as of `frequencyClasses`, ascending
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a class, `BAD_SHAPE`, `BAD_OPTION`
 * @example
 * frequencyClassPlot([{ repeats: 0, isLast: false, customers: 1411, expected: 0.2, actual: 0.24 }])
 *
 * const classes = frequencyClasses(summary, expectedPurchases(model, summary, 39), after.purchaseDays)
 * frequencyClassPlot(classes) // '<svg …</svg>'
 */
export function frequencyClassPlot(classes: readonly FrequencyClass[], options: ChartOptions = {}): string {
  const caller = 'frequencyClassPlot'
  const width = chartWidth(caller, options)
  checkObjects(caller, 'classes', classes)
  checkSome(caller, 'classes', classes)
  checkFields(caller, classes, ['repeats', 'customers', 'expected', 'actual'])
  const labelOf = ({ repeats, isLast }: FrequencyClass): string => `${decimalText(repeats)}${isLast ? '+' : ''}`
  const top = classes.reduce((most, { expected, actual }) => Math.max(most, expected, actual), 0) * 1.05 || 1
  const ticks = linearTicks(top)
  const customers = classes.reduce((sum, each) => sum + each.customers, 0)
  const gap = classes.reduce((sum, each) => sum + each.customers * Math.abs(each.expected - each.actual), 0) / customers
  const series = [
    { field: 'actual', label: 'made', colour: colour('ink'), dash: 'none', symbol: 'circle' },
    { field: 'expected', label: 'expected', colour: seriesColour(1), dash: '6 3', symbol: 'square' },
  ] as const
  return drawing(
    {
      name: 'Purchases made and expected, by repeats before',
      description:
        `Mean purchases of ${decimalText(customers)} customers by their repeats before: expected and made differ by ` +
        `${decimalText(gap, 2)} a customer on average of the classes.`,
      height: Math.round(width * 0.62),
      margin: { top: 22, right: 16, bottom: 46, left: labelMargin(ticks.map(shortText), 52) },
      legend: series.map(({ label, colour, dash }) => ({ label, colour, dash, symbol: 'line' })),
      scales: {
        x: { type: 'point', domain: classes.map(labelOf) },
        y: { domain: [0, top] },
      },
      marks: [
        gridY({ ticks }),
        axisX({ label: 'repeats before the cut-off' }),
        axisY({ ticks, tickFormat: shortText, label: 'purchases a customer after it' }),
        ruleY([0]),
        ...series.flatMap(({ field, colour, dash, symbol, label }) => [
          line(classes, { x: labelOf, y: field, stroke: colour, strokeWidth: 2, strokeDasharray: dash }),
          dot(classes, {
            x: labelOf,
            y: field,
            r: 4,
            symbol,
            fill: colour,
            title: (each: FrequencyClass) =>
              `${labelOf(each)} repeats, ${decimalText(each.customers)} customers: ${decimalText(each[field], 2)} ${label}`,
          }),
        ]),
      ],
    },
    width,
    options,
  )
}
