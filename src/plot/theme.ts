// Every colour has a name, a light and a dark value. Charts write `var(--clientele-name, light value)`, so that the page
// around them, or the style inside a chart that stands alone, decides which one is seen.

/** Colours of the light theme, by name. Text holds 4.5 : 1 against the surface, graphics 3 : 1 (WCAG 2.2 AA). */
export const LIGHT: Readonly<Record<ColourName, string>> = {
  surface: '#ffffff',
  ink: '#1d2327',
  muted: '#566069',
  line: '#d5dade',
  'series-1': '#3795d8',
  'series-2': '#d07f20',
  'series-3': '#01665b',
  'series-4': '#4f0052',
  'series-5': '#896a0e',
  'series-6': '#1b73a6',
  'series-7': '#868c90',
  'series-8': '#690b1c',
  'heat-1': '#edf3f8',
  'heat-2': '#d3e4f0',
  'heat-3': '#a9cbe2',
  'heat-4': '#6fa8cf',
  'heat-5': '#2a71a5',
  'heat-6': '#0f4c7a',
  'heat-ink-1': '#1d2327',
  'heat-ink-2': '#1d2327',
  'heat-ink-3': '#1d2327',
  'heat-ink-4': '#10181f',
  'heat-ink-5': '#ffffff',
  'heat-ink-6': '#ffffff',
}

/** Colours of the dark theme, by name. */
export const DARK: Readonly<Record<ColourName, string>> = {
  surface: '#181d21',
  ink: '#e4e8ea',
  muted: '#a3adb4',
  line: '#39424a',
  'series-1': '#66bbfe',
  'series-2': '#ec8d4a',
  'series-3': '#99ffe6',
  'series-4': '#c13267',
  'series-5': '#fcd655',
  'series-6': '#2a8aca',
  'series-7': '#a8adb3',
  'series-8': '#cf706d',
  'heat-1': '#202b34',
  'heat-2': '#233c4e',
  'heat-3': '#27506b',
  'heat-4': '#2d6a91',
  'heat-5': '#5aa3cf',
  'heat-6': '#a8d4ef',
  'heat-ink-1': '#e4e8ea',
  'heat-ink-2': '#e4e8ea',
  'heat-ink-3': '#f2f5f7',
  'heat-ink-4': '#ffffff',
  'heat-ink-5': '#0c1318',
  'heat-ink-6': '#0c1318',
}

/** Steps of the heat map's colours. */
export const HEAT_STEPS = 6

/** Colours for different series; a ninth series starts again. */
export const SERIES_COLOURS = 8

type Step = 1 | 2 | 3 | 4 | 5 | 6

/** Names of the colours that a page may set as `--clientele-…`. */
export type ColourName =
  | 'surface'
  | 'ink'
  | 'muted'
  | 'line'
  | `series-${Step | 7 | 8}`
  | `heat-${Step}`
  | `heat-ink-${Step}`

/** A colour as charts write it. */
export function colour(name: ColourName): string {
  return `var(--clientele-${name}, ${LIGHT[name]})`
}

/** Colour of series `i`, counted from 0. */
export function seriesColour(i: number): string {
  return colour(`series-${(i % SERIES_COLOURS) + 1}` as ColourName)
}

/** The declarations that set every colour of a theme. */
export function colourDeclarations(theme: Readonly<Record<ColourName, string>>): string {
  return Object.entries(theme)
    .map(([name, value]) => `--clientele-${name}:${value}`)
    .join(';')
}

/** How charts are laid out, colours aside. No chart sets an attribute `style`. */
export const CHART_RULES: string =
  '.clientele-plot{display:block;max-width:100%;height:auto;color:var(--clientele-ink);' +
  'background:var(--clientele-surface);font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}' +
  '.clientele-plot text{white-space:pre}'

/**
 * The CSS that charts need: one that stands alone carries it, and a page that shows charts drawn with `embedded: true`
 * puts it into one `<style>` element, whose hash a content security policy can name. `:where` has no weight, so that any
 * rule of the page wins: set `--clientele-ink` and its siblings on `.clientele-plot` to recolour the charts.
 *
 * @example
 * const page = `<style>${plotStyle()}</style>${silhouettePlot([{ k: 2, silhouette: 0.44 }], { embedded: true })}`
 */
export function plotStyle(): string {
  const rules = CHART_RULES.replace(/\.clientele-plot[^{]*/g, ':where($&)')
  const dark = `@media (prefers-color-scheme:dark){:where(.clientele-plot){${colourDeclarations(DARK)}}}`
  return `:where(.clientele-plot){${colourDeclarations(LIGHT)}}${dark}${rules}`
}
