import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type CsvPurchases, readCsv } from '../../src/io/readCsv.ts'

/** Path of a file of `files/`, which its README describes. */
export function eventFile(name: string): string {
  return fileURLToPath(new URL(`files/${name}`, import.meta.url))
}

/** The orders that all these files hold. */
export function orders(): CsvPurchases {
  return readCsv(readFileSync(eventFile('orders.csv'), 'utf8'))
}

/** Pieces of bytes or text, cut where `sizes` say, round and round. */
export async function* inPieces<Whole extends { length: number; slice(from: number, to: number): Whole }>(
  whole: Whole,
  sizes: readonly number[],
): AsyncGenerator<Whole, void, void> {
  for (let at = 0, i = 0; at < whole.length; i++) {
    const size = sizes[i % sizes.length]!
    yield whole.slice(at, at + size)
    at += size
  }
}

/** All items. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = []
  for await (const item of items) list.push(item)
  return list
}
