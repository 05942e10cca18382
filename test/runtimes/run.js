// The packed library in Deno and Bun, which come from npm into this folder's own node_modules.
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { call, withPackedLibrary } from '../package/pack.js'

const bin = (name) => fileURLToPath(new URL(`node_modules/.bin/${name}`, import.meta.url))

await withPackedLibrary((folder) => {
  copyFileSync(fileURLToPath(new URL('../package/smoke.js', import.meta.url)), join(folder, 'smoke.js'))
  call(
    bin('deno'),
    ['run', '--no-prompt', '--cached-only', '--node-modules-dir=manual', '--allow-read', '--allow-env', 'smoke.js'],
    folder,
  )
  call(bin('bun'), ['smoke.js'], folder)
})
