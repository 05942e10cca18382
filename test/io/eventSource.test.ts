import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { EventBatch } from '../../src/io/eventBatch.ts'
import { readEvents } from '../../src/io/readEvents.ts'

const folder = mkdtempSync(join(tmpdir(), 'clientele-source-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function columnsOf(batches: AsyncIterable<EventBatch>): Promise<unknown[]> {
  const rows: unknown[] = []
  for await (const { columns, places, rejected } of batches) {
    rows.push([Array.from(columns.customer), columns.time, columns.value, places, rejected])
  }
  return rows
}

test('a file of several pieces, whose memory is used again, is read as its bytes are', async () => {
  const lines = ['id,date,amount']
  for (let i = 0; i < 90_000; i++) lines.push(i % 9999 === 0 ? `c${i},never,1` : `"c${i % 977}",2024-05-02,${i}.25`)
  const bytes = new TextEncoder().encode(lines.join('\n'))
  expect(bytes.length).toBeGreaterThan(2 ** 21)
  const path = join(folder, 'long.csv')
  writeFileSync(path, bytes)
  expect(await columnsOf(readEvents(path))).toEqual(await columnsOf(readEvents(bytes)))
})
