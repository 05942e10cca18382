import { readFile } from 'node:fs/promises'
import { checkText } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'

/**
 * The text of a UTF-8 file.
 *
 * @throws {ClienteleError} `BAD_FILE` if it cannot be opened, is not UTF-8, or is larger than one string can be
 * @example
 * const { accepted } = readCsv(await readTextFile('examples/data/cdnow.csv'))
 * accepted // 69659
 */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readBytes('readTextFile', checkText('readTextFile', 'path', path))
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new ClienteleError(
      'BAD_FILE',
      `readTextFile: ${path} is not UTF-8 text of less than 512 MB; save it as CSV UTF-8`,
      {
        cause,
      },
    )
  }
}

/**
 * The bytes of a file.
 *
 * @throws {ClienteleError} `BAD_FILE` if it cannot be opened, or is larger than one array of bytes can be
 */
export async function readBytes(caller: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new ClienteleError('BAD_FILE', `${caller}: cannot read ${path}: ${(cause as Error).message}`, { cause })
  }
}
