import type { Html } from './html.ts'

/** A part of the page with a place in its contents. */
export interface Section {
  /** Name of the place, for links within the page. */
  readonly id: string
  readonly title: string
  readonly body: Html
}
