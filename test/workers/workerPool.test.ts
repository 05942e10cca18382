import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { ErrorCode } from '../../src/core/errors.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { type EventColumns, eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { startThread } from '../../src/workers/thread.ts'
import { type PoolSummaryOptions, type WorkerPool, workerPool } from '../../src/workers/workerPool.ts'
import { expectSame } from '../fixtures/same.ts'

const DAY_MS = 86_400_000
const folder = mkdtempSync(join(tmpdir(), 'clientele-workers-'))
const script = pathToFileURL(join(folder, 'worker.mjs'))
const pools: WorkerPool[] = []

// Workers run JavaScript, and the source is TypeScript.
beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/workers/worker.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: fileURLToPath(script),
  })
  for (const threads of [1, 2, 3]) pools.push(workerPool({ threads, script }))
})

afterAll(async () => {
  for (const pool of pools) await pool.close()
  rmSync(folder, { recursive: true })
})

/** A file that a worker can be made of. */
function scriptOf(name: string, text: string): URL {
  const path = join(folder, name)
  writeFileSync(path, text)
  return pathToFileURL(path)
}

async function expectSameSummary(columns: EventColumns, options: PoolSummaryOptions): Promise<void> {
  const { asOf, timeUnit = 'week', ...tableOptions } = options
  const expected = customerSummary(eventTableFromColumns(columns, tableOptions), { asOf, timeUnit })
  for (const pool of pools) expectSame(await pool.summarise(columns, options), expected)
}

async function expectRejection(work: Promise<unknown>, code: ErrorCode, words: string): Promise<void> {
  await expect(work).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
}

function many(rows: number, customers: number): EventColumns {
  const customer = new Uint32Array(rows)
  const time = new Float64Array(rows)
  const value = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    // A few customers buy much, many little.
    customer[i] = Math.floor((customers * ((i * 7919) % rows) ** 2) / rows ** 2)
    time[i] = ((i * 104_729) % 400) * DAY_MS + ((i * 31) % DAY_MS)
    value[i] = ((i * 17) % 9973) / 100
  }
  return { customer, time, value }
}

describe('laws: the summary of one thread, to the bit', () => {
  const anyPurchases = fc.array(
    fc.record({
      id: fc.integer({ min: -20, max: 20 }),
      time: fc.oneof(fc.integer({ min: -1e12, max: 2e12 }), fc.nat(40 * DAY_MS)),
      value: fc.oneof(
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.nat(10_000).map((cents) => cents / 100),
      ),
    }),
    { minLength: 1, maxLength: 100 },
  )

  test.each(['UTC', 'America/Sao_Paulo'])('any purchases, days of %s', async (timeZone) => {
    await fc.assert(
      fc.asyncProperty(anyPurchases, async (purchases) => {
        const columns = {
          customer: Int32Array.from(purchases, ({ id }) => id),
          time: Float64Array.from(purchases, ({ time }) => time),
          value: Float64Array.from(purchases, ({ value }) => value),
        }
        await expectSameSummary(columns, { asOf: '1970-01-20', timeZone })
        await expectSameSummary(columns, { asOf: '2100-01-01', timeZone, timeUnit: 'day', currency: 'EUR' })
      }),
      { numRuns: 40 }, // each goes to three pools twice
    )
  })

  test.each([
    ['many buckets', many(300_000, 60_000)],
    ['more threads than buckets', many(2000, 50)],
    [
      'distant ids',
      { ...many(50_000, 9000), customer: Float64Array.from({ length: 50_000 }, (_, i) => (i * i) % 1e9) },
    ],
    [
      'distant ids, some below 0',
      { ...many(50_000, 9000), customer: Float64Array.from({ length: 50_000 }, (_, i) => 7e9 * ((i % 9000) - 4500)) },
    ],
    [
      'ids that ascend in parts',
      { ...many(6000, 50), customer: Int16Array.from({ length: 6000 }, (_, i) => i % 3000) },
    ],
    [
      'ids that ascend in one part',
      {
        ...many(6000, 50),
        customer: Int32Array.from({ length: 6000 }, (_, i) => (i < 3000 ? i >> 2 : (i * i) % 2011)),
      },
    ],
    ['ids that ascend', { ...many(5000, 50), customer: Uint32Array.from({ length: 5000 }, (_, i) => i >> 3) }],
    ['texts', { ...many(500, 50), customer: Array.from({ length: 500 }, (_, i) => `c${i % 7}`) }],
    [
      'visits among them',
      { ...many(100, 9), type: Array.from({ length: 100 }, (_, i) => (i % 3 ? 'purchase' : 'visit')) },
    ],
  ] as [string, EventColumns][])('%s', async (_, columns) => {
    for (const asOf of ['1970-01-01', '1970-06-30', '1971-12-31']) await expectSameSummary(columns, { asOf })
  })

  test('columns in shared memory are read where they are', async () => {
    const columns = many(10_000, 700)
    const shared = Object.fromEntries(
      Object.entries(columns).map(([name, column]) => {
        const Column = column.constructor as Float64ArrayConstructor
        const room = new Column(new SharedArrayBuffer(column.byteLength))
        room.set(column)
        return [name, room]
      }),
    ) as unknown as EventColumns
    const options = { asOf: '1971-12-31' }
    const expected = customerSummary(eventTableFromColumns(columns), options)
    // At the same time, which must not mix them up.
    const found = await Promise.all([...pools, ...pools].map((pool) => pool.summarise(shared, options)))
    for (const summary of found) expectSame(summary, expected)
  })

  test('without WebAssembly this thread does the work, and so it does if only the workers are without', async () => {
    const options = { asOf: '1971-12-31' }
    const text = `delete globalThis.WebAssembly\nawait import(${JSON.stringify(script.href)})`
    const pool = workerPool({ script: scriptOf('without.mjs', text) })
    expectSame(await pool.summarise(many(2000, 50), options), await pools[0]!.summarise(many(2000, 50), options))
    await pool.close()
    vi.stubGlobal('WebAssembly', undefined)
    await expectSameSummary(many(2000, 50), options)
    vi.unstubAllGlobals()
  })

  test('a pool that keeps its memory does not mix summaries up', async () => {
    const sizes = [20_000, 300, 40_000, 5, 40_000]
    for (const rows of sizes) await expectSameSummary(many(rows, Math.ceil(rows / 9)), { asOf: '1970-09-09' })
  })
})

