import { randomFrom } from '../../src/core/random.ts'
import {
  aliveHistoryPlot,
  type ChartOptions,
  clusterScatterPlot,
  concentrationPlot,
  densityPlot,
  forecastPlot,
  frequencyClassPlot,
  gainPlot,
  historyMatrixPlot,
  reliabilityPlot,
  rfmHeatMapPlot,
  segmentBarPlot,
  silhouettePlot,
  valueDistributionPlot,
} from '../../src/plot/index.ts'

/** Every chart, drawn of seeded data in which `label` stands wherever a name may stand. */
export function allCharts(label: string, options: ChartOptions = {}): Record<string, string> {
  const random = randomFrom(7)
  const column = (make: () => number) => Float64Array.from({ length: 3000 }, make)
  const values = column(() => Math.exp(4 * random.unit() + 3 * random.unit() ** 4))
  const names = [label, 'regular customers', 'once and gone']
  const bins = [0.2, 0.4, 0.6, 0.8].map((p) => ({
    predicted: p,
    observed: p + 0.02,
    low: p - 0.03,
    high: p + 0.07,
    rows: 50,
  }))
  const steps = [1, 2, 3, 4, 5, 6, 7, 8]
  const track = {
    steps,
    expected: steps.map((s) => 60 - s),
    actual: steps.map((s) => 62 - s - (s % 3) * 4),
    unit: 'week',
  } as const
  const share = Float64Array.of(0, 0.1, 0.3, 0.6, 1)
  const gain = { share, recall: share.map((chosen) => chosen ** 0.6) }
  return {
    segmentBar: segmentBarPlot(
      names.map((name, i) => ({ name, customers: 100 * (i + 1), revenue: 9000 / (i + 1) })),
      options,
    ),
    rfmHeatMap: rfmHeatMapPlot(
      Array.from({ length: 25 }, (_, i) => ({
        r: (i % 5) + 1,
        f: Math.floor(i / 5) + 1,
        customers: i === 20 ? 0 : 20 + i * 37,
        meanTotal: 15 + i * i,
      })),
      { ...options, currency: label },
    ),
    clusterScatter: clusterScatterPlot(
      {
        sinceLast: column(() => Math.floor(random.unit() ** 2 * 540) / 7),
        purchases: column(() => 1 + Math.floor(20 * random.unit() ** 5)),
        total: values,
        cluster: column(() => random.below(3)),
        names,
      },
      {
        ...options,
        currency: label,
        centers: [
          { sinceLast: 2, total: 300 },
          { sinceLast: 12, total: 80 },
          { sinceLast: 50, total: 20 },
        ],
      },
    ),
    aliveHistory: aliveHistoryPlot(
      { age: steps, alive: steps.map((s) => 1 / s), purchases: [1, 3.5], unit: 'day' },
      options,
    ),
    density: densityPlot({ at: steps, density: steps.map((s) => 1 / s), mean: 3 }, { ...options, of: label }),
    frequencyClass: frequencyClassPlot(
      [0, 1, 2, 3].map((repeats) => ({
        repeats,
        isLast: repeats === 3,
        customers: 100 - repeats,
        expected: 0.2 + 0.5 * repeats,
        actual: 0.25 + 0.45 * repeats,
      })),
      options,
    ),
    historyMatrix: historyMatrixPlot(
      {
        repeats: steps,
        ageAtLast: steps,
        unit: 'week',
        horizon: 39,
        expected: steps.flatMap((x) => steps.map((t) => (x === 1 ? Number.NaN : (x * t) / 64))),
        alive: [],
      },
      { ...options, most: 1 },
    ),
    valueDistribution: valueDistributionPlot(values, { ...options, of: label, currency: label }),
    concentration: concentrationPlot(values, { ...options, of: label }),
    reliability: reliabilityPlot(
      [
        { name: label, bins },
        { name: 'recency', bins: bins.slice(1) },
      ],
      options,
    ),
    gain: gainPlot(
      [
        { name: label, curve: gain },
        { name: 'recency', curve: { share: share.slice(1), recall: gain.recall.slice(1) } },
      ],
      { ...options, positives: label },
    ),
    lift: gainPlot([{ name: label, curve: gain }], { ...options, show: 'lift' }),
    forecast: forecastPlot(track, options),
    forecastCumulative: forecastPlot(track, { ...options, show: 'cumulative' }),
    silhouette: silhouettePlot(
      [2, 3, 4, 5].map((k) => ({ k, silhouette: 0.9 / k })),
      { ...options, chosen: 3 },
    ),
  }
}
