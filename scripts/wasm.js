// Compiles src/kernels/wasm/*.as.ts into the modules beside them: `npm run wasm`. A test compares these with their source.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const FOLDER = new URL('../src/kernels/wasm/', import.meta.url)

/** Those that several threads run in one memory, which WebAssembly wants to know beforehand. */
const SHARED = new Set(['buckets'])

/** Pages of 64 kB that 32-bit addresses can tell apart. */
const MOST_PAGES = '65536'

/** The text of each TypeScript module by its path, made of the AssemblyScript there is. */
export async function wasmModules() {
  const modules = {}
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.as.ts'))) {
    const name = file.slice(0, -'.as.ts'.length)
    const constants = [constantText(`${name.toUpperCase()}_WASM`, `The WebAssembly of ${file}`, await compile(file))]
    if (SHARED.has(name)) {
      const bytes = await compile(file, ['--sharedMemory', '--enable', 'threads', '--maximumMemory', MOST_PAGES])
      constants.push(
        constantText(`SHARED_${name.toUpperCase()}_WASM`, 'The same for a memory of several threads', bytes),
      )
    }
    const text = [`// Made of ${file} by \`npm run wasm\`: do not edit.`, ...constants, ''].join('\n')
    modules[fileURLToPath(new URL(`${name}.wasm.ts`, FOLDER))] = text
  }
  return modules
}

function constantText(name, what, bytes) {
  return `/** ${what}, in base64. */\nexport const ${name}: string =\n  '${Buffer.from(bytes).toString('base64')}'`
}

async function compile(file, more = []) {
  const source = readFileSync(new URL(file, FOLDER), 'utf8')
  let bytes
  const { error, stderr } = await asc.main(
    [
      file,
      '-O3',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      '--enable',
      'simd',
      ...more,
      '--outFile',
      'out.wasm',
    ],
    {
      readFile: (name) => (name === file ? source : null),
      writeFile: (_, contents) => {
        bytes = contents
      },
      listFiles: () => [],
    },
  )
  if (error) throw new Error(`${file}: ${stderr.toString()}`, { cause: error })
  return bytes
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await wasmModules())) writeFileSync(path, text)
}
