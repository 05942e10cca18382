import { clusterScatterPlot, silhouettePlot } from '../plot/index.ts'
import { decimalText, moneyText, percentText } from '../plot/numberText.ts'
import { figureHtml, figuresHtml } from './figure.ts'
import { html, named } from './html.ts'
import type { ClusterFacts, ReportData } from './reportData.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'

/** Clusters in words, as a scatter plot, and how clearly they stand apart. */
export function clustersSection({ clusters: facts, totals, timeUnit, currency }: ReportData): Section | undefined {
  if (facts === undefined || facts.clusters.length === 0) return undefined
  const { clusters, points, silhouettes } = facts
  const money = currency === '' ? '' : `, ${currency}`
  const centers = clusters.map(({ center }) => center)
  const names = clusters.map(({ name }) => name)
  const figures = [
    ...(points.cluster.length > 0
      ? [
          figureHtml(
            clusterScatterPlot({ ...points, names }, { centers, timeUnit, currency, embedded: true }),
            'A sample of the customers. The area of a point grows with the purchases; circled numbers are the centres.',
          ),
        ]
      : []),
    ...(silhouettes.length > 0
      ? [
          figureHtml(
            silhouettePlot(silhouettes, { chosen: clusters.length, embedded: true }),
            'The silhouette compares a customer with the own cluster and with the next one: 1 is far apart, 0 is on the border.',
          ),
        ]
      : []),
  ]
  return {
    id: 'clusters',
    title: 'Clusters',
    body: html`<p>Groups that the data form by themselves: ${facts.method}. ${structure(facts)}</p>
${tableHtml({
  caption: 'Clusters with the values at their centres',
  columns: [
    { head: 'Cluster', kind: 'prose' },
    { head: 'Customers' },
    { head: 'Share' },
    { head: `${timeUnit === 'week' ? 'Weeks' : 'Days'} since last` },
    { head: 'Purchases' },
    { head: `Money${money}` },
  ],
  rows: clusters.map(({ name, customers, center }, i) => [
    html`${String(i + 1)} ${named(name)}`,
    decimalText(customers),
    percentText(customers / totals.customers),
    decimalText(center.sinceLast, 1),
    decimalText(center.purchases, 1),
    moneyText(center.total, '', 2),
  ]),
})}${figuresHtml(figures)}`,
  }
}

/** How clear the clusters are, in the words of Kaufman & Rousseeuw (1990), "Finding Groups in Data", table 4. */
function structure({ clusters, silhouettes }: ClusterFacts): string {
  const chosen = silhouettes.find(({ k }) => k === clusters.length)?.silhouette
  if (chosen === undefined) return ''
  const mean = `The mean silhouette is ${decimalText(chosen, 2)}`
  if (chosen > 0.7) return `${mean}: a strong structure.`
  if (chosen > 0.5) return `${mean}: a reasonable structure.`
  if (chosen > 0.25) {
    return `${mean}: a weak structure. Customers shade into each other, so read the clusters as a handy division and not as kinds of people.`
  }
  return `${mean}: no substantial structure. The division is arbitrary; prefer the segments.`
}
