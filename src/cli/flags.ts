import { InvalidArgumentError } from 'commander'

// How the values of options are read. Each says in one sentence what it must be.

/** The fields that were given. */
export function given<T extends Record<string, string | undefined>>(fields: T): { [Key in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: string
  }
}

/** A whole number. */
export function whole(text: string): number {
  return numberThat('a whole number', text, Number.isSafeInteger)
}

/** A whole number above 0. */
export function wholePositive(text: string): number {
  return numberThat('a whole number above 0', text, (value) => Number.isSafeInteger(value) && value > 0)
}

/** A number above 0. */
export function positive(text: string): number {
  return numberThat('a number above 0', text, (value) => Number.isFinite(value) && value > 0)
}

/** A share from 0 to 1, such as `0.1` or `10%`. */
export function share(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) {
    throw new InvalidArgumentError('It must be a share such as 0.1 or 10%.')
  }
  return value
}

/** A share above 0. */
export function positiveShare(text: string): number {
  const value = share(text)
  if (value === 0) throw new InvalidArgumentError('It must be above 0.')
  return value
}

function numberThat(rule: string, text: string, holds: (value: number) => boolean): number {
  const value = Number(text)
  if (text.trim() === '' || !holds(value)) throw new InvalidArgumentError(`It must be ${rule}.`)
  return value
}
