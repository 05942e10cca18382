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

const DUEL = ['work', 'size', 'ours, CPU ms', 'peer', 'its CPU ms', 'peer ÷ ours', 'note', 'peer’s note']
const DUEL_NUMBERS = new Set([2, 4, 5])

/** A line of Markdown for each peer beside us, and one for work without peers; what sat out is left out. */
export function markdownTable(rows) {
  const rule = DUEL.map((_, j) => (DUEL_NUMBERS.has(j) ? '--:' : '---'))
  return [DUEL, rule, ...duels(rows)].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function duels(rows) {
  return rows
    .filter(({ timesOurs }) => timesOurs === 1)
    .flatMap((ours) => {
      const { work, size, contestant } = ours
      const isPeer = (row) => row.work === work && row.size === size && row.contestant !== contestant && !row.skipped
      const start = [work, size, `${number(ours.cpuMs)} (${rangeOf(ours)})`]
      const peers = rows.filter(isPeer)
      if (peers.length === 0) return [[...start, '', '', '', notesOf(ours), '']]
      return peers.map((peer) => {
        const times = [`${number(peer.cpuMs)} (${rangeOf(peer)})`, `${number(peer.timesOurs)} ×`]
        return [...start, peer.contestant, ...times, notesOf(ours), notesOf(peer)]
      })
    })
}

function cellsOf(row) {
  const { work, size, contestant, skipped, cpuMs, first, timesOurs } = row
  if (skipped !== undefined) return [work, size, contestant, '', '', '', '', `skipped: ${skipped}`]
  const ratio = timesOurs === 1 ? '' : `${number(timesOurs)} ×`
  return [work, size, contestant, number(cpuMs), rangeOf(row), number(first), ratio, notesOf(row)]
}

function rangeOf({ fastest, slowest }) {
  return `${number(fastest)} – ${number(slowest)}`
}

function notesOf({ per, note }) {
  return [per, note].filter(Boolean).join('; ')
}

/** Three digits that count. */
function number(value) {
  if (value >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(value >= 10 ? 1 : 2)
}
