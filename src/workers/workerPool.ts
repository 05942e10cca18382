import { parseDay } from '../core/calendar.ts'
import { checkInteger, checkNoOthers, checkObject, checkOptions, checkText } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkUnit } from '../core/timeUnit.ts'
import type { WholeNumbers } from '../kernels/scanEvents.ts'
import { type CustomerSummary, customerSummary, type SummaryOptions } from '../table/customerSummary.ts'
import type { EventTableOptions } from '../table/eventTable.ts'
import { isWholeNumbers } from '../table/purchaseColumns.ts'
import { resolveTableOptions } from '../table/tableDraft.ts'
import { type EventColumns, eventTableFromColumns } from '../table/tableFromColumns.ts'
import { type SharedScratch, sharedScratch } from './sharedScratch.ts'
import { sharedSummary } from './sharedSummary.ts'
import type { Slice } from './tasks.ts'
import { startThread, type Thread } from './thread.ts'

/** Options of `workerPool`. */
export interface WorkerPoolOptions {
  /** How many workers share the work, 1 to 64. @default 2 */
  readonly threads?: number
  /**
   * Address of the workers' file, if a bundler has put it elsewhere: the bundle of `clientele/dist/workers/worker.js`.
   *
   * @default `worker.js` beside this module
   */
  readonly script?: URL | string
}

/** Options of `WorkerPool.summarise`: those of the table and of its summary. */
export interface PoolSummaryOptions extends SummaryOptions, EventTableOptions {}

/** Workers that share the work of a large summary. */
export interface WorkerPool {
  /** How many workers there are. */
  readonly threads: number
  /**
   * To the bit what `customerSummary` gives of the table that `eventTableFromColumns` makes of the columns, by all workers
   * together, while this thread is free.
   *
   * They take purchases in any order with whole-number ids in a typed array and times and values in `Float64Array`.
   * Columns over a `SharedArrayBuffer` are read where they are, others are copied once. Everything else, such as ids that
   * are texts or ascend already, is summed up in this thread. The columns of the result are over shared memory.
   *
   * Rejects with `WORKER_FAILED` if a worker dies, and with what the two functions throw.
   */
  summarise(columns: EventColumns, options: PoolSummaryOptions): Promise<CustomerSummary>
  /** Stops the workers. Work under way is rejected with `WORKER_FAILED`. */
  close(): Promise<void>
  /** As `close`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Workers for summaries of millions of events. They start with the first work, take some 50 ms to, and keep no process
 * alive. Until it is closed, a pool keeps the memory in which they work together, some 16 bytes an event of its largest
 * summary, for the next one. Needs WebAssembly and `SharedArrayBuffer`, which browsers give to pages that are isolated from
 * other origins; without them, this thread does the work.
 *
 * @throws {ClienteleError} `BAD_OPTION` if `threads` is out of range
 * @example
 * const pool = workerPool({ threads: 2 })
 * const columns = {
 *   customer: Uint32Array.of(1, 2, 1),
 *   time: ['2024-05-02', '2024-05-03', '2024-06-01'],
 *   value: Float64Array.of(30, 12, 25),
 * }
 * const summary = await pool.summarise(columns, { asOf: '2024-06-30', timeUnit: 'day' })
 * await pool.close()
 * summary.total[0] // 55
 */
export function workerPool(options: WorkerPoolOptions = {}): WorkerPool {
  const {
    threads: count = 2,
    script = new URL('./worker.js', import.meta.url),
    ...others
  } = checkOptions('workerPool', options)
  checkNoOthers('workerPool', others)
  checkInteger('workerPool', 'threads', count, 1, 64)
  if (!(script instanceof URL)) checkText('workerPool', 'script', script)
  let running: Promise<Thread[]> | undefined
  let idle: SharedScratch | undefined
  let isClosed = false
  const stopAll = async (started: Promise<Thread[]> | undefined, reason: ClienteleError): Promise<void> => {
    const threads = await started
    await Promise.all((threads ?? []).map((thread) => thread.stop(reason)))
  }
  const start = (): Promise<Thread[]> => {
    // One that dies takes the others with it: what they share is half done. The next work starts new ones.
    const onDeath = (reason: ClienteleError): void => {
      const dead = running
      running = undefined
      void stopAll(dead, reason)
    }
    return Promise.all(Array.from({ length: count }, () => startThread(script, onDeath))).catch((cause) => {
      running = undefined
      throw new ClienteleError('WORKER_FAILED', `workerPool: no worker could start: ${cause.message}`, { cause })
    })
  }
  const close = async (): Promise<void> => {
    isClosed = true
    idle = undefined
    const started = running
    running = undefined
    await stopAll(started, closed())
  }
  return {
    threads: count,
    async summarise(columns, options) {
      if (isClosed) throw closed()
      const caller = 'WorkerPool.summarise'
      const { asOf, timeUnit = 'week', ...tableOptions } = checkOptions(caller, options)
      const { zone, currency } = resolveTableOptions(caller, tableOptions)
      const lastDay = parseDay(caller, 'asOf', asOf)
      checkUnit(caller, timeUnit)
      const purchases = shareable(checkObject(caller, 'columns', columns))
      if (purchases !== undefined) {
        running ??= start()
        const threads = await running
        // A summary under way has the memory to itself: a second one at the same time brings its own.
        const scratch = idle ?? sharedScratch()
        idle = undefined
        const summary = await sharedSummary(threads, scratch, purchases, { zone, currency, lastDay, timeUnit })
        if (!isClosed) idle = scratch
        if (summary !== undefined) return summary
      }
      return customerSummary(eventTableFromColumns(columns, tableOptions), { asOf, timeUnit })
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

function closed(): ClienteleError {
  return new ClienteleError('WORKER_FAILED', 'workerPool: the pool is closed')
}

/** The columns in shared memory; nothing, if they hold more than purchases, are of other kinds, or differ in length. */
function shareable({ customer, time, value, ...more }: EventColumns): Slice | undefined {
  if (typeof SharedArrayBuffer !== 'function' || Object.values(more).some((column) => column !== undefined)) return
  if (!isWholeNumbers(customer) || !(time instanceof Float64Array) || !(value instanceof Float64Array)) return
  if (customer.length !== time.length || time.length !== value.length) return
  return { ids: shared(customer), time: shared(time), value: shared(value) }
}

/** A column where all threads can read it. */
function shared<T extends WholeNumbers>(column: T): T {
  if (column.buffer instanceof SharedArrayBuffer) return column
  const Column = column.constructor as new (buffer: SharedArrayBuffer) => T
  const copy = new Column(new SharedArrayBuffer(column.byteLength))
  copy.set(column)
  return copy
}
