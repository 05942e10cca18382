// The file that a worker runs: it does what it is asked to, one task after the other.
import { ClienteleError } from '../core/errors.ts'
import { type Reply, type Request, TASKS } from './tasks.ts'

function answer({ id, task, input }: Request): Reply {
  try {
    return { id, result: (TASKS[task] as (input: unknown) => unknown)(input) }
  } catch (error) {
    const code = error instanceof ClienteleError ? error.code : undefined
    return { id, error: { code, message: error instanceof Error ? error.message : String(error) } }
  }
}

if (typeof globalThis.postMessage === 'function') {
  globalThis.onmessage = ({ data }: MessageEvent<Request>) => globalThis.postMessage(answer(data))
} else {
  const { parentPort } = await import('node:worker_threads')
  parentPort!.on('message', (request: Request) => parentPort!.postMessage(answer(request)))
}
