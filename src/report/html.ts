import { escapeText } from '../plot/labelText.ts'

/**
 * A piece of HTML that is safe to put into a page. Only `html` and `trusted` make one, and no JSON can pretend to be one:
 * that is why this is a class and not a shape.
 */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template: text is escaped, pieces are put in as they are. */
export type Part = string | Html | readonly Html[]

/** Writes HTML with everything escaped that is not HTML already. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, i) => text + (i < parts.length ? partText(parts[i]!) : '')).join(''))
}

/** HTML that this library made itself, such as a chart. Never of anything that was read from data. */
export function trusted(text: string): Html {
  return new Html(text)
}

/** A name or an id from the data, set apart from the direction of the text around it. */
export function named(text: string): Html {
  return html`<bdi>${text}</bdi>`
}

function partText(part: Part): string {
  if (part instanceof Html) return part.text
  // Whatever the types promised: what is not `Html` is text, also inside an array that came from a file.
  return Array.isArray(part) ? part.map(partText).join('') : escapeText(String(part))
}
