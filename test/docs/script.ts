import ts from 'typescript'
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
    const value = worthOf(node)
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
function worthOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]!.initializer
  if (!ts.isExpressionStatement(node)) return undefined
  const { expression } = node
  const prints = ts.isCallExpression(expression) && expression.expression.getText() === 'console.log'
  return prints ? expression.arguments[0] : expression
}

/** The comment at the end of the line, or else alone on the next one. */
function commentBehind(code: string, end: number): string | undefined {
  return /^;?[ \t]*(?:\n[ \t]*)?\/\/ *(.*)/.exec(code.slice(end))?.[1]
}
