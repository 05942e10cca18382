import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { valueDistributionPlot } from '../../src/plot/index.ts'
import { reportHtml } from '../../src/report/index.ts'
import { allCharts } from '../plot/charts.ts'
import { hostileFixture, reportFixture } from './fixture.ts'

const executablePath = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== '' && existsSync(path))

const missing = executablePath === undefined ? ' (skipped: no Chromium found, set CHROMIUM_PATH)' : ''

test('there is a browser where one is required', () => {
  if (process.env.CLIENTELE_BROWSER === 'required') expect(executablePath).toBeDefined()
})

describe.skipIf(executablePath === undefined)(`the report in a browser${missing}`, () => {
  let browser: Browser
  const folder = mkdtempSync(join(tmpdir(), 'clientele-report-'))

  beforeAll(async () => {
    writeFileSync(join(folder, 'report.html'), await reportHtml(reportFixture()))
    writeFileSync(join(folder, 'hostile.html'), await reportHtml(hostileFixture()))
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  })

  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  /** Opens a page and hands over what it complained about and asked for. */
  async function open(name: string, options: BrowserContextOptions = {}): Promise<{ page: Page; events: string[] }> {
    const page = await browser.newPage(options)
    const events: string[] = []
    const own = pathToFileURL(join(folder, name)).href
    // Chromium reports violations of the policy on the console.
    page.on('console', (message) => events.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => events.push(`error: ${error.message}`))
    page.on('dialog', (dialog) => events.push(`dialog: ${dialog.message()}`))
    page.on('request', (request) => {
      if (request.url() !== own && request.url() !== 'data:,') events.push(`request: ${request.url()}`)
    })
    await page.goto(own)
    return { page, events }
  }

  test.each(['report.html', 'hostile.html'])('%s breaks no policy, logs nothing and asks for nothing', async (name) => {
    const { page, events } = await open(name)
    await page.locator('nav a').last().click()
    expect(events).toEqual([])
    // The style has passed its own policy: without it a section would have no padding.
    expect(
      await page
        .locator('section')
        .first()
        .evaluate((box) => getComputedStyle(box).paddingLeft),
    ).toBe('24px')
    await page.close()
  })

  test.each([
    ['report.html', 390],
    ['hostile.html', 390],
    ['report.html', 1200],
  ])('%s is no wider than a screen of %d pixels', async (name, width) => {
    const { page } = await open(name, { viewport: { width, height: 844 } })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    const charts = await page.locator('svg').evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().right))
    expect(Math.max(...charts)).toBeLessThanOrEqual(width)
    await page.close()
  })

  test('no letter of a chart is smaller than 8 pixels on a phone', async () => {
    const { page } = await open('report.html', { viewport: { width: 390, height: 844 } })
    const heights = await page.locator('svg text').evaluateAll((all) =>
      all.map((text) => {
        const svg = text.closest('svg')!
        return (
          (parseFloat(getComputedStyle(text).fontSize) * svg.getBoundingClientRect().width) / svg.viewBox.baseVal.width
        )
      }),
    )
    expect(Math.min(...heights)).toBeGreaterThan(8)
    await page.close()
  })

  test.each(['report.html', 'hostile.html'])(
    'no two words of a chart of %s overlap, and none is cut off',
    async (name) => {
      const { page } = await open(name, { viewport: { width: 1200, height: 900 } })
      expect(await faultsOf(page)).toEqual([])
      await page.close()
    },
  )

  test('nor where the data are awkward', async () => {
    const { page } = await open('report.html', { viewport: { width: 1200, height: 900 } })
    const far = (count: number) => Float64Array.from({ length: 60 }, (_, i) => (i < count ? 1 : 1e6))
    const charts = [
      ...Object.values(allCharts('a name that is rather long, and then some')),
      ...Object.values(allCharts('short', { width: 320 })),
      ...[1, 29, 31, 59].map((count) => valueDistributionPlot(far(count), { currency: 'USD' })),
      valueDistributionPlot([7, 7, 7], { currency: 'USD' }),
    ]
    await page.goto('about:blank')
    await page.setContent(`<!DOCTYPE html><body>${charts.join('')}</body>`)
    expect(await faultsOf(page)).toEqual([])
    await page.close()
  })

  test('dark follows the system, the box turns it round, and paper is light', async () => {
    const background = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const { page: light } = await open('report.html', { colorScheme: 'light' })
    const { page: dark } = await open('report.html', { colorScheme: 'dark' })
    const [day, night] = [await background(light), await background(dark)]
    expect(day).toBe('rgb(244, 246, 247)')
    expect(night).toBe('rgb(15, 19, 22)')
    await light.locator('#swap').check()
    await dark.locator('#swap').check()
    expect([await background(light), await background(dark)]).toEqual([night, day])
    await dark.locator('#swap').uncheck()
    for (const page of [light, dark]) {
      await page.emulateMedia({ media: 'print' })
      expect(await background(page)).toBe('rgb(255, 255, 255)')
      expect(await page.locator('h1').evaluate((title) => getComputedStyle(title).color)).toBe('rgb(29, 35, 39)')
      expect(await page.locator('nav').isVisible()).toBe(false)
      await page.close()
    }
  })

  test('printed on A4 it fits the width of the paper', async () => {
    const { page } = await open('report.html', { viewport: { width: 688, height: 1000 } })
    await page.emulateMedia({ media: 'print' })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(688)
    expect((await page.pdf({ format: 'A4', preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-')
    await page.close()
  })

  test('every chart is a well-formed file of its own', async () => {
    const page = await browser.newPage()
    for (const [name, svg] of Object.entries(allCharts(`<&">'\u0000\ud800 עברית`))) {
      const fault = await page.evaluate((text) => {
        const parsed = new DOMParser().parseFromString(text, 'image/svg+xml')
        return parsed.querySelector('parsererror')?.textContent ?? parsed.documentElement.namespaceURI
      }, svg)
      expect(`${name}: ${fault}`).toBe(`${name}: http://www.w3.org/2000/svg`)
    }
    await page.close()
  })
})

/** Words of charts that overlap or leave their chart. */
function faultsOf(page: Page): Promise<string[]> {
  return page.locator('svg').evaluateAll((charts) =>
    charts.flatMap((svg) => {
      const frame = svg.getBoundingClientRect()
      const words = Array.from(svg.querySelectorAll('text'), (text) => ({
        text: text.textContent,
        box: text.getBoundingClientRect(),
      })).filter(({ box }) => box.width > 0)
      const found: string[] = []
      for (const [i, a] of words.entries()) {
        if (a.box.left < frame.left - 1 || a.box.right > frame.right + 1) found.push(`cut: ${a.text}`)
        if (a.box.top < frame.top - 1 || a.box.bottom > frame.bottom + 1) found.push(`cut: ${a.text}`)
        for (const b of words.slice(i + 1)) {
          const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
          const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
          // A line box is taller than its letters by about a third, so boxes may share that much.
          if (across > 1 && down > 6) found.push(`${a.text} on ${b.text}`)
        }
      }
      return found
    }),
  )
}
