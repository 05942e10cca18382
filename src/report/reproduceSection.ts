import { html, named } from './html.ts'
import type { ReportData } from './reportData.ts'
import type { Section } from './section.ts'

/** What to run to get the same page. */
export function reproduceSection({ provenance }: ReportData): Section {
  return {
    id: 'reproduce',
    title: 'How to reproduce this page',
    body: html`<p>Made with clientele ${named(provenance.version)}, seed ${String(provenance.seed)}. The same data, version and options give the same page:</p>
<code>${provenance.command}</code>`,
  }
}
