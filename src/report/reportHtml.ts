import { checkForm, type Form } from '../core/form.ts'
import { churnSection } from './churnSection.ts'
import { clustersSection } from './clustersSection.ts'
import { contentPolicy } from './contentPolicy.ts'
import { customersSection } from './customersSection.ts'
import { headlinesHtml } from './headlines.ts'
import { type Html, html, named, trusted } from './html.ts'
import { leftOutSection } from './leftOutSection.ts'
import { methodsSection } from './methodsSection.ts'
import { pageStyle } from './pageStyle.ts'
import type { ReportData } from './reportData.ts'
import { reproduceSection } from './reproduceSection.ts'
import type { Section } from './section.ts'
import { segmentsSection } from './segmentsSection.ts'
import { sourceSection } from './sourceSection.ts'
import { valueSection } from './valueSection.ts'

/**
 * The whole analysis as one HTML page for people who decide: what was analysed, what follows from it, and what was left
 * out. The page holds everything that it needs, runs no script and may send no request; its content security policy
 * says so. It adapts to light and dark, to small screens and to paper.
 *
 * Equal data give equal bytes. Costs the drawing of ten charts, some 200 ms, and a sort of the lifetime values. The hash
 * of the style comes from Web Crypto, which a browser offers only to pages from `https` or from the machine itself.
 *
 * @param data - what to say; optional parts that are missing are left out
 * @returns the text of the page
 * @throws {ClienteleError} `BAD_SHAPE` for columns of different length or numbers that are not finite where a chart
 * needs them
 * @example
 * const page = await reportHtml(reportOf(analysis, { title: 'CDNOW' })) // '<!DOCTYPE html>…'
 */
export async function reportHtml(data: ReportData): Promise<string> {
  checkForm('reportHtml', 'data', data, DATA)
  const { title = 'Customer analysis' } = data
  const sections = [
    sourceSection(data),
    { id: 'headlines', title: 'What follows', body: headlinesHtml(data) },
    segmentsSection(data),
    clustersSection(data),
    valueSection(data),
    churnSection(data),
    customersSection(data),
    leftOutSection(data),
    methodsSection(data),
    reproduceSection(data),
  ].filter((section) => section !== undefined)
  const style = pageStyle()
  const page = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(await contentPolicy(style))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body><div class="wrap">
<header>
<h1>${named(title)}</h1>
<p class="lead">${named(data.source.file)}, as of ${named(data.asOf)}</p>
${contents(sections)}
<label class="swap"><input type="checkbox" id="swap" autocomplete="off"> swap light and dark</label>
</header>
<main>
${notes(data.warnings)}${sections.map(sectionHtml)}</main>
<footer>Made with clientele ${named(data.provenance.version)}. This page sends nothing and asks for nothing.</footer>
</div></body>
</html>
`
  return page.text
}

function contents(sections: readonly Section[]): Html {
  const links = sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)
  return html`<nav aria-label="Contents"><ul>${links}</ul></nav>`
}

function notes(warnings: readonly string[]): Html {
  if (warnings.length === 0) return html``
  const items = warnings.map((warning) => html`<li>${named(warning)}</li>`)
  return html`<section class="notes" aria-labelledby="notes"><h2 id="notes">Read this first</h2><ul>${items}</ul></section>
`
}

function sectionHtml({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}
</section>
`
}

const DATA: Form = {
  is: 'report data, as reportOf makes them',
  fields: {
    source: 'object',
    horizons: 'object',
    totals: 'object',
    segments: 'list',
    rfm: 'object',
    topCustomers: 'list',
    leftOut: 'list',
    warnings: 'list',
    provenance: 'object',
  },
}
