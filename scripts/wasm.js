// Compiles src/kernels/wasm/*.as.ts into the modules beside them: `npm run wasm`. A test compares these with their source.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

const FOLDER = new URL('../src/kernels/wasm/', import.meta.url)

/** The text of each TypeScript module by its path, made of the AssemblyScript there is. */
export async function wasmModules() {
  const modules = {}
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.as.ts'))) {
    const name = file.slice(0, -'.as.ts'.length)
    const bytes = await compile(file)
    modules[fileURLToPath(new URL(`${name}.wasm.ts`, FOLDER))] = [
      `// Made of ${file} by \`npm run wasm\`: do not edit.`,
      `/** The WebAssembly of ${file}, in base64. */`,
      `export const ${name.toUpperCase()}_WASM: string =`,
      `  '${Buffer.from(bytes).toString('base64')}'`,
      '',
    ].join('\n')
  }
  return modules
}

async function compile(file) {
  const source = readFileSync(new URL(file, FOLDER), 'utf8')
  let bytes
  const { error, stderr } = await asc.main(
    [file, '-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--enable', 'simd', '--outFile', 'out.wasm'],
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
