/** Whether a value is the one that a comment states. */
export type Stated = (value: unknown) => boolean

/**
 * What the comment behind a line of an example states that the line is worth, or `undefined` if it is words.
 *
 * A comment that begins with a value states it: a number, quoted text, a list, an object, `true`, `null`. Behind the
 * value the comment may end, or a space or a comma and words may follow: `1.22…, purchase days in 39 weeks`. Everything
 * else is words, at least two of them; what begins like a value and is none, or is a single word, is refused, lest a
 * slip of the pen turn a value into words.
 *
 * - `3` is 3; `0.245` is anything that rounds to it; `0.24…` anything whose digits begin so and go on
 * - `'a…z'` is a text that begins and ends so; `[1, 2, …]` and `{ k: 2, … }` may hold more
 * - a typed array is a list
 */
export function statedValue(comment: string): Stated | undefined {
  const text = comment.trim()
  const first = new Tokens(text).next
  const isValue = first !== undefined && (/^['"\d[{-]/.test(first) || CONSTANTS.has(first))
  if (!isValue) {
    if (/\s/.test(text)) return undefined
    throw new Error(`"${text}" is one word: quote it if it is a value, say more if it is none`)
  }
  const tokens = new Tokens(text)
  const stated = readValue(tokens)
  if (!/^(,? [A-Za-z]|$)/.test(tokens.rest))
    throw new Error(`"${text}" begins with a value, but "${tokens.rest}" follows`)
  return stated
}

const TOKEN = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?…?|[A-Za-z_$][\w$]*|\S/y

/** The tokens of a comment, one after the other. */
class Tokens {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get rest(): string {
    return this.#text.slice(this.#at)
  }

  get next(): string | undefined {
    TOKEN.lastIndex = this.#at + this.rest.search(/\S|$/)
    return TOKEN.exec(this.#text)?.[0]
  }

  take(): string {
    const token = this.next
    if (token === undefined) throw new Error(`"${this.#text}" ends in the middle of a value`)
    this.#at = TOKEN.lastIndex
    return token
  }

  takeIf(token: string): boolean {
    if (this.next !== token) return false
    this.take()
    return true
  }

  expect(token: string): void {
    const found = this.take()
    if (found !== token) throw new Error(`"${this.#text}" must have "${token}" where it has "${found}"`)
  }
}

const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
])

function readValue(tokens: Tokens): Stated {
  const token = tokens.take()
  if (token === '[') return readList(tokens)
  if (token === '{') return readObject(tokens)
  if (/^['"]/.test(token)) return textLike(token.slice(1, -1).replace(/\\(.)/g, (_, c) => ESCAPES[c] ?? c))
  if (/^-?\d/.test(token)) return numberLike(token)
  if (CONSTANTS.has(token)) return (value) => Object.is(value, CONSTANTS.get(token))
  throw new Error(`"${token}" is no value`)
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

function readList(tokens: Tokens): Stated {
  const items: Stated[] = []
  const open = readUntil(tokens, ']', () => items.push(readValue(tokens)))
  return (value) => {
    if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return false
    const list = Array.from(value as ArrayLike<unknown>)
    return (open ? list.length > items.length : list.length === items.length) && items.every((is, i) => is(list[i]))
  }
}

function readObject(tokens: Tokens): Stated {
  const fields = new Map<string, Stated>()
  const open = readUntil(tokens, '}', () => {
    const name = tokens.take().replace(/^['"]|['"]$/g, '')
    tokens.expect(':')
    fields.set(name, readValue(tokens))
  })
  return (value) => {
    if (typeof value !== 'object' || value === null) return false
    const names = Object.keys(value)
    const right = open ? names.length > fields.size : names.length === fields.size
    return right && [...fields].every(([name, is]) => is((value as Record<string, unknown>)[name]))
  }
}

/** Reads what stands between commas up to `end`; whether the last of it was `…`. */
function readUntil(tokens: Tokens, end: string, readOne: () => void): boolean {
  while (!tokens.takeIf(end)) {
    if (tokens.takeIf('…')) {
      tokens.expect(end)
      return true
    }
    readOne()
    if (tokens.next !== end) tokens.expect(',')
  }
  return false
}

function numberLike(text: string): Stated {
  const isNumber = (value: unknown): value is number => typeof value === 'number'
  if (text.endsWith('…')) {
    const digits = text.slice(0, -1)
    return (value) => isNumber(value) && String(value).startsWith(digits) && String(value).length > digits.length
  }
  if (/^-?\d+$/.test(text)) return (value) => value === Number(text)
  const [, decimals = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text)!
  const places = Math.max(0, decimals.length - Number(exponent))
  return (value) => isNumber(value) && value.toFixed(places) === Number(text).toFixed(places)
}

function textLike(text: string): Stated {
  const pieces = text.split('…').map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(`^${pieces.join('[^]*')}$`)
  return (value) => typeof value === 'string' && pattern.test(value)
}
