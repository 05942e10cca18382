import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes a folder and those above it, one by one: where the system lets nobody make any, `recursive` tries for ever. */
export async function makeFolder(folder: string): Promise<void> {
  const isThere = async (): Promise<boolean> => (await stat(folder).catch(() => undefined))?.isDirectory() ?? false
  if (await isThere()) return
  if (dirname(folder) !== folder) await makeFolder(dirname(folder))
  try {
    await mkdir(folder)
  } catch (error) {
    if (!(await isThere())) throw error // else somebody made it meanwhile
  }
}
