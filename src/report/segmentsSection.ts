import { rfmHeatMapPlot, segmentBarPlot } from '../plot/index.ts'
import { decimalText, moneyText, percentText } from '../plot/numberText.ts'
import { figureHtml, figuresHtml } from './figure.ts'
import { html, named } from './html.ts'
import type { ReportData, SegmentRow } from './reportData.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'
import { valueWords } from './valueWords.ts'

/** Segments as a table and as bars, and the scores behind them as a heat map. */
export function segmentsSection(data: ReportData): Section | undefined {
  const { segments, totals, rfm, currency, horizons } = data
  if (segments.length === 0) return undefined
  const value = valueWords(data.lifetimeValue)
  const money = currency === '' ? '' : `, ${currency}`
  const rows = segments.map((segment) => [
    named(segment.name),
    decimalText(segment.customers),
    percentText(segment.customers / totals.customers),
    moneyText(segment.revenue, '', 0),
    percentText(segment.revenue / totals.revenue),
    percentText(segment.customers > 0 ? segment.meanChurnRisk : Number.NaN, 0),
    moneyText(segment.customers > 0 ? segment.meanLifetimeValue : Number.NaN, '', 2),
  ])
  const all = [
    'All',
    decimalText(totals.customers),
    percentText(1),
    moneyText(totals.revenue, '', 0),
    percentText(1),
    percentText(
      meanOver(segments, ({ meanChurnRisk }) => meanChurnRisk),
      0,
    ),
    moneyText(
      meanOver(segments, ({ meanLifetimeValue }) => meanLifetimeValue),
      '',
      2,
    ),
  ]
  const cells = rfm.cells.filter(({ customers }) => customers > 0)
  const figures = [
    figureHtml(
      segmentBarPlot(segments, { embedded: true }),
      'A segment whose share of revenue is longer than its share of customers spends more than the average.',
    ),
    ...(cells.length > 0
      ? [
          figureHtml(
            rfmHeatMapPlot(cells, { bins: rfm.bins, currency, embedded: true }),
            `Mean money a customer${money} for each pair of scores; n is the number of customers. Each shade holds a sixth of the cells.`,
          ),
        ]
      : []),
  ]
  return {
    id: 'segments',
    title: 'Segments',
    body: html`<p>Each customer is scored from 1 to ${decimalText(rfm.bins)} by how recently, how often and for how much they bought; the scores name the segment.</p>
${tableHtml({
  caption: `Segments: churn risk is the probability of no purchase within ${horizons.churn}, ${value.meaning} within ${horizons.value}`,
  columns: [
    { head: 'Segment', kind: 'text' },
    { head: 'Customers' },
    { head: 'Share of customers' },
    { head: `Revenue${money}` },
    { head: 'Share of revenue' },
    { head: 'Mean churn risk' },
    { head: `Mean ${value.head.toLowerCase()}${money}` },
  ],
  rows: [...rows, all],
  footRows: 1,
})}${figuresHtml(figures)}`,
  }
}

/** The mean over all customers of what is known as means of segments. */
function meanOver(segments: readonly SegmentRow[], mean: (segment: SegmentRow) => number): number {
  const filled = segments.filter(({ customers }) => customers > 0)
  const customers = filled.reduce((sum, segment) => sum + segment.customers, 0)
  return filled.reduce((sum, segment) => sum + segment.customers * mean(segment), 0) / customers
}
