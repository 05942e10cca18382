// Peers from Python: one process answers all requests, a line of JSON each, and measures its own CPU time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Elsewhere, PeerFailed } from '../harness.js'

const SCRIPT = fileURLToPath(new URL('peers.py', import.meta.url))
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1', PYTHONWARNINGS: 'ignore' }

/**
 * Starts the peers, or stands in for them where there is no Python.
 *
 * @param {string | undefined} executable path of a Python with `requirements.txt` installed
 * @param {string} folder for the data that both sides read
 */
export async function startPython(executable, folder) {
  if (!executable) return absent('no Python given')
  const child = spawn(executable, [SCRIPT], {
    env: { ...process.env, ...ONE_THREAD },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ended = once(child, 'exit').catch(() => {}) // a failed start closes the lines as well
  const read = async () => {
    const { done, value } = await lines.next()
    if (done) throw new PeerFailed(`${executable} ended`)
    return JSON.parse(value)
  }
  child.stdin.on('error', () => {}) // a dead process has ended its lines too, and that is reported
  try {
    await once(child, 'spawn')
    return peers((await read()).versions)
  } catch (error) {
    return absent(`Python with requirements.txt needed: ${error.message}`)
  }

  function peers(versions) {
    let files = 0
    return {
      versions,
      /** An entry of `contestants`: the package's answer to `work` on typed arrays. */
      contestant(name, work, size, columns, options = {}) {
        const version = versions[name]
        if (version === undefined) return { [name]: `${name} is not installed` }
        const data = Object.entries(columns).map(([column, values]) => {
          const path = join(folder, `${files++}.bin`)
          writeFileSync(path, values)
          return { column, path, type: values.constructor.name }
        })
        const request = `${JSON.stringify({ work, size, data, options })}\n`
        const ask = async () => {
          child.stdin.write(request)
          const { answer, cpuMs, failure } = await read()
          if (failure) throw new PeerFailed(failure)
          return new Elsewhere(answer, cpuMs)
        }
        return { [`${name} ${version}`]: ask }
      },
      async stop() {
        child.stdin.end()
        await ended
      },
    }
  }
}

function absent(reason) {
  return { versions: {}, contestant: (name) => ({ [name]: reason }), stop: async () => {} }
}
