import { type Html, html, type Part, trusted } from './html.ts'

/** A chart with what a reader should see in it. */
export function figureHtml(svg: string, caption: Part): Html {
  return html`<figure>${trusted(svg)}<figcaption>${caption}</figcaption></figure>
`
}

/** Charts side by side where there is room. */
export function figuresHtml(figures: readonly Html[]): Html {
  return figures.length > 0 ? html`<div class="figures">${figures}</div>` : html``
}
