import { axisX, axisY, gridX, gridY, line } from '@observablehq/plot'
import { checkChoice, checkOptions, checkText } from '../core/checks.ts'
import { checkForm, type Form } from '../core/form.ts'
import type { GainCurve } from '../metrics/lift.ts'
import { checkFields, checkObjects, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { labelText } from './labelText.ts'
import { seriesDash } from './legend.ts'
import { decimalText, percentText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/** How much choosing by a scorer's highest scores finds. */
export interface ScorerGain {
  readonly name: string
  /** As `gainCurve` returns it. */
  readonly curve: Pick<GainCurve, 'share' | 'recall'>
}

/** Options of `gainPlot`. */
export interface GainOptions extends ChartOptions {
  /** `gain`: share of the positives found. `lift`: how many times as many as by chance. @default 'gain' */
  readonly show?: 'gain' | 'lift'
  /** What the positives are, for the axis. @default 'positives' */
  readonly positives?: string
}

/**
 * Gain or lift curves of several scorers: what choosing the highest scores finds, against choosing by chance.
 *
 * @param curves - at most six are told apart without colour
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a point, `BAD_SHAPE` if a number is not finite, `BAD_OPTION`
 * @example
 * gainPlot([{ name: 'model', curve: gainCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1]) }])
 */
export function gainPlot(curves: readonly ScorerGain[], options: GainOptions = {}): string {
  const caller = 'gainPlot'
  const { show = 'gain', positives: what = 'positives', ...chart } = checkOptions(caller, options)
  const width = chartWidth(caller, chart)
  const positives = labelText(checkText(caller, 'positives', what))
  checkChoice(caller, 'show', show, ['gain', 'lift'])
  checkObjects(caller, 'curves', curves)
  curves.forEach(({ name, curve }, i) => {
    checkText(caller, `curves[${i}].name`, name)
    checkForm(caller, `curves[${i}].curve`, curve, GAIN_CURVE)
  })
  // Lift is undefined where nobody is chosen yet.
  const drawn = curves.map(({ curve }) =>
    Array.from(curve.share, (chosen, i): GainPoint => ({ chosen, captured: curve.recall[i]! })).filter(
      ({ chosen }) => show === 'gain' || chosen > 0,
    ),
  )
  const all = drawn.flat()
  checkSome(caller, 'curves', all)
  checkFields(caller, all, ['chosen', 'captured'])
  const y = ({ chosen, captured }: GainPoint) => (show === 'gain' ? captured : captured / chosen)
  // Lift is compared with 1, not with 0, so its axis shows what lies about 1, to whole tenths.
  const lifts = all.map(y)
  const domain =
    show === 'gain'
      ? [0, 1]
      : [
          Math.floor(lifts.reduce((a, b) => Math.min(a, b), 1) * 10 - 0.5) / 10,
          Math.ceil(lifts.reduce((a, b) => Math.max(a, b), 1) * 10 + 0.5) / 10,
        ]
  const chance = show === 'gain' ? (chosen: number) => chosen : () => 1
  return drawing(
    {
      name: show === 'gain' ? `Share of ${positives} found by share of customers chosen` : `Lift over chance`,
      description: `${curves.map(({ name }) => name).join(', ')}: ${
        show === 'gain' ? `share of ${positives} found` : `how many times as many ${positives} are found as by chance`
      }, against the share of customers chosen by the highest scores.`,
      height: Math.round(width * 0.8),
      margin: { top: 22, right: 24, bottom: 46, left: 52 },
      legend: [
        ...curves.map(({ name }, i) => ({
          label: name,
          colour: seriesColour(i),
          symbol: 'line' as const,
          dash: seriesDash(i),
        })),
        { label: 'by chance', colour: colour('muted'), symbol: 'line', dash: '3 3' },
      ],
      scales: { x: { domain: [0, 1] }, y: { domain } },
      marks: [
        gridX({ ticks: 5 }),
        gridY({ ticks: 5 }),
        axisX({
          ticks: 5,
          tickFormat: (x: number) => percentText(x, 0),
          label: 'customers chosen, highest score first',
        }),
        axisY({
          ticks: 5,
          tickFormat: show === 'gain' ? (v: number) => percentText(v, 0) : (v: number) => `${decimalText(v, 2)}×`,
          label: show === 'gain' ? `${positives} found` : 'lift over chance',
        }),
        line([0, 1], { x: (x: number) => x, y: chance, stroke: colour('muted'), strokeDasharray: '3 3' }),
        ...drawn.map((points, i) =>
          line(points, { x: 'chosen', y, stroke: seriesColour(i), strokeWidth: 2.25, strokeDasharray: seriesDash(i) }),
        ),
      ],
    },
    width,
    options,
  )
}

interface GainPoint {
  /** Share of the customers chosen. */
  readonly chosen: number
  /** Share of all positives that are among them. */
  readonly captured: number
}

const GAIN_CURVE: Form = {
  is: 'a curve, as gainCurve makes it',
  fields: { share: 'list', recall: 'list' },
}
