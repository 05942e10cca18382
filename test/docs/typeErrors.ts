import { join } from 'node:path'
import ts from 'typescript'
import { compilerOptions, ENTRIES, ROOT } from './publicNames.ts'
import type { Script } from './script.ts'

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
    noUnusedParameters: false,
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
