import { html, named } from './html.ts'
import type { MethodNote, ReportData } from './reportData.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'

/** How the numbers were made, with the source of each method. */
export function methodsSection(data: ReportData): Section {
  return {
    id: 'methods',
    title: 'Methods and sources',
    body: html`${tableHtml({
      caption: 'Only what this page uses',
      stack: true,
      columns: [
        { head: 'Topic', kind: 'text' },
        { head: 'What was done', kind: 'prose' },
        { head: 'Source', kind: 'prose' },
      ],
      rows: methodsOf(data).map(({ topic, text, source }) => [named(topic), named(text), named(source)]),
    })}`,
  }
}

function methodsOf({ segments, clusters, lifetimeValue, forecast, churn, methods = [] }: ReportData): MethodNote[] {
  const models = lifetimeValue?.models ?? []
  return [
    ...(segments.length > 0 ? [RFM] : []),
    ...(clusters === undefined ? [] : [SILHOUETTE]),
    ...models.flatMap(({ kind }) => MODELS[kind] ?? []),
    ...(forecast === undefined ? [] : [FORECAST]),
    ...(churn === undefined ? [] : [CHURN]),
    ...methods,
  ]
}

const RFM: MethodNote = {
  topic: 'Segments',
  text: 'Scores for recency, frequency and money by cut points at the quantiles of all customers; a fixed map turns scores into names.',
  source: 'Hughes (1994), Strategic Database Marketing',
}

const SILHOUETTE: MethodNote = {
  topic: 'Clusters',
  text: 'Clusters are judged by the mean silhouette; below .25 there is no substantial structure.',
  source: 'Rousseeuw (1987), Silhouettes; Kaufman & Rousseeuw (1990), Finding Groups in Data, table 4',
}

const FORECAST: MethodNote = {
  topic: 'Forecast test',
  text: 'Models see only what came before the cut-off; the time after it is counted and compared.',
  source: 'Fader, Hardie & Lee (2005), Counting Your Customers the Easy Way, empirical analysis',
}

const CHURN: MethodNote = {
  topic: 'Churn',
  text: 'Features are taken strictly before a cut-off and outcomes from it on. AUC is the probability that a customer who leaves scores higher than one who stays.',
  source: 'Hanley & McNeil (1982), The Meaning and Use of the Area under a ROC Curve; Brier (1950)',
}

/** Methods by the `kind` of a model. */
const MODELS: Readonly<Record<string, MethodNote>> = {
  bgNbd: {
    topic: 'Purchases',
    text: 'BG/NBD: customers buy at a steady rate of their own and may leave after any repeat purchase; both vary between customers.',
    source: 'Fader, Hardie & Lee (2005), Counting Your Customers the Easy Way',
  },
  mbgNbd: {
    topic: 'Purchases',
    text: 'MBG/NBD: like BG/NBD, but customers may also leave right after their first purchase.',
    source:
      'Batislam, Denizel & Filiztekin (2007), Empirical Validation and Comparison of Models for Customer Base Analysis',
  },
  paretoNbd: {
    topic: 'Purchases',
    text: 'Pareto/NBD: customers buy at a steady rate of their own and leave at any time; both vary between customers.',
    source: 'Schmittlein, Morrison & Colombo (1987), Counting Your Customers',
  },
  gammaGamma: {
    topic: 'Spend',
    text: 'Gamma-Gamma: the money of a purchase varies about a mean of the customer’s own, which varies between customers.',
    source: 'Fader & Hardie (2013), The Gamma-Gamma Model of Monetary Value',
  },
}
