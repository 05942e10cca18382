import { createHash } from 'node:crypto'
import { parseHTML } from 'linkedom/worker'
import { describe, expect, test } from 'vitest'
import { type ReportData, reportHtml } from '../../src/report/index.ts'
import { hostileFixture, reportFixture } from './fixture.ts'

const page = await reportHtml(reportFixture())
const hostile = await reportHtml(hostileFixture())

describe.each([
  ['ordinary', page],
  ['hostile', hostile],
])('the page of %s data', (_, html) => {
  const { document } = parseHTML(html)

  test('allows its own style by its hash, and nothing else', () => {
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute('content')
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!
    const hash = createHash('sha256').update(style, 'utf8').digest('base64')
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    )
    expect(html.match(/<style/g)).toHaveLength(1)
  })

  test('has no script, no inline style, no handler, and nothing that asks a server', () => {
    expect(document.querySelectorAll('script, img, iframe, object, embed, form, base, video, audio').length).toBe(0)
    const links = Array.from(document.querySelectorAll('link'), (link) => link.getAttribute('href'))
    expect(links).toEqual(['data:,'])
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of Array.from(element.attributes)) {
        expect(name).not.toMatch(/^on|^style$|^src|^xlink|^action$|^poster$|^ping$|^background$/)
        if (name === 'href' && element.tagName === 'A') expect(value).toMatch(/^#[a-z-]+$/)
      }
    }
    expect(/<style>([\s\S]*?)<\/style>/.exec(html)![1]).not.toMatch(/url\(|@import|@font-face/)
    expect(html.match(/https?:\/\//)).toBe(null)
  })

  test('is well nested: written out again it is the same tree', () => {
    const again = parseHTML(document.toString()).document
    expect(again.querySelectorAll('*').length).toBe(document.querySelectorAll('*').length)
    expect(opened(html)).toEqual(closed(html))
    for (const table of document.querySelectorAll('table')) {
      const columns = table.querySelectorAll('thead th').length
      for (const row of table.querySelectorAll('tr')) expect(row.children.length).toBe(columns)
    }
  })

  test('every heading, caption and link is in its place', () => {
    expect(document.querySelectorAll('h1').length).toBe(1)
    for (const link of document.querySelectorAll('nav a')) {
      expect(document.querySelectorAll(`section${link.getAttribute('href')} > h2`).length).toBe(1)
    }
    for (const table of document.querySelectorAll('table')) {
      expect(table.querySelector('caption')!.textContent).not.toBe('')
      expect(table.querySelectorAll('thead th:not([scope=col]), tbody th:not([scope=row])').length).toBe(0)
    }
    const ids = Array.from(document.querySelectorAll('[id]'), (element) => element.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('no number is missing', () => {
    expect(document.querySelector('main')!.textContent).not.toMatch(/NaN|undefined|\[object|Infinity/)
  })
})

test('hostile text is shown as it is, but for marks that override the direction of writing', () => {
  const { document } = parseHTML(hostile)
  const shown = hostileFixture().topCustomers[0]!.customer.replace('\u202e', '\ufffd')
  expect(document.querySelector('#customers tbody th')!.textContent).toBe(shown)
  expect(document.querySelector('title')!.textContent).toBe(shown)
  expect(hostile.includes('\u202e')).toBe(false)
})

test('what looks like ready-made HTML in the data is text', async () => {
  const base = reportFixture(100)
  for (const json of ['{"text":"<b>forged</b>"}', '[{"text":"<b>forged</b>"}]', '["<b>forged</b>"]']) {
    const data: ReportData = { ...base, topCustomers: [{ ...base.topCustomers[0]!, customer: JSON.parse(json) }] }
    expect((await reportHtml(data)).includes('<b>forged</b>')).toBe(false)
  }
})

test('equal data give equal bytes', async () => {
  expect((await reportHtml(reportFixture())) === page).toBe(true)
})

test('a manager reads the parts in this order', () => {
  const { document } = parseHTML(page)
  expect(Array.from(document.querySelectorAll('main > section'), (section) => section.id).filter(Boolean)).toEqual([
    'data',
    'headlines',
    'segments',
    'clusters',
    'value',
    'churn',
    'customers',
    'left-out',
    'methods',
    'reproduce',
  ])
  expect(document.querySelectorAll('#headlines li').length).toBe(6)
  expect(document.querySelectorAll('svg').length).toBe(10)
})

test('parts without data are left out of the page and of its contents', async () => {
  const { clusters: _c, lifetimeValue: _l, forecast: _f, churn: _h, ...rest } = reportFixture(500)
  const { document } = parseHTML(
    await reportHtml({
      ...rest,
      segments: [],
      topCustomers: [],
      warnings: [],
      leftOut: [],
      rfm: { bins: 5, cells: [] },
    }),
  )
  expect(Array.from(document.querySelectorAll('nav a'), (link) => link.getAttribute('href'))).toEqual([
    '#data',
    '#headlines',
    '#left-out',
    '#methods',
    '#reproduce',
  ])
  expect(document.querySelectorAll('svg').length).toBe(0)
})

test('without anyone worth anything there is no chart of values, and no crash', async () => {
  const base = reportFixture(50)
  const html = await reportHtml({ ...base, lifetimeValue: { ...base.lifetimeValue!, values: new Float64Array(50) } })
  expect(parseHTML(html).document.querySelectorAll('#value figure').length).toBe(2)
})

test('a weak structure is called weak', async () => {
  const base = reportFixture(50)
  const words = async (silhouette: number) => {
    const silhouettes = [{ k: 4, silhouette }]
    const html = await reportHtml({ ...base, clusters: { ...base.clusters!, silhouettes } })
    return parseHTML(html).document.querySelector('#clusters p')!.textContent
  }
  expect(await words(0.2)).toContain('no substantial structure')
  expect(await words(0.4)).toContain('a weak structure')
  expect(await words(0.6)).toContain('a reasonable structure')
  expect(await words(0.8)).toContain('a strong structure')
})

/** Tags that must be closed, as they are opened and closed in the text; style content set aside. */
function opened(html: string): Record<string, number> {
  return tally([...html.matchAll(/<([a-z][a-z0-9]*)(?:\s[^>]*?)?(\/?)>/gi)].filter(([, , end]) => end !== '/'))
}

function closed(html: string): Record<string, number> {
  return tally([...html.matchAll(/<\/([a-z][a-z0-9]*)>/gi)])
}

function tally(tags: readonly RegExpMatchArray[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [, tag] of tags) if (!/^(meta|link|input|br|hr)$/.test(tag!)) counts[tag!] = (counts[tag!] ?? 0) + 1
  return Object.fromEntries(Object.entries(counts).sort())
}
