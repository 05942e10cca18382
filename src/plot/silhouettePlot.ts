import { axisX, axisY, dot, gridY, line, ruleY, text } from '@observablehq/plot'
import { checkOptions } from '../core/checks.ts'
import { checkFields, checkObjects, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { decimalText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/** Mean silhouette of a division into `k` clusters. */
export interface SilhouettePoint {
  /** Number of clusters, from 2. */
  readonly k: number
  /** Mean silhouette width, -1 to 1. */
  readonly silhouette: number
}

/** Options of `silhouettePlot`. */
export interface SilhouetteOptions extends ChartOptions {
  /** Number of clusters that was chosen, to be marked. @default none */
  readonly chosen?: number
}

/**
 * Mean silhouette by number of clusters, with the chosen number marked.
 *
 * @param curve - ascending by `k`
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without a point, `BAD_SHAPE` if a number is not finite, `BAD_OPTION`
 * @see Rousseeuw (1987), "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis"
 * @example
 * silhouettePlot([{ k: 2, silhouette: 0.44 }, { k: 3, silhouette: 0.35 }], { chosen: 2 })
 */
export function silhouettePlot(curve: readonly SilhouettePoint[], options: SilhouetteOptions = {}): string {
  const caller = 'silhouettePlot'
  const { chosen, ...chart } = checkOptions(caller, options)
  const width = chartWidth(caller, chart)
  checkObjects(caller, 'curve', curve)
  checkSome(caller, 'curve', curve)
  checkFields(caller, curve, ['k', 'silhouette'])
  const values = curve.map(({ silhouette }) => silhouette)
  const marked = curve.filter(({ k }) => k === chosen)
  return drawing(
    {
      name: 'Mean silhouette by number of clusters',
      description: `${curve.map(({ k, silhouette }) => `${k} clusters ${decimalText(silhouette, 3)}`).join(', ')}.${
        chosen === undefined ? '' : ` ${chosen} clusters were chosen.`
      }`,
      height: Math.round(width * 0.56),
      margin: { top: 26, right: 20, bottom: 46, left: 52 },
      scales: {
        x: { type: 'point', domain: curve.map(({ k }) => k), padding: 0.3 },
        y: { domain: [Math.min(0, ...values) * 1.1, Math.max(0.1, ...values) * 1.22] },
      },
      marks: [
        gridY({ ticks: 4 }),
        axisX({ label: 'number of clusters', tickFormat: (k: number) => decimalText(k), tickSize: 0 }),
        axisY({ ticks: 4, tickFormat: (v: number) => decimalText(v, 2), label: 'mean silhouette' }),
        ruleY([0]),
        line(curve, { x: 'k', y: 'silhouette', stroke: seriesColour(0), strokeWidth: 2.25 }),
        dot(curve, { x: 'k', y: 'silhouette', r: 4, fill: seriesColour(0) }),
        dot(marked, { x: 'k', y: 'silhouette', r: 8, stroke: colour('ink'), strokeWidth: 2 }),
        text(marked, {
          x: 'k',
          y: 'silhouette',
          dy: -18,
          fontWeight: 600,
          text: ({ k, silhouette }: SilhouettePoint) => `chosen: ${k} (${decimalText(silhouette, 2)})`,
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
