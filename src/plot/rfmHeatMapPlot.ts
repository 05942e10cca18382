import { axisX, axisY, cell, text } from '@observablehq/plot'
import { badOption, checkChoice, checkInteger, checkOptions, checkText } from '../core/checks.ts'
import { checkFields, checkObjects, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { labelText } from './labelText.ts'
import { decimalText, moneyText, shortText } from './numberText.ts'
import { type ColourName, colour, HEAT_STEPS } from './theme.ts'

/** Customers with one recency score and one frequency score. */
export interface RfmCell {
  /** Recency score, 1 to `bins`; the most recent customers have the highest. */
  readonly r: number
  /** Frequency score, 1 to `bins`. */
  readonly f: number
  readonly customers: number
  /** Mean net money a customer. Not looked at where there are no customers. */
  readonly meanTotal: number
}

/** Options of `rfmHeatMapPlot`. */
export interface RfmHeatMapOptions extends ChartOptions {
  /** What the colours and the large numbers show. @default 'meanTotal' */
  readonly value?: 'meanTotal' | 'customers'
  /** Number of scores of R and of F. @default the highest score among the cells */
  readonly bins?: number
  /** Currency of `meanTotal`, ISO 4217. @default '' */
  readonly currency?: string
}

/**
 * Heat map of the recency and frequency scores, as an SVG: each cell prints its mean money and its customers.
 *
 * Colours rank the cells: each of the six shades holds a sixth of the cells with customers, because money is so skewed
 * that even steps would paint all but one cell alike.
 *
 * @param cells - one a pair of scores; missing pairs stay empty
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a cell that has customers, `BAD_SHAPE`, `BAD_OPTION`
 * @example
 * rfmHeatMapPlot([{ r: 5, f: 5, customers: 80, meanTotal: 412.5 }, { r: 1, f: 1, customers: 310, meanTotal: 22 }])
 */
export function rfmHeatMapPlot(cells: readonly RfmCell[], options: RfmHeatMapOptions = {}): string {
  const caller = 'rfmHeatMapPlot'
  const { value = 'meanTotal', bins: scored, currency: inCurrency = '', ...chart } = checkOptions(caller, options)
  const currency = labelText(checkText(caller, 'currency', inCurrency), 8)
  checkObjects(caller, 'cells', cells)
  checkChoice(caller, 'value', value, ['meanTotal', 'customers'])
  const width = chartWidth(caller, chart)
  const filled = cells.filter((each) => each.customers > 0)
  checkSome(caller, 'cells', filled)
  checkFields(caller, filled, ['r', 'f', 'customers', 'meanTotal'])
  const highest = filled.reduce((most, { r, f }) => Math.max(most, r, f), 1)
  const bins = checkInteger(caller, 'bins', scored ?? highest, 1, 9)
  if (highest > bins) throw badOption(caller, 'bins', `at least ${highest}, the highest score`, bins)
  const scores = Array.from({ length: bins }, (_, i) => i + 1)
  const ranked = filled.map((each) => each[value]).sort((a, b) => a - b)
  const step = (each: RfmCell) => heatStep(ranked, each[value])
  const small = width / bins < 64
  const best = filled.reduce((a, b) => (b[value] > a[value] ? b : a))
  const shown = value === 'customers' ? 'customers' : `mean money a customer${currency && ` (${currency})`}`
  return drawing(
    {
      name: `Recency and frequency: ${shown}`,
      description:
        `${shown} by recency score (across) and frequency score (up), ${bins} by ${bins} cells. Highest at ` +
        `R ${best.r}, F ${best.f}: ${value === 'customers' ? decimalText(best.customers) : moneyText(best.meanTotal, currency)}.`,
      height: bins * (small ? 40 : 52) + 56,
      margin: { top: 4, right: 4, bottom: 50, left: 46 },
      scales: {
        x: { domain: scores, padding: 0.04 },
        y: { domain: scores.toReversed(), padding: 0.04 },
        color: { type: 'identity' },
      },
      marks: [
        axisX({ tickSize: 0, label: `recency score R (${bins}: most recent)` }),
        axisY({ tickSize: 0, label: `frequency score F (${bins}: most often)`, labelAnchor: 'center' }),
        cell(
          scores.flatMap((r) => scores.map((f) => ({ r, f }))),
          { x: 'r', y: 'f', fill: 'none', stroke: colour('line') },
        ),
        cell(filled, { x: 'r', y: 'f', fill: (each: RfmCell) => colour(`heat-${step(each)}` as ColourName) }),
        text(filled, {
          x: 'r',
          y: 'f',
          dy: small || value === 'customers' ? 0 : -7,
          fill: (each: RfmCell) => colour(`heat-ink-${step(each)}` as ColourName),
          text: (each: RfmCell) => shortText(each[value]),
          fontWeight: 600,
          fontSize: 13,
          title: (each: RfmCell) =>
            `R ${each.r}, F ${each.f}: ${decimalText(each.customers)} customers, ` +
            `${moneyText(each.meanTotal, currency)} each`,
        }),
        small || value === 'customers'
          ? null
          : text(filled, {
              x: 'r',
              y: 'f',
              dy: 10,
              fill: (each: RfmCell) => colour(`heat-ink-${step(each)}` as ColourName),
              text: (each: RfmCell) =>
                `n ${each.customers < 1e5 ? decimalText(each.customers) : shortText(each.customers)}`,
              fontSize: 11.5,
            }),
      ],
    },
    width,
    options,
  )
}

/** Shade of a value, 1 to `HEAT_STEPS`: by its rank among the `ranked` ones; equal values share a shade. */
function heatStep(ranked: readonly number[], value: number): number {
  const first = ranked.indexOf(value)
  const last = ranked.lastIndexOf(value)
  const middle = (first + last + 1) / 2 / ranked.length
  return Math.min(HEAT_STEPS, Math.floor(middle * HEAT_STEPS) + 1)
}