describe('refusals', () => {
  test('options', async () => {
    for (const threads of [0, 65, 1.5]) {
      expect(() => workerPool({ threads })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }))
    }
    const [pool] = pools as [WorkerPool]
    await expectRejection(pool.summarise(many(9, 3), { asOf: 'never' }), 'BAD_OPTION', '"asOf"')
    await expectRejection(pool.summarise(many(9, 3), { asOf: '1970-01-01', timeZone: 'Mars' }), 'BAD_OPTION', 'Mars')
    const options = { asOf: '1970-01-01', timeUnit: 'year' as never }
    await expectRejection(pool.summarise(many(9, 3), options), 'BAD_OPTION', '"timeUnit"')
  })

  test('columns, in the words of the table', async () => {
    const columns = many(900, 30)
    const time = (columns.time as Float64Array).slice()
    time[500] = Number.NaN
    const value = (columns.value as Float64Array).slice(1)
    for (const pool of pools) {
      await expectRejection(pool.summarise({ ...columns, time }, { asOf: '1970-01-01' }), 'BAD_EVENT', 'event 500')
      await expectRejection(pool.summarise({ ...columns, value }, { asOf: '1970-01-01' }), 'BAD_SHAPE', '"value"')
    }
    const options = { asOf: '1971-01-01', invalid: 'reject' } as const
    await expectSameSummary({ ...columns, time }, options)
  })

  test('an error in a worker crosses over with its code', async () => {
    const thread = await startThread(script, () => {})
    const [time, value] = [new Float64Array(1), new Float64Array(1)]
    const bad = thread.run('place', { time, value, numbers: new Uint32Array(0), timeZone: 'Mars' } as never)
    await expectRejection(bad, 'BAD_OPTION', 'Mars')
    await expect(thread.run('number', undefined as never)).rejects.toThrow(/undefined/)
    await thread.stop(new Error('done') as never)
  })
})

describe('lifetime', () => {
  const columns = many(1000, 30)
  const options = { asOf: '1971-01-01' }

  test('after closing, and while it closes, work is refused', async () => {
    const pool = workerPool({ script })
    const work = pool.summarise(columns, options)
    await Promise.all([expectRejection(work, 'WORKER_FAILED', 'closed'), pool.close()])
    await expectRejection(pool.summarise(columns, options), 'WORKER_FAILED', 'closed')
    await pool.close()
  })

  test('a pool is disposable', async () => {
    const pool = workerPool({ script, threads: 1 })
    await pool[Symbol.asyncDispose]()
    await expectRejection(pool.summarise(columns, options), 'WORKER_FAILED', 'closed')
  })

  test('a worker that dies rejects the work, and the next one starts anew', async () => {
    const mortal = `
      import { existsSync, writeFileSync } from 'node:fs'
      import { parentPort } from 'node:worker_threads'
      const mark = ${JSON.stringify(join(folder, 'died'))}
      if (existsSync(mark)) await import(${JSON.stringify(script.href)})
      else parentPort.on('message', () => { writeFileSync(mark, ''); process.exit(3) })`
    const pool = workerPool({ threads: 2, script: scriptOf('mortal.mjs', mortal) })
    await expectRejection(pool.summarise(columns, options), 'WORKER_FAILED', 'it ended with code 3')
    const expected = customerSummary(eventTableFromColumns(columns), options)
    expect(await pool.summarise(columns, options)).toEqual(expected)
    await pool.close()
  })

  test('regression: an answer to work that was given up ended the process', async () => {
    const late = `
      import { parentPort } from 'node:worker_threads'
      import ${JSON.stringify(script.href)}
      parentPort.on('message', () => parentPort.postMessage({ id: 0, result: 0 }))`
    const pool = workerPool({ threads: 2, script: scriptOf('late.mjs', late) })
    const expected = customerSummary(eventTableFromColumns(columns), options)
    expect(await pool.summarise(columns, options)).toEqual(expected)
    await pool.close()
  })

  test('a file that is none rejects the work', async () => {
    const missing = workerPool({ script: new URL('missing.mjs', script) })
    await expectRejection(missing.summarise(columns, options), 'WORKER_FAILED', 'missing.mjs')
    const broken = workerPool({ script: scriptOf('broken.mjs', 'throw new Error("no luck")') })
    await expectRejection(broken.summarise(columns, options), 'WORKER_FAILED', 'no luck')
    const nowhere = workerPool({ script: 'no address' })
    await expectRejection(nowhere.summarise(columns, options), 'WORKER_FAILED', 'no worker could start')
  })
})
