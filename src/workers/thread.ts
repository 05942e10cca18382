import { ClienteleError, type ErrorCode } from '../core/errors.ts'
import type { Reply, Tasks } from './tasks.ts'

/** A worker that does one task after the other. */
export interface Thread {
  /** Resolves to what the task returns; rejects if it throws, or if the worker dies before it has answered. */
  run<K extends keyof Tasks>(task: K, input: Parameters<Tasks[K]>[0]): Promise<ReturnType<Tasks[K]>>
  /** Stops the worker at once. What it has not answered rejects with `reason`. */
  stop(reason: ClienteleError): Promise<void>
}

/** What Node's workers and those of the web have in common, made alike. */
interface Port {
  post(message: unknown): void
  stop(): Promise<void>
  /** Whether the process waits for the worker. */
  hold(isBusy: boolean): void
}

interface Listener {
  reply(reply: Reply): void
  died(cause: unknown): void
}

interface Waiting {
  resolve(result: never): void
  reject(error: unknown): void
}

/** Starts a worker of the file at `script`. `onDeath` hears that it died, unless it was stopped. */
export async function startThread(script: URL | string, onDeath: (error: ClienteleError) => void): Promise<Thread> {
  const waiting = new Map<number, Waiting>()
  let end: ClienteleError | undefined
  let id = 0
  const finish = (reason: ClienteleError): void => {
    end ??= reason
    for (const { reject } of waiting.values()) reject(end)
    waiting.clear()
  }
  const port = await openPort(script, {
    reply(reply) {
      const asked = waiting.get(reply.id)
      if (asked === undefined) return // given up while the answer was on its way
      waiting.delete(reply.id)
      port.hold(waiting.size > 0)
      if ('result' in reply) asked.resolve(reply.result as never)
      else asked.reject(errorOf(reply.error))
    },
    died(cause) {
      if (end !== undefined) return
      const words = cause instanceof Error ? cause.message : String(cause)
      finish(new ClienteleError('WORKER_FAILED', `workerPool: a worker died: ${words}`, { cause }))
      onDeath(end!)
    },
  })
  port.hold(false)
  return {
    run: (task, input) =>
      new Promise((resolve, reject) => {
        if (end !== undefined) throw end
        waiting.set(++id, { resolve, reject })
        port.hold(true)
        port.post({ id, task, input })
      }),
    async stop(reason) {
      finish(reason)
      await port.stop()
    },
  }
}

function errorOf({ code, message }: { readonly code: string | undefined; readonly message: string }): Error {
  return code === undefined ? new Error(message) : new ClienteleError(code as ErrorCode, message)
}

/** A web worker where there are such (browsers, Deno, Bun), otherwise one of Node's. */
async function openPort(script: URL | string, listener: Listener): Promise<Port> {
  if (typeof globalThis.Worker === 'function') {
    const worker = new globalThis.Worker(script, { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Reply>) => listener.reply(data)
    worker.onerror = (event) => {
      event.preventDefault() // Deno would end the process
      listener.died(event.message || 'its file could not be loaded')
    }
    return { post: (message) => worker.postMessage(message), stop: async () => worker.terminate(), hold: () => {} }
  }
  const { Worker } = await import('node:worker_threads')
  const worker = new Worker(script instanceof URL ? script : new URL(script))
  worker.on('message', (reply: Reply) => listener.reply(reply))
  worker.on('error', (error) => listener.died(error))
  worker.on('exit', (code) => listener.died(new Error(`it ended with code ${code}`)))
  return {
    post: (message) => worker.postMessage(message),
    stop: async () => void (await worker.terminate()),
    hold: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
  }
}
