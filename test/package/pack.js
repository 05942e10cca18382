// Packs the library as it would be published and installs the tarball, with its dependencies, in an empty folder.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const isWindows = process.platform === 'win32'

/** Runs `command` and shows what it prints. */
export function call(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: 'inherit', shell: isWindows })
}

/** Hands a folder in which the packed library is installed to `use`, and removes the folder afterwards. */
export async function withPackedLibrary(use) {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-packed-'))
  try {
    const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: ROOT,
      shell: isWindows,
    })
    const [{ filename, files }] = JSON.parse(output.toString())
    const data = files.map(({ path }) => path).filter((path) => /(^|\/)(examples|test|benchmarks)\//.test(path))
    if (data.length > 0) throw new Error(`the tarball holds what it must not: ${data.join(', ')}`)
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'somebody', private: true, type: 'module' }))
    call('npm', ['install', '--no-audit', '--no-fund', resolve(folder, filename)], folder)
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
