import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import type { Segmentation } from '../table/segmentation.ts'
import { defaultSegmentMap } from './defaultSegmentMap.ts'
import { checkScores, type RfmScores } from './rfmScores.ts'
import type { SegmentMap } from './segmentMap.ts'

/**
 * Names the segment of each customer.
 *
 * @param scores - three scores a customer, from `scoreRfm` or `rankRfm`
 * @param map - default: 11 segments from Champions to Lost
 * @returns segments in the order of the map, some perhaps empty. Costs one pass
 * @throws {ClienteleError} `BAD_OPTION` if the map is made for another number of scores
 * @example
 * const segments = rfmSegments(scoreRfm(fitRfm(summary), summary))
 * segments.names[segments.codes[0]!] // 'Loyal Customers'
 */
export function rfmSegments(scores: RfmScores, map: SegmentMap = defaultSegmentMap()): Segmentation {
  checkScores('rfmSegments', scores)
  checkForm('rfmSegments', 'map', map, MAP)
  const { bins, by, names, cells } = map
  if (bins !== scores.bins) {
    throw new ClienteleError(
      'BAD_OPTION',
      `rfmSegments: "map" must be made for scores from 1 to ${scores.bins}, got one for 1 to ${bins}`,
    )
  }
  const { recency, frequency, monetary } = scores
  const codes = new Uint16Array(recency.length)
  for (let row = 0; row < codes.length; row++) {
    const pair = (recency[row]! - 1) * bins + frequency[row]! - 1
    codes[row] = cells[by === 'rf' ? pair : pair * bins + monetary[row]! - 1]!
  }
  return { kind: 'segment', names, codes }
}

const MAP: Form = {
  is: 'a segment map, as segmentMap makes it',
  fields: { cells: 'typed array', names: 'list', bins: 'number', by: 'text' },
}
