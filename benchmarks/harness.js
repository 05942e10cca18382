// Times functions side by side. The machine may be shared, so what counts is CPU time, medians, and ratios of runs that
// took turns. Every answer is checked once before its clock starts: a benchmark cannot time the wrong thing.

/** CPU milliseconds of one call, user and system, of this process with all its threads. */
function cpuOf(work) {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Runs each contestant once for its answer, which `check` must accept, and then in turns.
 *
 * @param {{ name: string, size: string, runs?: number, contestants: Record<string, () => unknown>, check: (answer: any, name: string) => boolean }} race
 * @returns one row a contestant: name, median CPU ms, fastest and slowest, and the median ratio to the first
 */
export function race({ name, size, runs = 7, contestants, check }) {
  const entries = Object.entries(contestants)
  for (const [contestant, work] of entries) {
    if (!check(work(), contestant)) throw new Error(`${name}: ${contestant} gives a wrong answer`)
  }
  const times = entries.map(() => [])
  for (let run = 0; run < runs; run++) entries.forEach(([, work], i) => times[i].push(cpuOf(work)))
  return entries.map(([contestant], i) => ({
    work: name,
    size,
    contestant,
    ms: median(times[i]),
    fastest: Math.min(...times[i]),
    slowest: Math.max(...times[i]),
    timesOurs: i === 0 ? 1 : median(times[i].map((time, run) => time / times[0][run])),
  }))
}

/** Rows of races as an aligned table. */
export function tableOf(rows) {
  const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3))
  const cells = rows.map((row) => [
    row.work,
    row.size,
    row.contestant,
    number(row.ms),
    `${number(row.fastest)}–${number(row.slowest)}`,
    row.timesOurs === 1 ? '' : `${number(row.timesOurs)}×`,
  ])
  const header = ['work', 'size', 'contestant', 'CPU ms', 'range', 'against ours']
  const widths = header.map((title, j) => Math.max(...[title, ...cells.map((row) => row[j])].map((cell) => cell.length)))
  const line = (row) => row.map((cell, j) => (j < 3 ? cell.padEnd(widths[j]) : cell.padStart(widths[j]))).join('  ')
  return [line(header), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)].join('\n')
}
