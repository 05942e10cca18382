// Names of segments and ids of customers come from data, and data may be hostile. What is drawn is text and only text.

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text made safe for the content and for the quoted attributes of HTML, SVG and XML. */
export function escapeText(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => ENTITIES[character]!)
}

/**
 * Text without what XML forbids, control characters and halves of surrogate pairs, and without the marks that override
 * the direction of writing, with which an id could disguise itself or the words behind it. Each becomes U+FFFD.
 */
export function cleanText(text: string): string {
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '\ufffd')
}

/** A label of one line and at most `limit` characters; longer ones end in an ellipsis. */
export function labelText(text: string, limit = 24): string {
  const characters = Array.from(cleanText(text).replace(/\s+/g, ' ').trim())
  if (characters.length <= limit) return characters.join('')
  return `${characters
    .slice(0, limit - 1)
    .join('')
    .trimEnd()}…`
}

/** About how many pixels a text takes in the system's fonts at 13 pixels: 7.2 a character, which errs on the wide side. */
export function labelWidth(text: string): number {
  return Array.from(text).length * 7.2
}
