import { checkText } from '../core/checks.ts'
/** A chart that a notebook shows as a picture when it is the last value of a cell. */
export interface NotebookChart {
  /** The text of the chart. */
  readonly svg: string
}

/**
 * Wraps a chart so that a Deno notebook shows it: Deno's Jupyter kernel asks a value for its forms by media type through
 * the symbol `Jupyter.display`. In a Node notebook, `tslab.display.html` takes the text itself.
 *
 * @param svg - what any of the plot functions returned
 * @example
 * inNotebook(silhouettePlot([{ k: 2, silhouette: 0.44 }, { k: 3, silhouette: 0.35 }]))
 */
export function inNotebook(svg: string): NotebookChart {
  checkText('inNotebook', 'svg', svg)
  return { svg, [Symbol.for('Jupyter.display')]: () => ({ 'image/svg+xml': svg, 'text/html': svg }) } as NotebookChart
}
