import { parseHTML } from 'linkedom/worker'
import { describe, expect, test } from 'vitest'
import { ClienteleError, type ErrorCode } from '../../src/core/errors.ts'
import {
  aliveHistoryPlot,
  clusterScatterPlot,
  concentrationPlot,
  densityPlot,
  forecastPlot,
  gainPlot,
  type HistoryGrid,
  historyMatrixPlot,
  inNotebook,
  reliabilityPlot,
  rfmHeatMapPlot,
  segmentBarPlot,
  silhouettePlot,
  valueDistributionPlot,
} from '../../src/plot/index.ts'
import { allCharts } from './charts.ts'

const HOSTILE = `<script>alert(1)</script>"onload='x'&\u202e`

describe.each(Object.entries(allCharts('loyal')))('%s', (name, svg) => {
  test('stands alone: one svg with a name, a description and its own colours for light and dark', () => {
    const { document } = parseHTML(`<html><body>${svg}</body></html>`)
    expect(document.body.children.length).toBe(1)
    const root = document.querySelector('svg')!
    expect(root.getAttribute('role')).toBe('img')
    expect(root.getAttribute('aria-label')!.length).toBeGreaterThan(8)
    expect(root.querySelector('desc')!.textContent.length).toBeGreaterThan(20)
    expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"')
    expect(svg.match(/<style>/g)).toHaveLength(1)
    expect(svg).toContain('prefers-color-scheme:dark')
  })

  test('every colour follows the theme', () => {
    const colours = [...svg.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, value]) => value)
    expect(
      colours.filter((value) => !/^(none|currentColor|var\(--clientele-[a-z0-9-]+, #[0-9a-f]{6}\))$/.test(value!)),
    ).toEqual([])
  })

  test('no coordinate is missing, and numbers are short', () => {
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    expect(svg.replace(/<style>.*<\/style>/, '')).not.toMatch(/="[^"]*\d\.\d{3}/)
  })

  test('embedded: no style and nothing that a strict policy forbids', () => {
    const embedded = allCharts('loyal', { embedded: true })[name]!
    expect(embedded).not.toMatch(/<style|\sstyle=|<script|\son[a-z]+=|href|url\(|https?:|\sid=/)
  })

  test('hostile names are drawn as text and as nothing else', () => {
    const { document } = parseHTML(`<html><body>${allCharts(HOSTILE)[name]!}</body></html>`)
    expect(document.querySelectorAll('script, img, foreignObject').length).toBe(0)
    for (const element of document.querySelectorAll('*')) {
      for (const { name: attribute } of Array.from(element.attributes)) expect(attribute).not.toMatch(/^on/)
    }
    expect(document.documentElement.textContent).not.toContain('\u202e')
  })

  test('same data, same bytes', () => {
    expect(allCharts('loyal')[name]).toBe(svg)
  })

  test('the width is the caller’s', () => {
    expect(allCharts('loyal', { width: 800 })[name]).toContain('width="800"')
  })
})

test('hostile names arrive whole where they are drawn', () => {
  const { segmentBar } = allCharts(`a<b>&"c"`)
  const { document } = parseHTML(`<html><body>${segmentBar!}</body></html>`)
  expect(Array.from(document.querySelectorAll('text'), (text) => text.textContent)).toContain('a<b>&"c"')
})

test('the name that a screen reader speaks can be given', () => {
  expect(silhouettePlot([{ k: 2, silhouette: 0.4 }], { name: 'my "name"' })).toContain(
    'aria-label="my &quot;name&quot;"',
  )
})

test('shares of segments are of the whole', () => {
  const svg = segmentBarPlot([
    { name: 'few', customers: 1, revenue: 900 },
    { name: 'many', customers: 3, revenue: 100 },
  ])
  for (const share of ['25.0%', '75.0%', '90.0%', '10.0%']) expect(svg).toContain(`>${share}<`)
})

test('two segments of one name stay two', () => {
  const twice = { name: 'same', customers: 1, revenue: 1 }
  expect(segmentBarPlot([twice, twice]).match(/>50.0%</g)).toHaveLength(4)
})

test('the concentration plot names the share of the top tenth', () => {
  expect(concentrationPlot([91, 1, 1, 1, 1, 1, 1, 1, 1, 1])).toContain('top 10% of customers: 91.0% of value')
})

test('one point of a history is a dot, for there is no curve', () => {
  const curve = { purchases: [0], unit: 'week' } as const
  expect(aliveHistoryPlot({ ...curve, age: [3], alive: [0.8] })).toContain('<circle')
  expect(aliveHistoryPlot({ ...curve, age: [3, 4], alive: [0.8, 0.7] })).not.toContain('<circle')
})

test('the first shade of a matrix says that it begins at 0 and where it ends', () => {
  const svg = historyMatrixPlot(grid([1, Number.NaN, Number.NaN, 12]))
  expect(svg).toContain('>0 to 2<')
  expect(svg).toContain('>&gt; 2<')
})

test('a density that begins next to zero is read from zero', () => {
  const zeros = (at: number[]): number => densityPlot({ at, density: [2, 1], mean: 0.4 }).match(/>0</g)!.length
  expect(zeros([0.01, 1])).toBe(2) // on both axes
  expect(zeros([0.5, 1])).toBe(1)
})

test('the histogram counts every customer above zero once', () => {
  const values = Float64Array.from({ length: 5000 }, (_, i) => (i < 50 ? 0 : Math.exp((i % 997) / 100)))
  const counts = [...valueDistributionPlot(values).matchAll(/: ([\d,]+) customers<\/title>/g)]
  expect(counts.reduce((sum, [, count]) => sum + Number(count!.replace(',', '')), 0)).toBe(4950)
  expect(valueDistributionPlot(values)).toContain('50 at zero not drawn')
})

test('what a logarithmic axis cannot show is told, zeros apart from what is below', () => {
  const says = (values: number[]): string => /[^>]*not drawn/.exec(valueDistributionPlot(values))?.[0] ?? ''
  // Values of customers who cost more than they bring were once told to be zero.
  expect(says([-5, -3, 0, 2, 10])).toContain('1 at zero and 2 below not drawn')
  expect(says([-5, -3, 2, 10])).toContain('2 below zero not drawn')
  expect(says([0, 0, 2, 10])).toContain('2 at zero not drawn')
  expect(says([2, 10])).toBe('')
})

test('customers are counted in whole numbers', () => {
  expect(valueDistributionPlot([2, 10])).not.toContain('>0.5<')
})

test.each([
  [1e-300, 1, 1e300],
  [Number.MIN_VALUE, Number.MIN_VALUE, Number.MAX_VALUE],
  [1e308, 1e308, 1e308],
])('values as far apart as doubles go are drawn: %d, %d, %d', (...values) => {
  const svg = valueDistributionPlot(values, { currency: 'USD' })
  expect(svg).not.toMatch(/NaN|Infinity|\d{8}/)
  expect(concentrationPlot(values)).not.toMatch(/NaN|Infinity/)
})

test('huge money is written in powers of ten', () => {
  expect(valueDistributionPlot([1e-300, 1, 1e300])).toContain('mean 3.33e299')
})

test('labels of small densities fit before their axis, and tell their ticks apart', () => {
  const small = densityPlot({ at: [0, 1], density: [1.2e-112, 3e-112], mean: 0.5 })
  for (const label of ['1e−112', '2e−112', '3e−112']) expect(small).toContain(`>${label}<`)
  const room = (svg: string): number => Number(/<line[^>]*x1="(\d+)"/.exec(svg)![1])
  expect(room(densityPlot({ at: [0, 1], density: [1, 3], mean: 0.5 }))).toBe(52)
  expect(room(small)).toBeGreaterThan(6 * 8.3) // characters of 8.3 pixels, the widest of usual fonts
  expect(densityPlot({ at: [0, 1], density: [0, 0], mean: 0.5 })).not.toContain('NaN')
})

test('a matrix of zeros has the scale of any other', () => {
  const svg = historyMatrixPlot(grid([0, 0, 0, 0]))
  expect(svg).toContain('>0 to 0.17<')
  expect(svg).toContain('>&gt; 0.83<')
})

test('all values equal is a histogram too', () => {
  expect(valueDistributionPlot([5, 5, 5])).not.toContain('NaN')
})

test('at most as many points as asked for, always the same ones', () => {
  const n = 10_000
  const rows = Float64Array.from({ length: n }, (_, i) => 1 + (i % 100))
  const points = { sinceLast: rows, purchases: rows, total: rows, cluster: new Uint8Array(n), names: ['all'] }
  const svg = clusterScatterPlot(points, { maxPoints: 100, seed: 3 })
  expect(svg.match(/<circle|<path[^>]*transform="translate\(\d[^>]*\/>/g)!.length).toBeLessThan(130)
  expect(clusterScatterPlot(points, { maxPoints: 100, seed: 3 })).toBe(svg)
  expect(clusterScatterPlot(points, { maxPoints: 100, seed: 4 })).not.toBe(svg)
})

test('customers without money or of today stand at the edge of the logarithmic axes', () => {
  const points = { sinceLast: [0, 1, 20], purchases: [1, 1, 2], total: [-5, 0, 30], cluster: [0, 0, 0], names: ['all'] }
  expect(clusterScatterPlot(points)).not.toMatch(/NaN|Infinity/)
})

test('one value for a whole cell is printed with its customers', () => {
  const svg = rfmHeatMapPlot([{ r: 1, f: 2, customers: 1234, meanTotal: 56.78 }], { currency: 'EUR' })
  expect(svg).toContain('>56.8<')
  expect(svg).toContain('n 1,234')
  expect(svg.replaceAll('&#160;', ' ')).toContain('R 1, F 2: 1,234 customers, 56.78 EUR each')
})

test('the sum of the steps is drawn and told', () => {
  const track = { steps: [1, 2], expected: [10, 20], actual: [11, 22], unit: 'week' } as const
  expect(forecastPlot(track, { show: 'cumulative' })).toContain('In all, 33 purchases were made and 30.0 expected')
  expect(forecastPlot({ ...track, steps: [-1, 1] })).toContain('>cut-off<')
})

test('a notebook is handed the chart by media type', () => {
  const shown = inNotebook('<svg></svg>') as unknown as Record<symbol, () => Record<string, string>>
  expect(shown[Symbol.for('Jupyter.display')]!()['image/svg+xml']).toBe('<svg></svg>')
})

const REFUSALS: readonly (readonly [ErrorCode, string, () => string])[] = [
  ['NOT_ENOUGH_DATA', 'no segment', () => segmentBarPlot([])],
  ['BAD_SHAPE', 'revenue NaN', () => segmentBarPlot([{ name: 'a', customers: 1, revenue: Number.NaN }])],
  ['BAD_OPTION', 'width 0', () => segmentBarPlot([{ name: 'a', customers: 1, revenue: 1 }], { width: 0 })],
  ['NOT_ENOUGH_DATA', 'no cell with customers', () => rfmHeatMapPlot([{ r: 1, f: 1, customers: 0, meanTotal: 0 }])],
  ['BAD_OPTION', 'bins 1', () => rfmHeatMapPlot([{ r: 2, f: 2, customers: 3, meanTotal: 1 }], { bins: 1 })],
  ['NOT_ENOUGH_DATA', 'no point', () => clusterScatterPlot(scatter([]))],
  ['BAD_SHAPE', 'short column', () => clusterScatterPlot({ ...scatter([1, 2]), total: [1] })],
  ['BAD_SHAPE', 'infinite', () => clusterScatterPlot(scatter([Number.POSITIVE_INFINITY]))],
  ['BAD_SHAPE', 'cluster without a name', () => clusterScatterPlot({ ...scatter([1]), cluster: [1] })],
  ['BAD_OPTION', 'maxPoints 5,000', () => clusterScatterPlot(scatter([1]), { maxPoints: 5000 })],
  ['NOT_ENOUGH_DATA', 'no value above 0', () => valueDistributionPlot([0, -1])],
  ['BAD_SHAPE', 'NaN', () => valueDistributionPlot([Number.NaN])],
  ['NOT_ENOUGH_DATA', 'sum of 0', () => concentrationPlot([0, 0])],
  ['BAD_OPTION', 'share 2', () => concentrationPlot([1], { share: 2 })],
  ['NOT_ENOUGH_DATA', 'no bin', () => reliabilityPlot([{ name: 'a', bins: [] }])],
  ['NOT_ENOUGH_DATA', 'no point', () => gainPlot([])],
  [
    'BAD_SHAPE',
    'NaN',
    () => gainPlot([{ name: 'a', curve: { share: Float64Array.of(1), recall: Float64Array.of(Number.NaN) } }]),
  ],
  ['BAD_SHAPE', 'short column', () => forecastPlot({ steps: [1], expected: [], actual: [1], unit: 'week' })],
  ['NOT_ENOUGH_DATA', 'no step', () => forecastPlot({ steps: [], expected: [], actual: [], unit: 'week' })],
  ['NOT_ENOUGH_DATA', 'no cell', () => historyMatrixPlot(grid(Array(4).fill(Number.NaN)))],
  ['BAD_SHAPE', 'short matrix', () => historyMatrixPlot({ ...grid([1, 1]), unit: 'day' })],
  ['BAD_OPTION', 'no such matrix', () => historyMatrixPlot(grid([1, 1, 1, 1]), { show: 'age' as 'alive' })],
  ['NOT_ENOUGH_DATA', 'no point', () => silhouettePlot([])],
]

test.each(REFUSALS)('refuses with %s: %s', (code, _, draw) => {
  expect(draw).toThrow(ClienteleError)
  expect(draw).toThrow(expect.objectContaining({ code }))
})

function grid(expected: readonly number[]): HistoryGrid {
  return { unit: 'week', repeats: [0, 1], ageAtLast: [0, 10], horizon: 10, expected, alive: [1, 1, 1, 1] }
}

function scatter(values: number[]) {
  return { sinceLast: values, purchases: values, total: values, cluster: values.map(() => 0), names: ['all'] }
}
