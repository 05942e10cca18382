/**
 * A copy that does not keep the text alive from which it was cut: engines make slices of 13 characters and more as views.
 * What outlives its piece of a file has to pass through here.
 */
export function ownText(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1)
}
