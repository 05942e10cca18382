/** Texts numbered in the order of their first appearance. */
export interface Dictionary {
  /** The number of a text; a new text gets the next one. */
  codeOf(text: string): number
  /**
   * Writes the number of each text, as `codeOf` does but faster. Stops at the first value that is no text with a
   * character, and returns its place, or the length.
   */
  codesInto(texts: ArrayLike<unknown>, codes: Uint32Array): number
  /** All texts, by number. */
  names(): string[]
  /** How many texts there are. */
  size(): number
}

/** Most keys in one `Map`: the language's own limit is 2^24, where it throws. */
const SHARD_SIZE = 1 << 23

/** An empty dictionary. Spread over several maps when one would be too full. */
export function dictionary(): Dictionary {
  const names: string[] = []
  const full: Map<string, number>[] = []
  let open = new Map<string, number>()
  /** The number of a text that is not in `open`. */
  const addOrFind = (text: string): number => {
    const known = find(full, text)
    if (known !== undefined) return known
    if (open.size >= SHARD_SIZE) {
      full.push(open)
      open = new Map()
    }
    const code = names.length
    names.push(text)
    open.set(text, code)
    return code
  }
  return {
    codeOf: (text) => open.get(text) ?? addOrFind(text),
    codesInto(texts, codes) {
      let map = open
      for (let i = 0; i < texts.length; i++) {
        const text = texts[i]
        if (typeof text !== 'string' || text === '') return i
        let code = map.get(text)
        if (code === undefined) {
          code = addOrFind(text)
          map = open
        }
        codes[i] = code
      }
      return texts.length
    },
    names: () => names,
    size: () => names.length,
  }
}

function find(shards: readonly Map<string, number>[], text: string): number | undefined {
  for (const shard of shards) {
    const code = shard.get(text)
    if (code !== undefined) return code
  }
  return undefined
}
