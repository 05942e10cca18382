import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTextFile } from '../../src/io/readTextFile.ts'
import { writeFiles } from '../../src/io/writeFiles.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

test('files appear, folders included, and replace those before', async () => {
  const path = join(folder, 'out', 'a.csv')
  await writeFiles(new Map([[path, 'one']]))
  await writeFiles(
    new Map([
      [path, 'two'],
      [join(folder, 'out', 'b.csv'), 'b'],
    ]),
  )
  expect(await readFile(path, 'utf8')).toBe('two')
  expect((await readdir(join(folder, 'out'))).sort()).toEqual(['a.csv', 'b.csv'])
})

test('bytes are written as they are', async () => {
  const path = join(folder, 'state.bin')
  const bytes = Uint8Array.of(0, 255, 10, 13, 0xc3, 0x28)
  await writeFiles(new Map([[path, bytes]]))
  expect(new Uint8Array(await readFile(path))).toEqual(bytes)
})

test('if one cannot be written, none has changed and nothing is left over', async () => {
  const path = join(folder, 'a.csv')
  await writeFile(path, 'before')
  await writeFile(join(folder, 'file'), 'in the way of a folder')
  const files = new Map([
    [path, 'after'],
    [join(folder, 'file', 'b.csv'), 'b'],
  ])
  await expect(writeFiles(files)).rejects.toMatchObject({
    code: 'BAD_FILE',
    message: `writeFiles: cannot write ${join(folder, 'file', 'b.csv')}: what should be its folder is a file`,
  })
  expect(await readFile(path, 'utf8')).toBe('before')
  expect((await readdir(folder)).sort()).toEqual(['a.csv', 'file'])
})

test('a folder in the way is named', async () => {
  await mkdir(join(folder, 'a.csv'))
  await expect(writeFiles(new Map([[join(folder, 'a.csv'), 'x']]))).rejects.toMatchObject({ code: 'BAD_FILE' })
  expect(await readdir(folder)).toEqual(['a.csv'])
})

// Whoever is root may write anywhere, and Windows has other rights.
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('so is a place without permission', async () => {
  await chmod(folder, 0o500)
  await expect(writeFiles(new Map([[join(folder, 'a.csv'), 'x']]))).rejects.toMatchObject({
    code: 'BAD_FILE',
    message: expect.stringContaining('no permission to write there'),
  })
  await chmod(folder, 0o700)
})

test.skipIf(!existsSync('/dev/full'))('and a full disk', async () => {
  const { orUnwritable } = await import('../../src/io/writeFiles.ts')
  await expect(orUnwritable('writeFiles', 'a.csv', () => writeFile('/dev/full', 'x'))).rejects.toMatchObject({
    code: 'BAD_FILE',
    message: 'writeFiles: cannot write a.csv: there is no space left on the disk',
  })
})

// Nobody can make a folder there, and Node's own recursion never ends.
test.skipIf(!existsSync('/proc/self'))('and a folder that cannot be made', async () => {
  await expect(writeFiles(new Map([['/proc/x/y', 'x']]))).rejects.toMatchObject({
    code: 'BAD_FILE',
    message: 'writeFiles: cannot write /proc/x/y: its folder is not there and cannot be made',
  })
})

test('folders are made where missing, by several at once too', async () => {
  const places = ['a', 'b', 'c'].map((name) => join(folder, 'deep', 'down', `${name}.csv`))
  await Promise.all(places.map((place) => writeFiles(new Map([[place, place]]))))
  for (const place of places) expect(await readFile(place, 'utf8')).toBe(place)
})

test('what a killed process left of the same file is removed, and nothing else', async () => {
  const dead = spawnSync(process.execPath, ['--version']).pid
  const mine = `.a.csv.${dead}.clientele-part`
  const others = [
    `.b.csv.${dead}.clientele-part`, // of another file
    `.a.csv.${process.ppid}.clientele-part`, // of somebody who is still writing
    `.a.csv.${dead}.part`,
    '.a.csv.notes.clientele-part',
  ]
  for (const name of [mine, ...others]) await writeFile(join(folder, name), 'x')
  await writeFiles(new Map([[join(folder, 'a.csv'), 'x']]))
  expect((await readdir(folder)).sort()).toEqual([...others, 'a.csv'].sort())
})

test('a signal stops the writing before anything has changed', async () => {
  const stop = new AbortController()
  stop.abort(new Error('stopped'))
  await expect(writeFiles(new Map([[join(folder, 'a.csv'), 'x']]), stop.signal)).rejects.toThrow('stopped')
  expect(await readdir(folder)).toEqual([])
})

test('a file that is not there or not UTF-8 is refused by name', async () => {
  await expect(readTextFile(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'BAD_FILE' })
  const path = join(folder, 'latin1.csv')
  await writeFile(path, Buffer.from([0x69, 0x64, 0x0a, 0xe9]))
  await expect(readTextFile(path)).rejects.toMatchObject({
    code: 'BAD_FILE',
    message: expect.stringContaining('not UTF-8'),
  })
})
