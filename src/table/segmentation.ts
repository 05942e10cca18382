/** A division of customers into named groups: segments, clusters, cohorts. */
export interface Segmentation {
  /** What divides them, for headings: `'segment'`, `'cluster'`. */
  readonly kind: string
  /** Names of the groups, in the order in which they are shown; a group may be empty. */
  readonly names: readonly string[]
  /** Group of each customer, in row order: an index into `names`. */
  readonly codes: Uint16Array
}

/**
 * Number of customers in each group, in the order of `names`.
 *
 * @example
 * segmentSizes({ kind: 'segment', names: ['Loyal', 'Lost'], codes: Uint16Array.of(1, 0, 1) }) // [1, 2]
 */
export function segmentSizes(segmentation: Segmentation): Uint32Array {
  const sizes = new Uint32Array(segmentation.names.length)
  for (const code of segmentation.codes) sizes[code]!++
  return sizes
}
