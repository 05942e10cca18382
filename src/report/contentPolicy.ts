/**
 * The content security policy of a page with one style and nothing else: no script, no request, no frame, no form. Only
 * the empty icon is allowed as a `data:` image, so that no browser asks a server for one.
 */
export async function contentPolicy(style: string): Promise<string> {
  return [
    "default-src 'none'",
    `style-src '${await sha256(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The hash of a text as a policy names it. */
async function sha256(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`
}
