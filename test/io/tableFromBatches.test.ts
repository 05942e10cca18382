import { expect, test } from 'vitest'
import type { EventBatch } from '../../src/io/eventBatch.ts'
import { readEvents } from '../../src/io/readEvents.ts'
import { tableFromBatches } from '../../src/io/tableFromBatches.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { eventFile, orders } from './eventFiles.ts'

test.each([1, 7, 1200])('batches of %i rows make one table', async (batchRows) => {
  const { table, rows, rejected } = await tableFromBatches(readEvents(eventFile('orders.csv'), { batchRows }))
  expect([rows, rejected]).toEqual([1200, []])
  expect(table).toEqual(orders().table)
})

test('no batches make an empty table', async () => {
  const { table, rows, rejected } = await tableFromBatches([])
  expect([table, rows, rejected]).toEqual([eventTable([]), 0, []])
})

test('days are those of the zone in which the batches were read, unless another is named', async () => {
  const read = (timeZone?: string) =>
    tableFromBatches(
      readEvents(['id,date,amount\nann,2024-05-02,1\n'], { timeZone: 'Asia/Tokyo' }),
      timeZone ? { timeZone } : {},
    )
  expect((await read()).table.day[0]).toBe(19_845)
  expect((await read('UTC')).table.day[0]).toBe(19_844)
})

test('what a table refuses of batches made elsewhere is rejected with its place', async () => {
  const batch: EventBatch = {
    columns: { customer: ['ann', ''], time: [0, 0], value: [1, 2] },
    places: Float64Array.of(5, 9),
    rejected: [{ line: 7, reason: 'odd', text: 'x' }],
    rows: 3,
    timeZone: 'UTC',
  }
  const { table, rejected, rows } = await tableFromBatches([batch, batch])
  expect([table.ledger.accepted, rows]).toEqual([2, 6])
  expect(rejected.map(({ line }) => line)).toEqual([7, 9, 7, 9])
})

test('money in two currencies is refused', async () => {
  const text = '{"type":"purchase","customer":1,"time":0,"value":1,"currency":"EUR"}\n'
  const batches = readEvents([text, text.replace('EUR', 'USD')])
  await expect(tableFromBatches(batches)).rejects.toMatchObject({ code: 'MIXED_CURRENCIES' })
})
