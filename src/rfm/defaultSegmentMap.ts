import { type SegmentMap, type SegmentMapDefinition, segmentMap } from './segmentMap.ts'

/**
 * The usual map of recency, frequency and monetary scores from 1 to 5: 125 cells, 11 segments, best first.
 *
 * @example
 * defaultSegmentMap().names[0] // 'Champions'
 */
export function defaultSegmentMap(): SegmentMap {
  return segmentMap(ELEVEN_SEGMENTS)
}

/**
 * The usual map of recency and frequency scores from 1 to 5, for those who keep money out of the segment: 25 cells,
 * 10 segments, best first.
 *
 * @example
 * recencyFrequencyMap().names.length // 10
 */
export function recencyFrequencyMap(): SegmentMap {
  return segmentMap(TEN_SEGMENTS)
}

// Cells are listed one by one because the segments of the trade are no boxes: 344 is loyal and 343 needs attention.
const ELEVEN_SEGMENTS: SegmentMapDefinition = {
  rules: [
    { name: 'Champions', cells: [445, 454, 455, 544, 545, 554, 555] },
    { name: 'Loyal Customers', cells: [335, 344, 345, 354, 355, 435, 444, 543] },
    {
      name: 'Potential Loyalist',
      cells: [
        323, 333, 341, 342, 351, 352, 353, 423, 431, 432, 433, 441, 442, 451, 452, 453, 531, 532, 533, 541, 542, 551,
        552, 553,
      ],
    },
    { name: 'New (Recent) Customers', cells: [311, 411, 412, 421, 422, 511, 512] },
    { name: 'Promising', cells: [313, 314, 315, 413, 414, 415, 424, 425, 513, 514, 515, 521, 522, 523, 524, 525] },
    { name: 'Need Attention', cells: [324, 325, 334, 343, 434, 443, 534, 535] },
    { name: 'About To Sleep', cells: [213, 221, 312, 321, 331] },
    {
      name: 'At Risk',
      cells: [
        124, 125, 133, 134, 135, 142, 143, 145, 152, 153, 224, 225, 234, 235, 242, 243, 244, 245, 252, 253, 254, 255,
      ],
    },
    { name: "Can't Lose Them", cells: [113, 114, 115, 144, 154, 155, 214, 215] },
    { name: 'Hibernating', cells: [122, 123, 132, 211, 212, 222, 223, 231, 232, 233, 241, 251, 322, 332] },
    { name: 'Lost', cells: [111, 112, 121, 131, 141, 151] },
  ],
}

const TEN_SEGMENTS: SegmentMapDefinition = {
  by: 'rf',
  rules: [
    { name: 'Champions', recency: [5, 5], frequency: [4, 5] },
    { name: 'Loyal customers', recency: [3, 4], frequency: [4, 5] },
    { name: 'Potential loyalists', recency: [4, 5], frequency: [2, 3] },
    { name: 'New customers', recency: [5, 5], frequency: [1, 1] },
    { name: 'Promising', recency: [4, 4], frequency: [1, 1] },
    { name: 'Need attention', recency: [3, 3], frequency: [3, 3] },
    { name: 'About to sleep', recency: [3, 3], frequency: [1, 2] },
    { name: 'At risk', recency: [1, 2], frequency: [3, 4] },
    { name: "Can't lose", recency: [1, 2], frequency: [5, 5] },
    { name: 'Hibernating', recency: [1, 2], frequency: [1, 2] },
  ],
}
