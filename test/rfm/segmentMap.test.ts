import { describe, expect, test } from 'vitest'
import { checkSegmentMap, type SegmentMapDefinition, segmentMap } from '../../src/rfm/segmentMap.ts'

const halves: SegmentMapDefinition = {
  bins: 2,
  by: 'rf',
  rules: [
    { name: 'Here', recency: [2, 2] },
    { name: 'Gone', cells: [11, 12] },
  ],
}

describe('segmentMap', () => {
  test('compiles ranges and cells', () => {
    expect(segmentMap(halves)).toEqual({
      bins: 2,
      by: 'rf',
      names: ['Here', 'Gone'],
      cells: Uint8Array.of(1, 1, 0, 0),
    })
  })

  test('a name may have several rules, which may touch', () => {
    const rules = [...halves.rules, { name: 'Gone', cells: [12] }]
    expect(segmentMap({ ...halves, rules })).toEqual(segmentMap(halves))
  })

  test('ranges of three scores', () => {
    const map = segmentMap({
      bins: 3,
      rules: [
        { name: 'Best', recency: [3, 3], frequency: [2, 3], monetary: [3, 3] },
        { name: 'Rest', recency: [1, 2] },
        { name: 'Rest', recency: [3, 3], frequency: [1, 1] },
        { name: 'Rest', recency: [3, 3], frequency: [2, 3], monetary: [1, 2] },
      ],
    })
    expect(Array.from(map.cells).flatMap((segment, cell) => (segment === 0 ? [cell] : []))).toEqual([23, 26])
  })
})

describe('checkSegmentMap', () => {
  test('finds missing cells, overlaps and names without a cell', () => {
    const report = checkSegmentMap({
      bins: 2,
      by: 'rf',
      rules: [
        { name: 'Here', recency: [2, 2] },
        { name: 'Often', frequency: [2, 2] },
        { name: 'Never', cells: [] },
      ],
    })
    expect(report).toEqual({
      missing: [11],
      overlaps: [{ cell: 22, names: ['Here', 'Often'] }],
      unreachable: ['Never'],
    })
  })

  test('finds nothing wrong with a map that compiles', () => {
    expect(checkSegmentMap(halves)).toEqual({ missing: [], overlaps: [], unreachable: [] })
  })
})

describe('refusals', () => {
  const refused = (definition: SegmentMapDefinition, text: string): void => {
    expect(() => segmentMap(definition)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining(text) }),
    )
  }

  test('cells that are missing or claimed twice are listed', () => {
    refused({ bins: 2, by: 'rf', rules: [{ name: 'Here', recency: [2, 2] }] }, 'got 11, 12')
    refused(
      { ...halves, rules: [...halves.rules, { name: 'Often', frequency: [2, 2] }] },
      '12 (Gone, Often), 22 (Here, Often)',
    )
    refused({ rules: [{ name: 'Some', recency: [2, 5] }] }, 'and 13 more')
  })

  test('names that are empty or lead nowhere', () => {
    refused({ ...halves, rules: [...halves.rules, { name: 'Never', cells: [] }] }, 'got Never')
    refused({ ...halves, rules: [{ name: ' ', recency: [1, 2] }] }, 'must have a name')
    refused({ rules: [] }, 'at least 1 rule')
  })

  test('scores out of range', () => {
    refused({ ...halves, rules: [{ name: 'All', cells: [13] }] }, 'got 13')
    refused({ ...halves, rules: [{ name: 'All', recency: [0, 2] }] }, 'recency of All')
    refused({ ...halves, rules: [{ name: 'All', recency: [2, 1] }] }, 'recency of All')
    refused({ ...halves, rules: [{ name: 'All', monetary: [1, 2] }] }, 'monetary')
    refused({ ...halves, bins: 12 }, 'bins')
  })
})
