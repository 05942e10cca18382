import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

/** How a command ended. */
export interface Ending {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built command, as users have it, in a pipe. */
export function clientele(
  args: readonly string[],
  cwd: string,
  whileRunning?: (child: ChildProcess) => void,
): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { cwd })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
    whileRunning?.(child)
  })
}
