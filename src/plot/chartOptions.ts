import { checkFlag, checkInteger, checkNoOthers, checkOptions, checkText } from '../core/checks.ts'

// Apart from `drawing.ts`, so that declarations of charts do not lead to those of the library that draws them.

/** What every chart accepts. */
export interface ChartOptions {
  /** Width in pixels, 280 to 2,000; the chart shrinks with its box and its letters with it. @default 460 */
  readonly width?: number
  /** What a screen reader calls the chart. @default what it shows */
  readonly name?: string
  /**
   * `false` for an SVG that stands alone: it carries its own style and can be saved as a file. `true` for one that goes
   * into a page with `plotStyle()`, whose content security policy may forbid styles in the body. @default false
   */
  readonly embedded?: boolean
}

/** The width of a chart, with all the options that charts share checked, and none left over. */
export function chartWidth(caller: string, options: ChartOptions): number {
  const { width = 460, name = '', embedded = false, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkText(caller, 'name', name)
  checkFlag(caller, 'embedded', embedded)
  return checkInteger(caller, 'width', width, 280, 2000)
}
