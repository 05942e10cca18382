import { expect, test } from 'vitest'
import { type ColourName, DARK, HEAT_STEPS, LIGHT, plotStyle, SERIES_COLOURS } from '../../src/plot/theme.ts'

const THEMES = [
  ['light', LIGHT],
  ['dark', DARK],
] as const

test.each(THEMES)('text of the %s theme holds 4.5 : 1 (WCAG 2.2, 1.4.3)', (_, theme) => {
  expect(contrast(theme.ink, theme.surface)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(theme.muted, theme.surface)).toBeGreaterThanOrEqual(4.5)
  for (let step = 1; step <= HEAT_STEPS; step++) {
    const heat = contrast(theme[`heat-${step}` as ColourName], theme[`heat-ink-${step}` as ColourName])
    expect(heat).toBeGreaterThanOrEqual(4.5)
  }
})

test.each(THEMES)('graphics of the %s theme hold 3 : 1 (WCAG 2.2, 1.4.11)', (_, theme) => {
  for (const series of seriesOf(theme)) expect(contrast(series, theme.surface)).toBeGreaterThanOrEqual(3)
})

// Machado, Oliveira & Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision Deficiency",
// table 1, severity 1. Distances are of OKLab, where .02 is about a just noticeable difference of large fields; four of
// them keep small marks apart.
const SIGHTS = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}

test.each(THEMES)('all series of the %s theme are told apart by the colour-blind', (_, theme) => {
  for (const sight of Object.values(SIGHTS)) {
    const seen = seriesOf(theme).map((series) => okLab(seenBy(sight, linear(series))))
    for (let i = 0; i < seen.length; i++) {
      for (let j = i + 1; j < seen.length; j++) {
        expect(Math.hypot(...seen[i]!.map((value, axis) => value - seen[j]![axis]!))).toBeGreaterThan(0.079)
      }
    }
  }
})

test('the style for pages has no weight of its own and asks for nothing', () => {
  expect(plotStyle()).not.toMatch(/url\(|@import|<|(^|[};])\.clientele/)
  expect(plotStyle()).toContain('prefers-color-scheme:dark')
})

function seriesOf(theme: Readonly<Record<ColourName, string>>): string[] {
  return Array.from({ length: SERIES_COLOURS }, (_, i) => theme[`series-${i + 1}` as ColourName])
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

function luminance(hex: string): number {
  const [r, g, b] = linear(hex)
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function linear(hex: string): number[] {
  return [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
}

function seenBy(matrix: readonly number[], rgb: readonly number[]): number[] {
  return [0, 3, 6].map((row) =>
    Math.max(0, matrix[row]! * rgb[0]! + matrix[row + 1]! * rgb[1]! + matrix[row + 2]! * rgb[2]!),
  )
}

/** Ottosson (2020), "A perceptual color space for image processing". */
function okLab([r, g, b]: readonly number[]): number[] {
  const l = Math.cbrt(0.4122214708 * r! + 0.5363325363 * g! + 0.0514459929 * b!)
  const m = Math.cbrt(0.2119034982 * r! + 0.6806995451 * g! + 0.1073969566 * b!)
  const s = Math.cbrt(0.0883024619 * r! + 0.2817188376 * g! + 0.6299787005 * b!)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}
