import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ClienteleError } from '../core/errors.ts'

/**
 * Makes sure, before any work, that files can be written where they belong: each place is free or a file, its folder or
 * the nearest one that exists is writable, and none is the file that is read.
 *
 * @throws {ClienteleError} `BAD_FILE` naming the place and what is wrong with it
 */
export async function checkPlaces(places: readonly string[], input: string): Promise<void> {
  const read = await realpath(input).catch(() => resolve(input))
  for (const place of places) {
    if ((await realpath(place).catch(() => resolve(place))) === read) {
      throw new ClienteleError('BAD_FILE', `cannot write ${place}: it is the file that is read; choose another place`)
    }
    const found = await stat(place).catch(() => undefined)
    if (found?.isDirectory())
      throw new ClienteleError('BAD_FILE', `cannot write ${place}: there is a folder of that name`)
    await checkFolder(place, dirname(resolve(place)))
  }
}

async function checkFolder(place: string, folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  if (found === undefined && dirname(folder) !== folder) return checkFolder(place, dirname(folder))
  if (found !== undefined && !found.isDirectory()) {
    throw new ClienteleError('BAD_FILE', `cannot write ${place}: ${folder} is not a folder`)
  }
  try {
    await access(folder, constants.W_OK)
  } catch (cause) {
    throw new ClienteleError('BAD_FILE', `cannot write ${place}: no permission to write in ${folder}`, { cause })
  }
}
