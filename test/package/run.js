// The packed library in Node: every entry point is imported and the command run, in an empty folder.
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { call, withPackedLibrary } from './pack.js'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

await withPackedLibrary((folder) => {
  copyFileSync(here('smoke.js'), join(folder, 'smoke.js'))
  copyFileSync(here('../../examples/data/cdnow-sample.csv'), join(folder, 'purchases.csv'))
  call('node', ['smoke.js'], folder)
  call('npx', ['clientele', 'analyze', 'purchases.csv', '--out', 'out'], folder)
  const rows =
    readFileSync(join(folder, 'out', 'customers.csv'), 'utf8')
      .trimEnd()
      .split('\n').length - 1
  if (rows !== 2357) throw new Error(`customers.csv must have 2357 rows, got ${rows}`)
})
