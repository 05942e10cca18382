// Runs every example in this folder, one after the other.
import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
for (const file of readdirSync(here).filter((name) => name.endsWith('.js') && name !== 'run.js')) {
  console.log(`\n--- ${file}`)
  execFileSync(process.execPath, [file], { cwd: here, stdio: 'inherit' })
}
