import { decimalText, moneyText } from '../plot/numberText.ts'
import { html, named, type Part } from './html.ts'
import type { ReportData } from './reportData.ts'
import type { Section } from './section.ts'

/** What was analysed: file, customers, purchases, revenue and the days they span. */
export function sourceSection({ source, totals, asOf, timeZone, currency }: ReportData): Section {
  const rejected = source.rejected.reduce((sum, { count }) => sum + count, 0)
  const facts: readonly (readonly [string, Part])[] = [
    ['File', named(source.file)],
    ['Rows read', `${decimalText(source.rowsRead)} (${decimalText(rejected)} rejected)`],
    ['Customers', decimalText(totals.customers)],
    ['Purchases', decimalText(totals.purchases)],
    ['Revenue', moneyText(totals.revenue, currency)],
    ['First to last purchase', html`${day(totals.firstDay)} to ${day(totals.lastDay)}`],
    ['Last day that counts', day(asOf)],
    ['Time zone', named(timeZone)],
  ]
  const columns = source.columns.map(
    ({ role, column, guessed }, i) =>
      html`${i > 0 ? '; ' : ''}${named(column)} is the ${role}${guessed ? ' (guessed)' : ''}`,
  )
  return {
    id: 'data',
    title: 'What was analysed',
    body: html`<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${columns.length > 0 ? html`<p class="lead">Columns of the file: ${columns}.</p>` : ''}`,
  }
}

function day(text: string): Part {
  // The attribute is only for machines, and only a real day is one.
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? html`<time datetime="${text}">${text}</time>` : named(text)
}
