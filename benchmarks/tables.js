// Rows of races as people read them.

const HEADER = ['work', 'size', 'contestant', 'CPU ms', 'range', 'first call', 'against ours', 'note']
const NUMBERS = new Set([3, 4, 5, 6])

/** An aligned table for the screen. */
export function textTable(rows) {
  const cells = rows.map(cellsOf)
  const widths = HEADER.map((title, j) =>
    Math.max(...[title, ...cells.map((row) => row[j])].map((cell) => cell.length)),
  )
  const line = (row) =>
    row.map((cell, j) => (NUMBERS.has(j) ? cell.padStart(widths[j]) : cell.padEnd(widths[j]))).join('  ')
  return [HEADER, widths.map((width) => '─'.repeat(width)), ...cells].map((row) => line(row).trimEnd()).join('\n')
}

/** The same table in Markdown. */
export function markdownTable(rows) {
  const rule = HEADER.map((_, j) => (NUMBERS.has(j) ? '--:' : '---'))
  return [HEADER, rule, ...rows.map(cellsOf)].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function cellsOf({ work, size, contestant, skipped, cpuMs, fastest, slowest, first, timesOurs, per, note }) {
  if (skipped !== undefined) return [work, size, contestant, '', '', '', '', `skipped: ${skipped}`]
  const range = `${number(fastest)} – ${number(slowest)}`
  const notes = [per, note].filter(Boolean).join('; ')
  return [
    work,
    size,
    contestant,
    number(cpuMs),
    range,
    number(first),
    timesOurs === 1 ? '' : `${number(timesOurs)} ×`,
    notes,
  ]
}

/** Three digits that count. */
function number(value) {
  if (value >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(value >= 10 ? 1 : 2)
}
