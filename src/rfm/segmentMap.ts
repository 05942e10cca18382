import { checkChoice, checkInteger, checkList, checkNoOthers, checkObject, checkText } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'

/** Scores from low to high, both inclusive. */
export type ScoreRange = readonly [low: number, high: number]

/**
 * A line of a segment map. Either `cells`, each written as its scores one after the other (recency, frequency,
 * monetary: 543), or ranges of scores, where a range left out admits every score. A name may have several rules.
 */
export type SegmentRule =
  | { readonly name: string; readonly cells: readonly number[] }
  | {
      readonly name: string
      readonly recency?: ScoreRange
      readonly frequency?: ScoreRange
      readonly monetary?: ScoreRange
    }

/** A segment map as a person writes it. */
export interface SegmentMapDefinition {
  /** Number of scores for each measure, 2 to 9. @default 5 */
  readonly bins?: number
  /** Which scores decide: all three, or recency and frequency alone. @default 'rfm' */
  readonly by?: 'rfm' | 'rf'
  /** Rules in the order in which segments are shown. */
  readonly rules: readonly SegmentRule[]
}

/** Every cell of scores with its segment. */
export interface SegmentMap {
  readonly bins: number
  readonly by: 'rfm' | 'rf'
  /** Names of the segments, in the order in which they are shown. */
  readonly names: readonly string[]
  /** Segment of each cell, an index into `names`; cells ascend: 111, 112, … 555. */
  readonly cells: Uint8Array
}

/** What is wrong with a segment map; three empty lists mean nothing. */
export interface SegmentMapReport {
  /** Cells that no rule covers. */
  readonly missing: readonly number[]
  /** Cells that rules of different names claim, with the names. */
  readonly overlaps: readonly { readonly cell: number; readonly names: readonly string[] }[]
  /** Names that no cell leads to. */
  readonly unreachable: readonly string[]
}

/**
 * Compiles a segment map. Every cell must lead to exactly one name: overlaps are refused instead of settled by the
 * order of rules, because a rule should be readable alone.
 *
 * @throws {ClienteleError} `BAD_OPTION` if cells are missing or claimed twice, a name is empty or without cells, or a
 * cell or range lies outside the scores
 * @example
 * segmentMap({ bins: 2, by: 'rf', rules: [{ name: 'Recent', recency: [2, 2] }, { name: 'Gone', recency: [1, 1] }] })
 */
export function segmentMap(definition: SegmentMapDefinition): SegmentMap {
  const { bins, by, names, claims, codes } = readDefinition('segmentMap', definition)
  const { missing, overlaps, unreachable } = report(names, claims, codes)
  const refuse = (rule: string, items: readonly (string | number)[]): never => {
    throw new ClienteleError('BAD_OPTION', `segmentMap: ${rule}, got ${listed(items)}`)
  }
  if (missing.length > 0) refuse('every cell must lead to a segment, without one', missing)
  if (overlaps.length > 0) {
    refuse(
      'no two segments may claim a cell',
      overlaps.map(({ cell, names }) => `${cell} (${names.join(', ')})`),
    )
  }
  if (unreachable.length > 0) refuse('every segment must have a cell, without one', unreachable)
  return { bins, by, names, cells: Uint8Array.from(claims, ([segment]) => segment!) }
}

/**
 * Finds what is wrong with a segment map while it is being written: cells without a segment, cells with more than
 * one, segments without a cell.
 *
 * @throws {ClienteleError} `BAD_OPTION` if a name is empty, or a cell or range lies outside the scores
 * @example
 * checkSegmentMap({ bins: 2, by: 'rf', rules: [{ name: 'Recent', recency: [2, 2] }] }).missing // [11, 12]
 */
export function checkSegmentMap(definition: SegmentMapDefinition): SegmentMapReport {
  const { names, claims, codes } = readDefinition('checkSegmentMap', definition)
  return report(names, claims, codes)
}

interface ReadDefinition {
  readonly bins: number
  readonly by: 'rfm' | 'rf'
  readonly names: readonly string[]
  /** Scores of each cell written as a number, ascending. */
  readonly codes: readonly number[]
  /** Segments that claim each cell, without repetition. */
  readonly claims: readonly (readonly number[])[]
}

