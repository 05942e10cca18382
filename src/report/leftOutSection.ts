import { decimalText } from '../plot/numberText.ts'
import { html, named } from './html.ts'
import type { ReportData } from './reportData.ts'
import type { Section } from './section.ts'
import { tableHtml } from './table.ts'

/** What was not counted, what was netted and what was assumed, each with the reason. */
export function leftOutSection({ source, leftOut }: ReportData): Section {
  const rejected = source.rejected.map(({ reason, count }) => ({ what: 'rows rejected', count, why: reason }))
  const facts = [...rejected, ...leftOut]
  return {
    id: 'left-out',
    title: 'What was left out, and why',
    body:
      facts.length === 0
        ? html`<p>Nothing: every row was read and counted.</p>`
        : html`${tableHtml({
            caption: 'A dash stands where there is nothing to count',
            stack: true,
            columns: [{ head: 'What', kind: 'text' }, { head: 'How many' }, { head: 'Why', kind: 'prose' }],
            rows: facts.map(({ what, count, why }) => [named(what), decimalText(count), named(why)]),
          })}`,
  }
}
