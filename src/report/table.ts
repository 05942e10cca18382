import { type Html, html, type Part } from './html.ts'

/** A column of a table. */
export interface Column {
  readonly head: string
  /** Numbers stand to the right, text to the left, and sentences get room. @default 'number' */
  readonly kind?: 'number' | 'text' | 'prose'
}

/** A table: the first cell of each row is its heading. */
export interface Table {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Part[])[]
  /** On a narrow screen, stand the cells of a row below each other instead of scrolling. @default false */
  readonly stack?: boolean
  /** Number of last rows that sum up those before. @default 0 */
  readonly footRows?: number
}

/** A table in a box of its own, in which it scrolls sideways where the screen is narrow. */
export function tableHtml({ caption, columns, rows, stack = false, footRows = 0 }: Table): Html {
  const body = rows.slice(0, rows.length - footRows)
  const foot = rows.slice(rows.length - footRows)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table${stack ? html` class="stack"` : ''}>
<caption><span>${caption}</span></caption>
<thead><tr>${columns.map((column) => html`<th scope="col"${kindClass(column)}>${column.head}</th>`)}</tr></thead>
<tbody>${body.map((row) => rowHtml(columns, row))}</tbody>${
    foot.length > 0 ? html`<tfoot>${foot.map((row) => rowHtml(columns, row))}</tfoot>` : ''
  }
</table></div>
`
}

function rowHtml(columns: readonly Column[], row: readonly Part[]): Html {
  const cells = columns.map((column, i) =>
    i === 0
      ? html`<th scope="row"${kindClass(column)}>${row[i] ?? ''}</th>`
      : html`<td${kindClass(column)} data-head="${column.head}">${row[i] ?? ''}</td>`,
  )
  return html`<tr>${cells}</tr>
`
}

function kindClass({ kind = 'number' }: Column): Html {
  if (kind === 'text') return html``
  return kind === 'number' ? html` class="n"` : html` class="prose"`
}
