import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { badOption, checkText } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSignal } from '../core/steps.ts'
import { isRunning } from './isRunning.ts'
import { makeFolder } from './makeFolder.ts'

/** Whole files to write, by path: text, which is written as UTF-8, or bytes. */
export type FileContents = ReadonlyMap<string, string | Uint8Array>

/**
 * Writes files so that each appears whole or not at all: first all of them beside their places, then each renamed over
 * its place. If anything fails or `signal` is aborted before the renaming, no file has changed and none is left over.
 * Folders are made where missing. What a process that was killed left beside these places is removed.
 *
 * @throws {ClienteleError} `BAD_FILE` with the place and what is wrong with it; the reason of `signal`
 * @example
 * await writeFiles(new Map([[`${folder}/scores.csv`, formatCsv({ customer: ['ann'], score: [5] })]]))
 */
export async function writeFiles(files: FileContents, signal?: AbortSignal): Promise<void> {
  checkSignal('writeFiles', signal)
  if (!(files instanceof Map)) throw badOption('writeFiles', 'files', 'a Map of contents by path', files)
  for (const [path, content] of files as FileContents) {
    checkText('writeFiles', 'the path of a file', path)
    if (typeof content === 'string' || content instanceof Uint8Array) continue
    throw badOption('writeFiles', path, 'text or bytes', content)
  }
  const parts = new Map([...files.keys()].map((path) => [path, partPath(path)]))
  try {
    for (const [path, content] of files) {
      signal?.throwIfAborted()
      await orUnwritable('writeFiles', path, async () => {
        await makeFolder(dirname(path))
        await sweep(path)
        await writeThrough(parts.get(path)!, content)
      })
    }
    signal?.throwIfAborted()
    for (const [path, part] of parts) await orUnwritable('writeFiles', path, () => renamePatiently(part, path))
  } catch (error) {
    for (const part of parts.values()) await rm(part, { force: true }).catch(() => {}) // its folder may be none
    throw error
  }
}

const SUFFIX = '.clientele-part'

function partPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}${SUFFIX}`)
}

/** Removes what processes that are no more left of their writing to this place, told by its name. */
async function sweep(path: string): Promise<void> {
  const start = `.${basename(path)}.`
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(start) || !name.endsWith(SUFFIX)) continue
    const writer = name.slice(start.length, -SUFFIX.length)
    if (/^[1-9]\d*$/.test(writer) && !isRunning(Number(writer))) await rm(join(dirname(path), name), { force: true })
  }
}

/** What people call the failures of a file system. */
const WRONG: Readonly<Record<string, string>> = {
  ENOSPC: 'there is no space left on the disk',
  EDQUOT: 'there is no space left for this user',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'the disk can only be read',
  EISDIR: 'there is a folder of that name',
  ENOTDIR: 'what should be its folder is a file',
  EEXIST: 'what should be its folder is a file',
  ENOENT: 'its folder is not there and cannot be made',
}

/** Does some writing; what the file system throws becomes `BAD_FILE` with the place and a sentence. */
export async function orUnwritable(caller: string, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException
    throw new ClienteleError('BAD_FILE', `${caller}: cannot write ${path}: ${WRONG[code] ?? message}`, { cause })
  }
}

/** Writes and waits until the disk has it, so that a rename never outruns the content. */
async function writeThrough(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

const TRIES = 8

/** Windows refuses to rename over a file that somebody has open, such as a virus scanner: it is tried again. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (attempt === TRIES || !['EPERM', 'EACCES', 'EBUSY'].includes(code)) throw error
      await new Promise((resolve) => setTimeout(resolve, 25 * 2 ** attempt))
    }
  }
}
