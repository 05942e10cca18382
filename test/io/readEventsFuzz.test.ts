import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, test } from 'vitest'
import { ClienteleError } from '../../src/core/errors.ts'
import type { EventBatch } from '../../src/io/eventBatch.ts'
import type { EventFormat } from '../../src/io/eventFormat.ts'
import { readCsv } from '../../src/io/readCsv.ts'
import { readEvents } from '../../src/io/readEvents.ts'
import { tableFromBatches } from '../../src/io/tableFromBatches.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { eventFile, inPieces } from './eventFiles.ts'

// 10,000 cases a reader. Each either reads, every row accounted for, or is refused by name; nothing else may happen.

const CODES = ['BAD_FILE', 'MISSING_COLUMN', 'MIXED_CURRENCIES']
const bytesOf = (name: string): Uint8Array => new Uint8Array(readFileSync(eventFile(name)))

async function readsOrRefuses(batches: AsyncIterable<EventBatch>): Promise<void> {
  const before = Object.getOwnPropertyNames(Object.prototype).length
  const kept: EventBatch[] = []
  try {
    for await (const batch of batches) {
      kept.push(batch)
      assert.equal(batch.places.length + batch.rejected.length, batch.rows)
    }
    const { table, rejected, rows } = await tableFromBatches(kept)
    assert.equal(table.ledger.accepted + table.ledger.replays + rejected.length, rows)
  } catch (error) {
    if (!(error instanceof ClienteleError)) throw error
    assert(CODES.includes(error.code))
  }
  assert.equal(Object.getOwnPropertyNames(Object.prototype).length, before)
}

interface Change {
  readonly at: number
  readonly byte: number
  readonly kind: 'set' | 'flip' | 'cut' | 'repeat' | 'insert'
}

/** Bytes with some changed, at places given as shares of the length. */
function mutated(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  let result = Array.from(bytes)
  for (const { at, byte, kind } of changes) {
    const place = Math.floor(at * result.length)
    if (kind === 'set') result[place] = byte
    if (kind === 'flip') result[place] = (result[place] ?? 0) ^ (1 << (byte % 8))
    if (kind === 'insert') result.splice(place, 0, byte)
    if (kind === 'repeat') result.splice(place, 0, ...result.slice(place, place + byte))
    if (kind === 'cut') result = result.slice(0, place).concat(result.slice(place + byte))
  }
  return Uint8Array.from(result)
}

const change: fc.Arbitrary<Change> = fc.record({
  // Heads and ends hold the lengths, so they are changed more often than the rest.
  at: fc.oneof(
    fc.double({ min: 0, max: 0.999, noNaN: true }),
    fc.double({ min: 0, max: 0.02, noNaN: true }),
    fc.double({ min: 0.95, max: 0.999, noNaN: true }),
  ),
  byte: fc.oneof(fc.constantFrom(0, 1, 0x22, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 })),
  kind: fc.constantFrom('set', 'flip', 'flip', 'set', 'cut', 'repeat', 'insert'),
})
const changes = fc.array(change, { minLength: 1, maxLength: 4 })
const cuts = fc.array(fc.integer({ min: 1, max: 2000 }), { minLength: 1, maxLength: 4 })

const json = new TextEncoder().encode(
  Array.from({ length: 30 }, (_, i) => JSON.stringify({ type: 'purchase', customer: i, time: i * 1e9, value: i })).join(
    '\n',
  ),
)
const csv = bytesOf('orders.csv').subarray(0, 2000)

describe('files with bytes changed', () => {
  test.each<[string, Uint8Array, EventFormat | undefined, number]>([
    ['CSV', csv, 'csv', 10_000],
    ['gzip', new Uint8Array(gzipSync(csv)), undefined, 10_000],
    ['NDJSON', json, 'ndjson', 10_000],
    ['Parquet, snappy', bytesOf('pyarrow-snappy.parquet'), 'parquet', 2000],
    ['Parquet, zstd', bytesOf('pyarrow-zstd.parquet'), 'parquet', 1500],
    ['Parquet of DuckDB', bytesOf('duckdb.parquet'), 'parquet', 2000],
    ['Parquet, small and not packed', bytesOf('pyarrow-plain.parquet'), 'parquet', 4500],
    ['Arrow file', bytesOf('pyarrow-small.arrow'), 'arrow', 4500],
    ['Arrow with LZ4', bytesOf('pyarrow-lz4.arrow'), 'arrow', 2000],
    ['Arrow stream with dictionaries', bytesOf('pyarrow-small.arrows'), 'arrow', 3500],
  ])('%s', async (_, bytes, format, runs) => {
    await fc.assert(
      fc.asyncProperty(changes, cuts, async (list, sizes) => {
        const options = format === undefined ? {} : { format }
        await readsOrRefuses(readEvents(inPieces(mutated(bytes, list), sizes), options))
      }),
      { numRuns: runs },
    )
  })
})

test('CSV with bytes changed, at once', () => {
  const small = csv.subarray(0, 400)
  fc.assert(
    fc.property(changes, (list) => {
      try {
        const { table, accepted, rejected, rows } = readCsv(mutated(small, list))
        assert.equal(accepted + rejected.length, rows)
        assert.equal(table.ledger.accepted, accepted)
      } catch (error) {
        if (!(error instanceof ClienteleError)) throw error
        assert(CODES.includes(error.code))
      }
    }),
    { numRuns: 10_000 },
  )
})

test('events of any kind', async () => {
  const part = fc.oneof(fc.anything(), fc.constantFrom('purchase', 'refund', 'cancel', 'visit', 'EUR', '2024-05-02', 1))
  const event = fc.oneof(
    fc.record({
      type: part,
      customer: part,
      time: part,
      value: part,
      order: part,
      currency: part,
      id: part,
      channel: part,
    }),
    fc.anything(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 3 }), async (events) => {
      await readsOrRefuses(readEvents(events as CustomerEvent[], { format: 'events' }))
    }),
    { numRuns: 10_000 },
  )
})
