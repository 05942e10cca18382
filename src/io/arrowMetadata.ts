/** What the metadata of an Arrow message says about it. */
export interface ArrowMetadata {
  readonly kind: 'schema' | 'dictionary' | 'batch' | 'other'
  /** Length of what follows the metadata, in bytes. */
  readonly bodyLength: number
  /** Rows of a record batch. */
  readonly rows: number
  /** Which dictionary a dictionary message fills. */
  readonly dictionary: number
  /** Whether it adds to that dictionary rather than replacing it. */
  readonly isDelta: boolean
}

const KINDS = new Map<number, ArrowMetadata['kind']>([
  [1, 'schema'],
  [2, 'dictionary'],
  [3, 'batch'],
])
const UNION = 14
/** Most columns, those inside of columns included. */
const MAX_FIELDS = 65_536

/**
 * Reads the few facts of a message that are needed to pass it on, and checks that no list in it is longer than its
 * bytes: whoever decodes it later makes room for as many entries as it says.
 *
 * @param bytes - the metadata: a flatbuffer whose root is a `Message`
 * @throws {Error} if it contradicts itself
 * @see https://github.com/apache/arrow/blob/main/format/Message.fbs
 * @see https://flatbuffers.dev/internals
 */
export function readArrowMetadata(bytes: Uint8Array): ArrowMetadata {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const message = follow(view, 0)
  const kind = KINDS.get(byteAt(view, field(view, message, 6))) ?? 'other'
  const at = field(view, message, 8)
  const header = at === 0 ? 0 : follow(view, at)
  if (header === 0 && kind !== 'other') throw new Error('a message has no header')
  if (kind === 'schema') checkSchema(view, header)
  if (kind === 'batch') checkBatch(view, header)
  if (kind === 'dictionary') checkBatch(view, follow(view, present(field(view, header, 6))))
  return {
    kind,
    bodyLength: int64At(view, field(view, message, 10)),
    rows: kind === 'batch' ? int64At(view, field(view, header, 4)) : 0,
    dictionary: kind === 'dictionary' ? int64At(view, field(view, header, 4)) : 0,
    isDelta: kind === 'dictionary' && byteAt(view, field(view, header, 8)) !== 0,
  }
}

function checkBatch(view: DataView, batch: number): void {
  checkedVector(view, field(view, batch, 6), 16) // nodes
  checkedVector(view, field(view, batch, 8), 16) // buffers
  checkedVector(view, field(view, batch, 12), 8) // counts of further buffers
}

function checkSchema(view: DataView, schema: number): void {
  let seen = 0
  const checkFields = (at: number): void => {
    const { start, count } = checkedVector(view, at, 4)
    seen += count
    // One entry may be pointed at from many places, so that few bytes can stand for very many columns.
    if (seen > MAX_FIELDS) throw new Error(`it has more than ${MAX_FIELDS} columns`)
    for (let i = 0; i < count; i++) {
      const table = follow(view, start + 4 * i)
      checkedVector(view, field(view, table, 16), 4) // notes
      const type = field(view, table, 10)
      if (byteAt(view, field(view, table, 8)) === UNION && type !== 0) {
        checkedVector(view, field(view, follow(view, type), 6), 4)
      }
      checkFields(field(view, table, 14))
    }
  }
  checkedVector(view, field(view, schema, 8), 4) // notes
  checkFields(field(view, schema, 6))
}

/** The entries of a list of `stride` bytes each; none if it is not there. */
function checkedVector(view: DataView, at: number, stride: number): { readonly start: number; readonly count: number } {
  if (at === 0) return { start: 0, count: 0 }
  const base = follow(view, at)
  const count = view.getInt32(base, true)
  const start = base + 4
  if (count >= 0 && start + count * stride <= view.byteLength) return { start, count }
  throw new Error(`a list of ${count} entries is longer than its message`)
}

/** Where the offset at a place leads. */
function follow(view: DataView, at: number): number {
  return at + view.getInt32(at, true)
}

/** Where a field of a table stands, 0 if it is left out. */
function field(view: DataView, table: number, slot: number): number {
  const vtable = table - view.getInt32(table, true)
  const offset = slot < view.getUint16(vtable, true) ? view.getUint16(vtable + slot, true) : 0
  return offset === 0 ? 0 : table + offset
}

function present(at: number): number {
  if (at === 0) throw new Error('a message lacks a part')
  return at
}

function byteAt(view: DataView, at: number): number {
  return at === 0 ? 0 : view.getUint8(at)
}

function int64At(view: DataView, at: number): number {
  return at === 0 ? 0 : Number(view.getBigInt64(at, true))
}
