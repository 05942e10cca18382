import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './publicNames.ts'

/** A page of the documentation. */
export interface Page {
  /** From the root of the repository, with slashes. */
  readonly path: string
  readonly text: string
}

/** Every page that users read. */
export function pages(): Page[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'))
  const paths = [
    'README.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'examples/README.md',
    ...docs.map((name) => `docs/${name}`),
  ]
  return paths
    .filter((path) => existsSync(join(ROOT, path)))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8').replaceAll('\r\n', '\n') }))
}

/** What stands between fences of one of these languages, in order. */
export function blocksOf({ text }: Page, ...languages: string[]): string[] {
  const fences = text.matchAll(/^```(\w*)[^\n]*\n(.*?)^```$/gms)
  return Array.from(fences).flatMap(([, language, block]) => (languages.includes(language!) ? [block!] : []))
}

/** Links to files of the repository that do not lead anywhere. */
export function brokenLinks({ path, text }: Page): string[] {
  const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), (match) => match[1]!)
  return links
    .filter((link) => !/^(https?:|mailto:|#)/.test(link))
    .filter((link) => {
      const target = join(ROOT, dirname(path), decodeURIComponent(link.split('#')[0]!))
      return !existsSync(target)
    })
}

/** Commands of a shell block that this repository does not know: scripts of npm, the bin, files that are run. */
export function unknownCommands(block: string): string[] {
  const { scripts, bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>
    readonly bin: Readonly<Record<string, string>>
  }
  const commands = block
    .replaceAll('\\\n', ' ')
    .split(/\n|&&|\|/)
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
  return commands.filter((command) => {
    const [program, first = '', second = ''] = command.split(/\s+/)
    if (program === 'npm' && first === 'run') return !(second in scripts)
    if (program === 'npm') return !(['install', 'ci', 'pack'].includes(first) || first in scripts)
    if (program === 'npx') return !(first in bin)
    if (program === 'node' || program === 'bash') return !existsSync(join(ROOT, first))
    return !(program! in bin)
  })
}
