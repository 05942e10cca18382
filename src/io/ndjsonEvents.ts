import { MAX_RECORD } from './csvRecord.ts'
import type { EventBatch } from './eventBatch.ts'
import { findEventColumns } from './eventColumnNames.ts'
import { eventFields, type FieldRules } from './eventFields.ts'
import { rawFields } from './rawFields.ts'
import type { ReadingContext } from './readingContext.ts'

/** One line of a text that is not blank. */
interface TextLine {
  /** From 1. */
  readonly line: number
  readonly text: string
  /** Whether it was too long, and `text` is its beginning. */
  readonly isCut: boolean
}

type Row = Readonly<Record<string, unknown>> | string

/** Lines looked at together to find out which keys there are. */
const SAMPLE = 1000
/** Characters kept of a line that is too long. */
const SHOWN = 200

/**
 * Batches of the events in newline-delimited JSON: an object a line, with the fields of `CustomerEvent` or with keys
 * that are found among those of the first 1000 lines, as the columns of a CSV file are.
 *
 * @throws {ClienteleError} `MISSING_COLUMN`, `BAD_FILE` as `findEventColumns`
 */
export async function* ndjsonEvents(
  pieces: AsyncIterable<string>,
  context: ReadingContext,
): AsyncGenerator<EventBatch, void, void> {
  const { batches } = context
  let rules: FieldRules | undefined
  let sample: { readonly line: TextLine; readonly row: Row }[] = []
  for await (const lines of textLines(pieces)) {
    for (const line of lines) {
      const row = readRow(line)
      if (rules === undefined) {
        sample.push({ line, row })
        if (sample.length < SAMPLE) continue
        rules = rulesOf(sample, context)
        yield* addSample(context, rules, sample)
        sample = []
      } else {
        addRow(context, rules, line, row)
        if (batches.isFull()) yield* batches.take()
      }
    }
  }
  if (rules === undefined && sample.length > 0) yield* addSample(context, rulesOf(sample, context), sample)
  yield* batches.take()
}

/** The object on a line, or why there is none. */
function readRow({ text, isCut }: TextLine): Row {
  if (isCut) return `a line is longer than ${MAX_RECORD} characters`
  let row: unknown
  try {
    row = JSON.parse(text)
  } catch {
    return 'the line is not JSON'
  }
  const isObject = typeof row === 'object' && row !== null && !Array.isArray(row)
  return isObject ? (row as Row) : 'the line is not an object'
}

function rulesOf(sample: readonly { readonly row: Row }[], context: ReadingContext): FieldRules {
  const { caller, name, columns, decimal } = context
  const keys = new Set<string>()
  for (const { row } of sample) if (typeof row !== 'string') for (const key of Object.keys(row)) keys.add(key)
  return { names: findEventColumns(caller, name, [...keys], columns), decimal }
}

function* addSample(
  context: ReadingContext,
  rules: FieldRules,
  sample: readonly { readonly line: TextLine; readonly row: Row }[],
): Generator<EventBatch, void, void> {
  for (const { line, row } of sample) {
    addRow(context, rules, line, row)
    if (context.batches.isFull()) yield* context.batches.take()
  }
}

function addRow({ batches }: ReadingContext, rules: FieldRules, line: TextLine, row: Row): void {
  const fields = typeof row === 'string' ? row : eventFields(rawFields(row, rules.names), rules)
  batches.add(line.line, fields, () => line.text)
}

/** The lines of a text in pieces that are not blank. Of one that is too long only the beginning is kept. */
async function* textLines(pieces: AsyncIterable<string>): AsyncGenerator<Iterable<TextLine>, void, void> {
  let held: string[] = []
  let heldLength = 0
  let line = 1
  const finish = (last: string): TextLine => {
    const length = heldLength + last.length
    const isCut = length > MAX_RECORD
    const text = held.length === 0 ? last : held.join('') + (isCut ? '' : last)
    const whole = line === 1 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    held = []
    heldLength = 0
    return { line: line++, text: isCut ? whole.slice(0, SHOWN) : whole, isCut }
  }
  function* linesOf(piece: string): Generator<TextLine, void, void> {
    let start = 0
    for (let end = piece.indexOf('\n'); end !== -1; end = piece.indexOf('\n', start)) {
      const found = finish(piece.slice(start, end))
      start = end + 1
      if (!isBlank(found.text)) yield found
    }
    if (start === piece.length) return
    if (heldLength <= MAX_RECORD) held.push(piece.slice(start))
    heldLength += piece.length - start
  }
  for await (const piece of pieces) yield linesOf(piece)
  const last = finish('')
  if (!isBlank(last.text)) yield [last]
}

function isBlank(text: string): boolean {
  return /^\s*$/.test(text)
}