function readDefinition(caller: string, definition: SegmentMapDefinition): ReadDefinition {
  const { bins = 5, by = 'rfm', rules, ...others } = checkObject(caller, 'definition', definition)
  checkNoOthers(caller, others)
  checkInteger(caller, 'bins', bins, 2, 9)
  checkChoice(caller, 'by', by, ['rfm', 'rf'])
  if (checkList(caller, 'rules', rules).length === 0)
    throw new ClienteleError('BAD_OPTION', `${caller}: "rules" must have at least 1 rule, got 0`)
  rules.forEach((rule, i) => {
    checkText(caller, `rules[${i}].name`, checkObject(caller, `rules[${i}]`, rule).name)
  })
  const codes = cellCodes(bins, by)
  const names = [...new Set(rules.map(({ name }) => name))]
  if (names.length > 256) {
    throw new ClienteleError('BAD_OPTION', `${caller}: "rules" must have at most 256 names, got ${names.length}`)
  }
  const claims = codes.map((): number[] => [])
  for (const rule of rules) {
    if (rule.name.trim() === '') throw new ClienteleError('BAD_OPTION', `${caller}: a segment must have a name, got ""`)
    const segment = names.indexOf(rule.name)
    for (const cell of cellsOf(caller, rule, codes, bins, by)) {
      if (!claims[cell]!.includes(segment)) claims[cell]!.push(segment)
    }
  }
  return { bins, by, names, codes, claims }
}

function cellCodes(bins: number, by: 'rfm' | 'rf'): number[] {
  const scores = Array.from({ length: bins }, (_, bin) => bin + 1)
  const pairs = scores.flatMap((r) => scores.map((f) => 10 * r + f))
  return by === 'rf' ? pairs : pairs.flatMap((pair) => scores.map((m) => 10 * pair + m))
}

/** Indices of the cells that a rule claims. */
function cellsOf(
  caller: string,
  rule: SegmentRule,
  codes: readonly number[],
  bins: number,
  by: 'rfm' | 'rf',
): number[] {
  if ('cells' in rule) {
    return rule.cells.map((cell) => {
      const index = codes.indexOf(cell)
      if (index >= 0) return index
      const rangeText = `${codes[0]} to ${codes.at(-1)}, each digit from 1 to ${bins}`
      throw new ClienteleError('BAD_OPTION', `${caller}: cells of "${rule.name}" must be ${rangeText}, got ${cell}`)
    })
  }
  if (by === 'rf' && rule.monetary) {
    throw new ClienteleError('BAD_OPTION', `${caller}: "${rule.name}" must not use "monetary" in a map by "rf"`)
  }
  const axes = [rule.recency, rule.frequency, rule.monetary].slice(0, by.length)
  const bounds = axes.map((range, axis): ScoreRange => {
    const [low, high] = range ?? [1, bins]
    const name = `${['recency', 'frequency', 'monetary'][axis]} of ${rule.name}`
    checkInteger(caller, name, low, 1, bins)
    checkInteger(caller, name, high, low, bins)
    return [low, high]
  })
  const inside = (code: number): boolean =>
    bounds.every(([low, high], axis) => {
      const score = Math.floor(code / 10 ** (by.length - 1 - axis)) % 10
      return score >= low && score <= high
    })
  return codes.flatMap((code, index) => (inside(code) ? [index] : []))
}

function report(
  names: readonly string[],
  claims: readonly (readonly number[])[],
  codes: readonly number[],
): SegmentMapReport {
  return {
    missing: codes.filter((_, cell) => claims[cell]!.length === 0),
    overlaps: codes.flatMap((cell, index) =>
      claims[index]!.length > 1 ? [{ cell, names: claims[index]!.map((segment) => names[segment]!) }] : [],
    ),
    unreachable: names.filter((_, segment) => !claims.some((claim) => claim.includes(segment))),
  }
}

function listed(items: readonly (string | number)[]): string {
  const shown = items.slice(0, 12).join(', ')
  return items.length > 12 ? `${shown} and ${items.length - 12} more` : shown
}
