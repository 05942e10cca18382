/** Texts numbered in the order of their first appearance. */
export interface Dictionary {
  /** The number of a text; a new text gets the next one. */
  codeOf(text: string): number
  /** All texts, by number. */
  names(): string[]
}

/** Most keys in one `Map`: the language's own limit is 2^24, where it throws. */
const SHARD_SIZE = 1 << 23

/** An empty dictionary. Spread over several maps when one would be too full. */
export function dictionary(): Dictionary {
  const names: string[] = []
  const shards: Map<string, number>[] = [new Map()]
  return {
    codeOf(text) {
      for (const shard of shards) {
        const code = shard.get(text)
        if (code !== undefined) return code
      }
      const code = names.length
      names.push(text)
      let last = shards[shards.length - 1]!
      if (last.size >= SHARD_SIZE) {
        last = new Map()
        shards.push(last)
      }
      last.set(text, code)
      return code
    },
    names: () => names,
  }
}
