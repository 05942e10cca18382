import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const ROOT: string = fileURLToPath(new URL('../../', import.meta.url))

/** The entry points: the name under which they are imported, and their source. */
export const ENTRIES: Readonly<Record<string, string>> = {
  clientele: 'src/index.ts',
  'clientele/clv': 'src/clv/index.ts',
  'clientele/metrics': 'src/metrics/index.ts',
  'clientele/io': 'src/io/index.ts',
  'clientele/plot': 'src/plot/index.ts',
  'clientele/report': 'src/report/index.ts',
  'clientele/workers': 'src/workers/index.ts',
}

/** A name that users can import, and what its docstring says. */
export interface PublicName {
  readonly name: string
  /** Under which it is imported, a key of `ENTRIES`. */
  readonly entry: string
  /** Where it is declared, from `src`, with slashes: `clv/bgNbd/bgNbd.ts`. */
  readonly file: string
  readonly kind: 'function' | 'class' | 'constant' | 'type'
  /** The words of the docstring. */
  readonly words: string
  readonly examples: readonly string[]
  /** Everything that its docstring and those of its fields say, tags too. */
  readonly said: string
  /** Fields of an interface. */
  readonly fields: readonly string[]
  /** Fields of an interface that have no docstring of their own. */
  readonly wordlessFields: readonly string[]
}

/** Every public name, once, under the first entry point that has it; read by the compiler. */
export function publicNames(): PublicName[] {
  const paths = Object.values(ENTRIES).map((path) => join(ROOT, path))
  const program = ts.createProgram(paths, compilerOptions())
  const checker = program.getTypeChecker()
  const names = new Map<string, PublicName>()
  Object.keys(ENTRIES).forEach((entry, i) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(paths[i]!)!)!
    for (const symbol of checker.getExportsOfModule(module)) {
      if (!names.has(symbol.name)) names.set(symbol.name, publicName(checker, symbol, entry))
    }
  })
  return [...names.values()]
}

/** Names of all functions at the top of a file of `src`. */
export function functionNames(): Set<string> {
  const program = ts.createProgram(
    Object.values(ENTRIES).map((path) => join(ROOT, path)),
    compilerOptions(),
  )
  const files = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(join(ROOT, 'src')))
  const functions = files.flatMap(({ statements }) => statements.filter(ts.isFunctionDeclaration))
  return new Set(functions.map(({ name }) => name!.text))
}

/** Those of `tsconfig.json`. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options
}

function publicName(checker: ts.TypeChecker, exported: ts.Symbol, entry: string): PublicName {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const wordsOf = (named: ts.Symbol): string => ts.displayPartsToString(named.getDocumentationComment(checker))
  const tagsOf = (named: ts.Symbol): string =>
    named
      .getJsDocTags(checker)
      .map(({ text }) => ts.displayPartsToString(text))
      .join(' ')
  const declaration = symbol.declarations![0]!
  const members = ts.isInterfaceDeclaration(declaration) ? [...(symbol.members?.values() ?? [])] : []
  return {
    name: exported.name,
    entry,
    file: relative(join(ROOT, 'src'), declaration.getSourceFile().fileName).split(sep).join('/'),
    kind: kindOf(declaration),
    words: wordsOf(symbol),
    said: [symbol, ...members].map((named) => `${wordsOf(named)} ${tagsOf(named)}`).join(' '),
    examples: symbol
      .getJsDocTags(checker)
      .filter(({ name }) => name === 'example')
      .map(({ text }) => ts.displayPartsToString(text)),
    fields: members.map(({ name }) => name),
    wordlessFields: members
      .filter((member) => !(member.flags & ts.SymbolFlags.TypeParameter) && wordsOf(member) === '')
      .map(({ name }) => name),
  }
}

function kindOf(declaration: ts.Declaration): PublicName['kind'] {
  if (ts.isFunctionDeclaration(declaration)) return 'function'
  if (ts.isClassDeclaration(declaration)) return 'class'
  return ts.isVariableDeclaration(declaration) ? 'constant' : 'type'
}
