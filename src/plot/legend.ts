import { escapeText, labelText, labelWidth } from './labelText.ts'

/** One entry of a legend: a mark as the chart draws it, and its name. */
export interface LegendEntry {
  readonly label: string
  readonly colour: string
  /** `line`, `bar`, or the symbol of the points. */
  readonly symbol: 'line' | 'bar' | PointSymbol
  /** Dashes of a line, as in SVG; solid without. */
  readonly dash?: string
}

/** Symbols of points that are told apart without colour. */
export type PointSymbol = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'star'

/** Outlines of the symbols about the origin, about 10 pixels wide. */
const OUTLINES: Readonly<Record<PointSymbol | 'bar', string>> = {
  circle: 'M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0Z',
  square: 'M-4,-4h8v8h-8Z',
  triangle: 'M0,-5L5,4H-5Z',
  diamond: 'M0,-6L4,0L0,6L-4,0Z',
  cross: 'M-5,-1.7h3.3v-3.3h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3Z',
  star: 'M0,-6L1.5,-2L5.7,-1.9L2.4,0.8L3.5,4.9L0,2.5L-3.5,4.9L-2.4,0.8L-5.7,-1.9L-1.5,-2Z',
  bar: 'M-9,-5h18v10h-18Z',
}

const SYMBOLS: readonly PointSymbol[] = ['circle', 'square', 'triangle', 'diamond', 'cross', 'star']

/** Symbol of series `i`, counted from 0. */
export function seriesSymbol(i: number): PointSymbol {
  return SYMBOLS[i % SYMBOLS.length]!
}

const DASHES: readonly string[] = ['none', '7 3', '2 3', '9 3 2 3', '13 4', '4 2']

/** Dashes of line `i`, counted from 0: lines are told apart without colour. */
export function seriesDash(i: number): string {
  return DASHES[i % DASHES.length]!
}

const ROW = 20
const SAMPLE = 26
const GAP = 16

/** Pixels that the legend takes above the chart. */
export function legendHeight(entries: readonly LegendEntry[], width: number): number {
  const last = places(entries, width).at(-1)
  return last === undefined ? 0 : (last.row + 1) * ROW + 6
}

/** The legend as SVG, laid out in rows from the top left corner of the chart. */
export function legendSvg(entries: readonly LegendEntry[], width: number): string {
  const items = places(entries, width).map(({ entry, label, x, row }) => {
    const name = `<text x="${SAMPLE}" y="0.35em">${escapeText(label)}</text>`
    return `<g transform="translate(${Math.round(x)},${row * ROW + 12})">${sample(entry)}${name}</g>`
  })
  return items.length > 0 ? `<g text-anchor="start">${items.join('')}</g>` : ''
}

function sample({ symbol, colour, dash = 'none' }: LegendEntry): string {
  if (symbol === 'line') {
    return `<path d="M0,0H20" stroke="${colour}" stroke-width="2.25" stroke-dasharray="${dash}" fill="none"/>`
  }
  return `<path d="${OUTLINES[symbol]}" transform="translate(10,0)" fill="${colour}"/>`
}

/** Fills rows from left to right; an entry that does not fit begins the next one. */
function places(entries: readonly LegendEntry[], width: number): Place[] {
  const left = 4
  let x = left
  let row = 0
  return entries.map((entry) => {
    const label = labelText(entry.label, 36)
    const needed = SAMPLE + labelWidth(label)
    if (x > left && x + needed > width) {
      x = left
      row++
    }
    const place = { entry, label, x, row }
    x += needed + GAP
    return place
  })
}

interface Place {
  readonly entry: LegendEntry
  readonly label: string
  readonly x: number
  readonly row: number
}
