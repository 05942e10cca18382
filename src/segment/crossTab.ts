import { checkLength } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import { dictionary } from '../table/dictionary.ts'
import { checkSegmentation, type Segmentation } from '../table/segmentation.ts'

/** How many customers are in each pair of groups. */
export interface CrossTab {
  /** What the rows divide by, as in the first segmentation. */
  readonly rowKind: string
  /** What the columns divide by, as in the second segmentation. */
  readonly columnKind: string
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  /** Customers in row `i` and column `j`, at `i * columns.length + j`. */
  readonly counts: Uint32Array
}

/**
 * Counts the customers in each pair of groups of two segmentations of the same customers. Costs one pass.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if the segmentations have different numbers of customers
 * @example
 * crossTab(segments, clusters).counts[0] // 1 champion in the first cluster
 */
export function crossTab(a: Segmentation, b: Segmentation): CrossTab {
  checkSegmentation('crossTab', 'a', a)
  checkSegmentation('crossTab', 'b', b)
  checkLength('crossTab', 'b.codes', b.codes, a.codes.length)
  const counts = new Uint32Array(a.names.length * b.names.length)
  for (let row = 0; row < a.codes.length; row++) counts[a.codes[row]! * b.names.length + b.codes[row]!]!++
  return { rowKind: a.kind, columnKind: b.kind, rows: a.names, columns: b.names, counts }
}

/** A segmentation with the ids of its customers. */
export interface NamedSegmentation {
  /** Ids in row order, all different, such as `summary.customers`. */
  readonly customers: readonly string[]
  readonly segmentation: Segmentation
}

/**
 * Follows customers by id from one segmentation to a later one: from which segment (rows) to which (columns). The last
 * row, `not there before`, counts who is new; the last column, `not there after`, who is gone.
 *
 * Costs a dictionary of the earlier ids.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if ids and codes have different lengths, or an id occurs twice
 * @example
 * const segmentsOf = (asOf: string) => {
 *   const summary = customerSummary(table, { asOf, timeUnit: 'week' })
 *   return { customers: summary.customers, segmentation: rfmSegments(scoreRfm(fitRfm(summary), summary)) }
 * }
 * migration(segmentsOf('1998-03-31'), segmentsOf('1998-06-30')).counts[0] // 471 stayed Champions
 */
export function migration(before: NamedSegmentation, after: NamedSegmentation): CrossTab {
  checkNamed('before', before)
  checkNamed('after', after)
  const rows = [...before.segmentation.names, 'not there before']
  const columns = [...after.segmentation.names, 'not there after']
  const counts = new Uint32Array(rows.length * columns.length)
  const ids = dictionary()
  before.customers.forEach((id, row) => {
    if (ids.codeOf(id) !== row) throw repeated('before', id)
  })
  const isThere = new Uint8Array(before.customers.length + after.customers.length)
  after.customers.forEach((id, row) => {
    const earlier = ids.codeOf(id)
    if (isThere[earlier] === 1) throw repeated('after', id)
    isThere[earlier] = 1
    const from = earlier < before.customers.length ? before.segmentation.codes[earlier]! : rows.length - 1
    counts[from * columns.length + after.segmentation.codes[row]!]!++
  })
  before.segmentation.codes.forEach((from, row) => {
    if (isThere[row] === 0) counts[from * columns.length + columns.length - 1]!++
  })
  return { rowKind: before.segmentation.kind, columnKind: after.segmentation.kind, rows, columns, counts }
}

const NAMED: Form = {
  is: 'customers and the segmentation of these',
  fields: { segmentation: 'object', customers: 'list' },
}

function checkNamed(side: 'before' | 'after', named: NamedSegmentation): void {
  checkForm('migration', side, named, NAMED)
  checkSegmentation('migration', `${side}.segmentation`, named.segmentation)
  checkLength('migration', `${side}.segmentation.codes`, named.segmentation.codes, named.customers.length)
}

function repeated(side: string, id: string): ClienteleError {
  return new ClienteleError('BAD_SHAPE', `migration: ids of "${side}" must all differ, got "${id}" twice`)
}
