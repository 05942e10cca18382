import { inspect } from 'node:util'
import { compileFunction } from 'node:vm'
import ts from 'typescript'
import * as clv from '../../src/clv/index.ts'
import * as core from '../../src/index.ts'
import * as io from '../../src/io/index.ts'
import * as metrics from '../../src/metrics/index.ts'
import * as plot from '../../src/plot/index.ts'
import * as report from '../../src/report/index.ts'
import * as workers from '../../src/workers/index.ts'
import type { Script } from './script.ts'

/** What an example may import. */
const MODULES: Readonly<Record<string, unknown>> = {
  clientele: core,
  'clientele/clv': clv,
  'clientele/metrics': metrics,
  'clientele/io': io,
  'clientele/plot': plot,
  'clientele/report': report,
  'clientele/workers': workers,
}

const SILENT = { log: () => {}, table: () => {}, error: () => {} }

/**
 * Runs the script and says which of its comments state another value than came out, or none because the line was not
 * reached.
 *
 * @param modules - what it may import beside the entry points
 */
export async function wrongValues(script: Script, modules: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  const { outputText } = ts.transpileModule(script.text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  })
  const load = (name: string): unknown => {
    const found = MODULES[name] ?? modules[name] ?? process.getBuiltinModule(name)
    if (found === undefined) throw new Error(`${script.origin}: an example cannot import "${name}"`)
    return found
  }
  const exports: { default?: (shows: (index: number, value: unknown) => unknown) => Promise<void> } = {}
  compileFunction(outputText, ['require', 'exports', 'console'], { filename: script.origin })(load, exports, SILENT)
  const reached = new Set<number>()
  const wrong: string[] = []
  await exports.default!((index, value) => {
    const { line, is } = script.stated[index]!
    reached.add(index)
    if (!is(value)) wrong.push(`${script.origin}: ${line}\n  is ${inspect(value, { depth: 4, maxArrayLength: 8 })}`)
    return value
  })
  const passedBy = script.stated.filter((_, index) => !reached.has(index))
  return [...wrong, ...passedBy.map(({ line }) => `${script.origin}: ${line}\n  was not reached`)]
}
