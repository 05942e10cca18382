import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { ClienteleError } from '../core/errors.ts'
import { isRunning } from '../io/isRunning.ts'
import { makeFolder } from '../io/makeFolder.ts'
import { orUnwritable } from '../io/writeFiles.ts'

/**
 * Does some work on a state that no other process works on meanwhile: a file beside it says who does. That of a process of
 * this machine that is no more is taken over.
 *
 * @throws {ClienteleError} `BAD_FILE` if somebody else works on the state
 */
export async function withStateLocked<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const lock = join(dirname(path), `.${basename(path)}.clientele-lock`)
  await orUnwritable('update', path, () => makeFolder(dirname(path)))
  await takeLock(path, lock)
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

async function takeLock(path: string, lock: string): Promise<void> {
  if (await writeLock(path, lock)) return
  const holder = await readFile(lock, 'utf8').catch(() => '')
  const [pid = '', host = ''] = holder.split(' ')
  const isLeft = /^[1-9]\d*$/.test(pid) && host === hostname() && !isRunning(Number(pid))
  if (isLeft && (await removeLeft(lock, holder)) && (await writeLock(path, lock))) return
  const who = pid === '' ? 'another update' : `another update (process ${pid} on ${host})`
  const hint = `try again when it is done, or remove ${lock} if there is none`
  throw new ClienteleError('BAD_FILE', `update: ${who} is working on ${path}; nothing was changed; ${hint}`)
}

/** Whether a lock that somebody left is gone; not if others were faster, and what lies there now is theirs. */
async function removeLeft(lock: string, holder: string): Promise<boolean> {
  const aside = `${lock}.${process.pid}`
  try {
    await rename(lock, aside)
  } catch {
    return false
  }
  const isSame = (await readFile(aside, 'utf8')) === holder
  if (isSame) await rm(aside)
  else await rename(aside, lock)
  return isSame
}

/** Whether the lock was free. */
async function writeLock(path: string, lock: string): Promise<boolean> {
  let isFree = true
  await orUnwritable('update', path, () =>
    writeFile(lock, `${process.pid} ${hostname()}`, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
      isFree = false
    }),
  )
  return isFree
}
