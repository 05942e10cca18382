// Executes the notebooks in Deno's Jupyter kernel with nbconvert. Without arguments the results go to out/notebooks and
// only a failure matters; with --write they replace the notebooks, so that the pictures in them are fresh.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const NOTEBOOKS = at('../../examples/notebooks')
const results = process.argv.includes('--write') ? NOTEBOOKS : at('../../out/notebooks')

const jupyter = mkdtempSync(join(tmpdir(), 'clientele-jupyter-'))
try {
  mkdirSync(join(jupyter, 'kernels', 'deno'), { recursive: true })
  const argv = [at('../runtimes/node_modules/.bin/deno'), 'jupyter', '--kernel', '--conn', '{connection_file}']
  const kernel = { argv, display_name: 'Deno', language: 'typescript' }
  writeFileSync(join(jupyter, 'kernels', 'deno', 'kernel.json'), JSON.stringify(kernel))
  mkdirSync(results, { recursive: true })
  for (const notebook of readdirSync(NOTEBOOKS).filter((name) => name.endsWith('.ipynb'))) {
    const options = [
      '--to',
      'notebook',
      '--execute',
      '--ExecutePreprocessor.record_timing=False',
      '--output-dir',
      results,
    ]
    execFileSync('jupyter', ['nbconvert', ...options, notebook], {
      cwd: NOTEBOOKS,
      stdio: 'inherit',
      env: { ...process.env, JUPYTER_PATH: jupyter },
    })
    console.log(`${notebook} runs`)
  }
} catch (error) {
  if (error.code === 'ENOENT') console.error('notebooks need jupyter with nbconvert: apt-get install jupyter-nbconvert')
  throw error
} finally {
  rmSync(jupyter, { recursive: true, force: true })
}
