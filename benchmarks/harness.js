// Times functions side by side. The machine may be shared, so what counts is CPU time, medians, and ratios of runs that
// took turns. Every answer is checked before its clock counts: a benchmark cannot time the wrong thing.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc')

/** Twice, for buffers are given back by another thread, after the first call has returned; the second one waits for it. */
export function collectGarbage() {
  gc()
  gc()
}

/** An answer that another process worked out, with the CPU milliseconds that it took there. */
export class Elsewhere {
  constructor(answer, cpuMs) {
    this.answer = answer
    this.cpuMs = cpuMs
  }
}

/** Why a peer cannot take part: it is not ours to mend, and no wrong answer. */
export class PeerFailed extends Error {}

/** A contestant's answer is not what it must be. */
export class WrongAnswer extends Error {}

/** Throws `WrongAnswer` with what is wrong, unless it holds. */
export function mustHold(holds, wrong) {
  if (!holds) throw new WrongAnswer(wrong)
}

/** Throws `WrongAnswer` unless `value` is `expected` up to a relative difference. */
export function mustBe(what, value, expected, relative) {
  const isNear = Math.abs(value - expected) <= relative * Math.abs(expected)
  mustHold(isNear, `${what} is ${value}, not ${expected}`)
}

/**
 * Runs each contestant once for its answer, which `check` must accept, and then all of them in turns.
 *
 * The first contestant is ours. A contestant is a function, or the reason why it cannot take part. `check` throws
 * `WrongAnswer` or returns a note on the answer.
 *
 * @param {{
 *   work: string,
 *   size: string,
 *   contestants: Record<string, string | (() => any)>,
 *   check: (answer: any, name: string, ours: any) => string | undefined,
 *   per?: { count: number, unit: string },
 *   clock?: 'cpu' | 'wall',
 * }} spec `per` reports the time for one of `count` units as well; `clock` is that of the CPU, of all threads together,
 *   unless several threads are to be seen at work
 * @param {{ fewest: number, most: number, budgetMs: number }} turns how many: as the budget allows, between two bounds
 * @returns {Promise<Row[]>} a row a contestant
 */
export async function race({ work, size, contestants, check, per, clock = 'cpu' }, turns) {
  const entries = []
  for (const [contestant, run] of Object.entries(contestants)) {
    entries.push(await enter({ work, size, contestant }, run, check, entries[0]?.answer, clock))
  }
  const able = entries.filter(({ run }) => run !== undefined)
  const roundMs = able.reduce((sum, { row }) => sum + row.first, 0)
  const rounds = Math.max(turns.fewest, Math.min(turns.most, Math.floor(turns.budgetMs / roundMs)))
  for (let round = 0; round < rounds; round++) {
    for (const entry of able) entry.times.push((await measure(entry.run, clock)).cpuMs)
  }
  return entries.map(({ row, times }) =>
    times === undefined ? row : { ...row, ...statistics(times, able[0].times, per) },
  )
}

async function enter(row, run, check, ours, clock) {
  if (typeof run === 'string') return { row: { ...row, skipped: run } }
  try {
    const { answer, cpuMs } = await measure(run, clock)
    const note = check(answer, row.contestant, ours ?? answer) ?? ''
    return { row: { ...row, first: cpuMs, note }, run, times: [], answer }
  } catch (error) {
    if (error instanceof PeerFailed) return { row: { ...row, skipped: error.message } }
    if (error instanceof WrongAnswer) error.message = `${row.work}, ${row.size}, ${row.contestant}: ${error.message}`
    throw error
  }
}

/** The answer of one run, and its CPU milliseconds: user and system, of this process with all its threads. */
async function measure(run, clock) {
  collectGarbage() // nobody pays for what others left
  const start = performance.now()
  const before = process.cpuUsage()
  const answer = await run()
  if (clock === 'wall') return { answer, cpuMs: performance.now() - start }
  const { user, system } = process.cpuUsage(before)
  return answer instanceof Elsewhere ? answer : { answer, cpuMs: (user + system) / 1000 }
}

function statistics(times, ours, per) {
  const cpuMs = median(times)
  return {
    runs: times.length,
    cpuMs,
    fastest: Math.min(...times),
    slowest: Math.max(...times),
    timesOurs: times === ours ? 1 : median(times.map((time, run) => time / ours[run])),
    ...(per ? { per: `${Math.round((cpuMs * 1e6) / per.count)} ns ${per.unit}` } : {}),
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
