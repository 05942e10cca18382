import { join } from 'node:path'
import { inspect } from 'node:util'
import { compileFunction } from 'node:vm'
import ts from 'typescript'
import * as core from '../../src/index.ts'
import * as io from '../../src/io/index.ts'
import * as plot from '../../src/plot/index.ts'
import * as report from '../../src/report/index.ts'
import { compilerOptions, ENTRIES, ROOT } from './publicNames.ts'
import { type Stated, statedValue } from './statedValue.ts'

/** Blocks of code of one origin as a module that can be compiled and run. */
export interface Script {
  /** Where the code stands, for messages. */
  readonly origin: string
  /** The module: its default export is a function that runs the code and hands each value that a comment states to its
   * argument. */
  readonly text: string
  /** The values that comments state. */
  readonly stated: readonly StatedLine[]
}

interface StatedLine {
  readonly line: string
  readonly is: Stated
}

/**
 * Makes one module of blocks of code. A block sees the names of those before it, and may use them anew for something
 * else.
 *
 * @param header - imports that the code takes for granted
 */
export function scriptOf(origin: string, blocks: readonly string[], header = ''): Script {
  const stated: StatedLine[] = []
  const imports = new Set<string>()
  const bodies = blocks.map((block) => prepare(block, imports, stated))
  const body = `${bodies.map((code) => `{\n${code}\n`).join('')}${'}'.repeat(bodies.length)}`
  const text = `${header}
${[...imports].join('\n')}
export default async function (shows: <Value>(index: number, value: Value) => Value): Promise<void> {
${body}
}
`
  return { origin, text, stated }
}

/** The block with its imports moved to `imports` and each value that a comment states wrapped in a call of `shows`. */
function prepare(block: string, imports: Set<string>, stated: StatedLine[]): string {
  const file = ts.createSourceFile('block.ts', block, ts.ScriptTarget.Latest, true)
  const edits: { readonly from: number; readonly to: number; readonly text: string }[] = []
  const wrap = (value: ts.Expression, line: string, is: Stated): void => {
    edits.push({ from: value.getStart(), to: value.getStart(), text: `shows(${stated.length}, ` })
    edits.push({ from: value.end, to: value.end, text: ')' })
    stated.push({ line, is })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      edits.push({ from: node.getStart(), to: node.end, text: '' })
      for (const line of bindingsOf(node)) imports.add(line)
      return
    }
    const value = valueOf(node)
    const comment = value && commentBehind(block, node.end)
    const is = comment === undefined ? undefined : statedValue(comment)
    if (value && is) wrap(value, `${node.getText()} // ${comment}`, is)
    else ts.forEachChild(node, visit)
  }
  visit(file)
  // From the last to the first, so that each edit finds its place where it was.
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((code, { from, to, text }) => code.slice(0, from) + text + code.slice(to), block)
}

/** An import, a statement for each name: several blocks may import the same one. */
function bindingsOf(node: ts.ImportDeclaration): string[] {
  const from = node.moduleSpecifier.getText()
  const bindings = node.importClause?.namedBindings
  if (!bindings || !ts.isNamedImports(bindings)) return [node.getText()]
  const type = node.importClause.isTypeOnly ? 'type ' : ''
  return bindings.elements.map((element) => `import { ${type}${element.getText()} } from ${from}`)
}

/** What a statement is worth: its expression, what it prints, or what it calls by a name. */
function valueOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]!.initializer
  if (!ts.isExpressionStatement(node)) return undefined
  const { expression } = node
  const prints = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log'
  return prints ? expression.arguments[0] : expression
}

/** The comment at the end of the line, or else alone on the next one. */
function commentBehind(code: string, end: number): string | undefined {
  return /^;?[ \t]*(?:\n[ \t]*)?\/\/(.*)/.exec(code.slice(end))?.[1]
}

/** What the compiler has against the scripts, in words. */
export function typeErrors(scripts: readonly Script[]): string[] {
  const folder = join(ROOT, 'test/docs')
  const texts = new Map(scripts.map((script, i) => [join(folder, `script-${i}.ts`).replaceAll('\\', '/'), script]))
  const options: ts.CompilerOptions = {
    ...compilerOptions(),
    paths: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, [join(ROOT, path)]])),
    isolatedDeclarations: false,
    declaration: false,
    noUnusedLocals: false,
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => texts.has(path) || fileExists(path)
  host.readFile = (path) => texts.get(path)?.text ?? readFile(path)
  host.getSourceFile = (path, version, ...rest) => {
    const script = texts.get(path)
    return script ? ts.createSourceFile(path, script.text, version) : getSourceFile(path, version, ...rest)
  }
  const program = ts.createProgram([...texts.keys()], options, host)
  return [...texts].flatMap(([path, { origin }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(({ messageText }) => `${origin}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  )
}

/** What an example may import. */
const MODULES: Readonly<Record<string, unknown>> = {
  clientele: core,
  'clientele/io': io,
  'clientele/plot': plot,
  'clientele/report': report,
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
  const wrong = new Map(script.stated.map(({ line }, i) => [i, `${script.origin}: ${line}\n  was not reached`]))
  await exports.default!((index, value) => {
    const { line, is } = script.stated[index]!
    if (is(value)) wrong.delete(index)
    else wrong.set(index, `${script.origin}: ${line}\n  is ${inspect(value, { depth: 4, maxArrayLength: 8 })}`)
    return value
  })
  return [...wrong.values()]
}
