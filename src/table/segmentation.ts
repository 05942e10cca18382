import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
/** A division of customers into named groups: segments, clusters, cohorts. */
export interface Segmentation {
  /** What divides them, for headings: `'segment'`, `'cluster'`. */
  readonly kind: string
  /** Names of the groups, in the order in which they are shown; a group may be empty. */
  readonly names: readonly string[]
  /** Group of each customer, in row order: an index into `names`. */
  readonly codes: Uint16Array
}

const SEGMENTATION: Form = {
  is: 'a segmentation, with a code and so a name for each customer',
  fields: { codes: 'typed array', names: 'list', kind: 'text' },
}

/** Throws `BAD_OPTION` unless `segmentation` is one, and `BAD_SHAPE` if a code leads to no name. */
export function checkSegmentation(caller: string, name: string, segmentation: Segmentation): void {
  checkForm(caller, name, segmentation, SEGMENTATION)
  const { codes, names } = segmentation
  const row = codes.findIndex((code) => !(code < names.length))
  if (row < 0) return
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: "${name}.codes" must lead to one of ${names.length} names, got ${codes[row]} in row ${row}`,
  )
}

/**
 * Number of customers in each group, in the order of `names`.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if a code leads to no name
 * @example
 * segmentSizes({ kind: 'segment', names: ['Loyal', 'Lost'], codes: Uint16Array.of(1, 0, 1) }) // [1, 2]
 */
export function segmentSizes(segmentation: Segmentation): Uint32Array {
  checkSegmentation('segmentSizes', 'segmentation', segmentation)
  return sizesOf(segmentation)
}

/** `segmentSizes` of a segmentation that was checked. */
export function sizesOf({ names, codes }: Segmentation): Uint32Array {
  const sizes = new Uint32Array(names.length)
  for (const code of codes) sizes[code]!++
  return sizes
}
