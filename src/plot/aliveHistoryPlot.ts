import { axisX, axisY, dot, gridY, line, ruleX, ruleY } from '@observablehq/plot'
import { badOption, checkChoice, checkLength, checkObject } from '../core/checks.ts'
import { checkFinite, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { countText, percentText, shortText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/** P(alive) of one customer along the history: what `aliveHistory` hands out, or written down. */
export interface AliveCurve {
  /** Times since the first purchase, ascending. */
  readonly age: ArrayLike<number>
  /** P(alive) at each time. */
  readonly alive: ArrayLike<number>
  /** Times of the purchases. */
  readonly purchases: ArrayLike<number>
  /** Unit of the times. */
  readonly unit: 'day' | 'week' | 'period'
}

/**
 * History of P(alive) of one customer: it falls in silence and rises with each purchase, which a line marks.
 *
 * @param curve - as of `aliveHistory`
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without an age; `BAD_SHAPE`; `BAD_OPTION` for what is no probability
 * @example
 * aliveHistoryPlot({ age: [0, 7, 14, 21], alive: [1, 0.97, 0.99, 0.96], purchases: [0, 10], unit: 'day' })
 *
 * const history = purchaseAges(table, '0001', { asOf: '1998-06-30' })
 * aliveHistoryPlot(aliveHistory(model, history)) // '<svg …</svg>', the same of a customer of a table
 */
export function aliveHistoryPlot(curve: AliveCurve, options: ChartOptions = {}): string {
  const caller = 'aliveHistoryPlot'
  const width = chartWidth(caller, options)
  const { age, alive, purchases, unit } = checkObject(caller, 'curve', curve)
  checkChoice(caller, 'unit', unit, ['day', 'week', 'period'])
  checkSome(caller, 'age', age)
  checkLength(caller, 'alive', alive, age.length)
  for (const name of ['age', 'alive', 'purchases'] as const) checkFinite(caller, name, curve[name])
  const wrong = Array.from(alive).find((share) => share < 0 || share > 1)
  if (wrong !== undefined) throw badOption(caller, 'alive', 'probabilities', wrong)
  const points = Array.from(age, (time, i) => ({ time, alive: alive[i]! }))
  const [first, last] = [points[0]!, points.at(-1)!]
  const isPoint = first.time === last.time // no curve, but a dot
  return drawing(
    {
      name: 'Probability that the customer is still active',
      description:
        `${countText(purchases.length, 'purchase')} in ${shortText(last.time)} ${unit}s; at the end the probability of ` +
        `being active is ${percentText(last.alive)}.`,
      height: Math.round(width * 0.5),
      margin: { top: 30, right: 16, bottom: 46, left: 56 },
      legend: [
        { label: 'P(alive)', colour: seriesColour(0), symbol: 'line' },
        { label: 'purchase', colour: colour('muted'), symbol: 'line', dash: '3 3' },
      ],
      scales: { x: { domain: [first.time, isPoint ? first.time + 1 : last.time] }, y: { domain: [0, 1] } },
      marks: [
        gridY({ ticks: 4 }),
        axisX({ ticks: 6, tickFormat: shortText, label: `${unit}s since the first purchase` }),
        axisY({ ticks: 4, tickFormat: (share: number) => percentText(share, 0), label: 'P(alive)' }),
        ruleY([0]),
        ruleX(Array.from(purchases), { stroke: colour('muted'), strokeDasharray: '3 3' }),
        line(points, { x: 'time', y: 'alive', stroke: seriesColour(0), strokeWidth: 2.25 }),
        isPoint ? dot([last], { x: 'time', y: 'alive', r: 4.5, fill: seriesColour(0) }) : null,
      ],
    },
    width,
    options,
  )
}
