import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Whole files to write, by path: text, which is written as UTF-8, or bytes. */
export type FileContents = ReadonlyMap<string, string | Uint8Array>

/**
 * Writes files so that each appears whole or not at all: first all of them beside their places, then each renamed over
 * its place. If anything fails or `signal` is aborted before the renaming, no file has changed and none is left over.
 * Folders are made where missing.
 *
 * @throws whatever the file system threw; the reason of `signal`
 * @example
 * await writeFiles(new Map([[`${folder}/scores.csv`, formatCsv({ customer: ['ann'], score: [5] })]]))
 */
export async function writeFiles(files: FileContents, signal?: AbortSignal): Promise<void> {
  const parts = new Map([...files.keys()].map((path) => [path, partPath(path)]))
  try {
    for (const [path, content] of files) {
      signal?.throwIfAborted()
      await mkdir(dirname(path), { recursive: true })
      await writeThrough(parts.get(path)!, content)
    }
    signal?.throwIfAborted()
    for (const [path, part] of parts) await renamePatiently(part, path)
  } catch (error) {
    for (const part of parts.values()) await rm(part, { force: true })
    throw error
  }
}

function partPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.part`)
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
