import { badOption } from '../core/checks.ts'

const DELIMITERS = [',', ';', '\t', '|']

/** `delimiter`, if it is none or one character that can part fields; `BAD_OPTION` otherwise. */
export function checkDelimiter(caller: string, delimiter: string | undefined): string | undefined {
  if (
    delimiter === undefined ||
    (typeof delimiter === 'string' && delimiter.length === 1 && !'"\r\n'.includes(delimiter))
  )
    return delimiter
  throw badOption(caller, 'delimiter', 'one character other than a quote or a line break', delimiter)
}

/** The delimiter that parts the first line of a text most. */
export function likelyDelimiter(text: string): string {
  const [line = ''] = /[^\r\n\ufeff]+/.exec(text) ?? []
  const count = (delimiter: string): number => line.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}
