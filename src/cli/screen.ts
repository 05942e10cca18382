import { Presets, SingleBar } from 'cli-progress'
import type { Progress } from '../core/steps.ts'

/** Where a command speaks to a person. */
export interface Screen {
  /** Prints lines of a result, on standard output. */
  print(text: string): void
  /** Prints what went wrong, on standard error. */
  complain(text: string): void
  /** Shows how far the work has come: on a terminal, and nowhere else. */
  progress(progress: Progress): void
  /** Takes the progress off the screen. */
  clear(): void
}

/** The screen of this process. */
export function processScreen(): Screen {
  let bar: SingleBar | undefined
  const clear = (): void => {
    bar?.stop()
    bar = undefined
  }
  return {
    print: (text) => {
      clear()
      process.stdout.write(`${harmless(text)}\n`)
    },
    complain: (text) => {
      clear()
      process.stderr.write(`${harmless(text)}\n`)
    },
    progress: ({ task, done, total }) => {
      if (process.stderr.isTTY !== true) return
      if (bar === undefined) {
        const format = '{bar} {percentage}%  {task}'
        bar = new SingleBar(
          { format, clearOnComplete: true, hideCursor: true, stream: process.stderr },
          Presets.shades_classic,
        )
        bar.start(total, done, { task })
      }
      bar.setTotal(total)
      bar.update(done, { task })
    },
    clear,
  }
}

/** Text without control characters but line breaks, so that nothing in a file can speak to the terminal. */
function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must go
  return text.replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}

/** One column of a table on the screen. */
export interface ScreenColumn {
  readonly title: string
  readonly cells: readonly string[]
  readonly align: 'left' | 'right'
}

/** Columns as aligned text, a rule below the titles. */
export function screenTable(columns: readonly ScreenColumn[]): string {
  const widths = columns.map(({ title, cells }) => Math.max(...[title, ...cells].map((cell) => cell.length)))
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, j) => (columns[j]!.align === 'left' ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!)))
      .join('  ')
      .trimEnd()
  const rows = columns[0]!.cells.map((_, i) => line(columns.map(({ cells }) => cells[i]!)))
  return [line(columns.map(({ title }) => title)), widths.map((width) => '─'.repeat(width)).join('  '), ...rows].join(
    '\n',
  )
}
