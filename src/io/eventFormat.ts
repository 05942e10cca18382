/** Formats that `readEvents` reads; `'events'` are objects of the type `CustomerEvent`. */
export type EventFormat = 'csv' | 'ndjson' | 'parquet' | 'arrow' | 'events'

const EXTENSIONS: ReadonlyMap<string, EventFormat> = new Map([
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['txt', 'csv'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
  ['parquet', 'parquet'],
  ['arrow', 'arrow'],
  ['arrows', 'arrow'],
  ['feather', 'arrow'],
  ['ipc', 'arrow'],
])

/** The format that the ending of a path names, `.gz` passed over. */
export function extensionFormat(path: string): EventFormat | undefined {
  const [, extension = ''] = /\.([a-z]+)(?:\.gz)?$/i.exec(path) ?? []
  return EXTENSIONS.get(extension.toLowerCase())
}

/** The format that the first bytes of a source give away, if they do. */
export function magicFormat(head: Uint8Array | string | undefined): 'parquet' | 'arrow' | 'ndjson' | undefined {
  if (head === undefined) return undefined
  const start = typeof head === 'string' ? head.slice(0, 64) : String.fromCharCode(...head.subarray(0, 64))
  if (start.startsWith('PAR1')) return 'parquet'
  if (start.startsWith('ARROW1') || start.startsWith('\xff\xff\xff\xff')) return 'arrow'
  return /^(?:\ufeff|\xef\xbb\xbf)?\s*\{/.test(start) ? 'ndjson' : undefined
}
