import { axisX, axisY, dot, gridX, gridY, text } from '@observablehq/plot'
import { checkInteger, checkLength, checkList, checkObject, checkOptions, checkText } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSeed, randomFrom, sampleRows } from '../core/random.ts'
import { checkUnit } from '../core/timeUnit.ts'
import { logDomain, logTicks } from './axisTicks.ts'
import { checkFinite, checkObjects, checkSome } from './chartData.ts'
import { type ChartOptions, chartWidth } from './chartOptions.ts'
import { drawing } from './drawing.ts'
import { labelText } from './labelText.ts'
import { seriesSymbol } from './legend.ts'
import { decimalText, shortText } from './numberText.ts'
import { colour, seriesColour } from './theme.ts'

/** Customers as points, column by column; a row each. */
export interface ClusterPoints {
  /** Last purchase → as-of day, in `timeUnit`s. */
  readonly sinceLast: ArrayLike<number>
  /** Number of purchases. */
  readonly purchases: ArrayLike<number>
  /** Net money. */
  readonly total: ArrayLike<number>
  /** Cluster of each customer, an index into `names`. */
  readonly cluster: ArrayLike<number>
  /** Names of the clusters. */
  readonly names: readonly string[]
}

/** Middle of a cluster, in the units of the points. */
export interface ClusterCenter {
  readonly sinceLast: number
  readonly total: number
}

/** Options of `clusterScatterPlot`. */
export interface ClusterScatterOptions extends ChartOptions {
  /** Most points drawn, 1 to 2,000; a seeded sample of the customers if there are more. @default 1200 */
  readonly maxPoints?: number
  /** Decides which customers are drawn. @default 1 */
  readonly seed?: number
  /** Centres of the clusters, marked with their numbers. @default none */
  readonly centers?: readonly ClusterCenter[]
  /** Unit of `sinceLast`. @default 'week' */
  readonly timeUnit?: 'day' | 'week'
  /** Currency of `total`, ISO 4217. @default '' */
  readonly currency?: string
}

/**
 * Customers by time since the last purchase and by money, both on logarithmic axes, coloured and shaped by cluster; the
 * area of a point grows with the purchases. Values of zero and below stand at the lowest positive value.
 *
 * Costs about 15 ms and 80 bytes a point drawn.
 *
 * @returns the text of an `<svg>` element
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without points, `BAD_SHAPE` for columns of different length or numbers
 * that are not finite, `BAD_OPTION`
 * @example
 * clusterScatterPlot({ sinceLast: [2, 40], purchases: [9, 1], total: [310, 12], cluster: [0, 1], names: ['loyal', 'once'] })
 */
export function clusterScatterPlot(points: ClusterPoints, options: ClusterScatterOptions = {}): string {
  const caller = 'clusterScatterPlot'
  const {
    maxPoints = 1200,
    seed = 1,
    centers = [],
    timeUnit = 'week',
    currency: inCurrency = '',
    ...chart
  } = checkOptions(caller, options)
  const width = chartWidth(caller, chart)
  const currency = labelText(checkText(caller, 'currency', inCurrency), 8)
  checkUnit(caller, timeUnit)
  checkObjects(caller, 'centers', centers)
  const size = checkInteger(caller, 'maxPoints', maxPoints, 1, 2000)
  const random = randomFrom(checkSeed(caller, seed))
  checkPoints(caller, points)
  const rows = Array.from(sampleRows(points.cluster.length, size, random))
  const x = positiveAxis(rows, points.sinceLast)
  const y = positiveAxis(rows, points.total)
  const most = rows.reduce((highest, row) => Math.max(highest, points.purchases[row]!), 2)
  const money = currency === '' ? 'money' : `money, ${currency}`
  return drawing(
    {
      name: 'Clusters of customers by time since the last purchase and by money',
      description:
        `${decimalText(rows.length)} of ${decimalText(points.cluster.length)} customers in ${points.names.length} clusters. ` +
        `Both axes are logarithmic; the area of a point grows with the number of purchases.`,
      height: Math.round(width * 0.72),
      margin: { top: 22, right: 12, bottom: 46, left: 48 },
      legend: points.names.map((label, i) => ({
        label: `${i + 1} ${label}`,
        colour: seriesColour(i),
        symbol: seriesSymbol(i),
      })),
      scales: {
        // Room for the largest points and the marks of centres, whose middle may lie at an end.
        x: { type: 'log', domain: x.domain, inset: 9 },
        y: { type: 'log', domain: y.domain, inset: 9 },
        r: { type: 'sqrt', domain: [1, most], range: [1.8, 7] },
      },
      marks: [
        gridX({ ticks: x.ticks }),
        gridY({ ticks: y.ticks }),
        axisX({ ticks: x.ticks, tickFormat: shortText, label: `${timeUnit}s since the last purchase, log scale` }),
        axisY({ ticks: y.ticks, tickFormat: shortText, label: `${money} in total, log scale` }),
        ...points.names.map((_, i) =>
          dot(
            rows.filter((row) => points.cluster[row] === i),
            {
              x: (row: number) => x.place(points.sinceLast[row]!),
              y: (row: number) => y.place(points.total[row]!),
              r: (row: number) => points.purchases[row]!,
              symbol: seriesSymbol(i),
              fill: seriesColour(i),
              fillOpacity: 0.5,
            },
          ),
        ),
        dot(centers, {
          x: (center: ClusterCenter) => x.place(center.sinceLast),
          y: (center: ClusterCenter) => y.place(center.total),
          r: 10,
          fill: colour('surface'),
          stroke: colour('ink'),
          strokeWidth: 1.5,
        }),
        text(centers, {
          x: (center: ClusterCenter) => x.place(center.sinceLast),
          y: (center: ClusterCenter) => y.place(center.total),
          text: (_: ClusterCenter, i: number) => String(i + 1),
          fontWeight: 700,
          fontSize: 12,
        }),
      ],
    },
    width,
    options,
  )
}

/** A logarithmic axis over the given rows, and where a value stands on it. */
function positiveAxis(
  rows: readonly number[],
  values: ArrayLike<number>,
): { domain: [number, number]; ticks: number[]; place: (value: number) => number } {
  const positive = rows.map((row) => values[row]!).filter((value) => value > 0)
  const low = positive.length > 0 ? positive.reduce((a, b) => Math.min(a, b)) : 1
  const high = positive.reduce((a, b) => Math.max(a, b), low)
  const domain = logDomain(low, high)
  return { domain, ticks: logTicks(...domain), place: (value) => Math.min(Math.max(value, low), domain[1]) }
}

function checkPoints(caller: string, points: ClusterPoints): void {
  const rows = checkObject(caller, 'points', points).cluster?.length
  checkSome(caller, 'cluster', points.cluster)
  checkList(caller, 'names', points.names)
  for (const name of ['sinceLast', 'purchases', 'total'] as const) {
    checkLength(caller, name, points[name], rows)
    checkFinite(caller, name, points[name])
  }
  for (let row = 0; row < rows; row++) {
    if (points.names[points.cluster[row]!] !== undefined) continue
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: "cluster" must hold indices into the ${points.names.length} names, got ${points.cluster[row]} at index ${row}`,
    )
  }
}
