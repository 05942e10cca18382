/** A map from texts to codes that may hold more than one `Map` can. */
export interface TextMap {
  readonly full: Map<string, number>[]
  open: Map<string, number>
}

/** Most keys in one `Map`: the language's own limit is 2^24, where it throws. */
const SHARD_SIZE = 1 << 23

/** An empty map. */
export function textMap(): TextMap {
  return { full: [], open: new Map() }
}

/** The code of a text; a text that is new gets `next`. */
export function codeInMap(map: TextMap, text: string, next: number): number {
  return map.open.get(text) ?? addOrFind(map, text, next)
}

/** The code of a text that is not in the open map. */
function addOrFind(map: TextMap, text: string, next: number): number {
  for (const shard of map.full) {
    const code = shard.get(text)
    if (code !== undefined) return code
  }
  if (map.open.size >= SHARD_SIZE) {
    map.full.push(map.open)
    map.open = new Map()
  }
  map.open.set(text, next)
  return next
}
