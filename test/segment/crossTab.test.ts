import { describe, expect, test } from 'vitest'
import { crossTab, migration } from '../../src/segment/crossTab.ts'
import type { Segmentation } from '../../src/table/segmentation.ts'

const a: Segmentation = { kind: 'segment', names: ['Best', 'Rest'], codes: Uint16Array.of(0, 1, 1, 0) }
const b: Segmentation = { kind: 'cluster', names: ['One', 'Two', 'Three'], codes: Uint16Array.of(0, 1, 1, 2) }

describe('crossTab', () => {
  test('counts pairs of groups', () => {
    expect(crossTab(a, b)).toEqual({
      rowKind: 'segment',
      columnKind: 'cluster',
      rows: ['Best', 'Rest'],
      columns: ['One', 'Two', 'Three'],
      counts: Uint32Array.of(1, 0, 1, 0, 2, 0),
    })
  })

  test('refuses other customers', () => {
    const other = { ...b, codes: Uint16Array.of(0) }
    expect(() => crossTab(a, other)).toThrow(expect.objectContaining({ code: 'BAD_SHAPE' }))
  })
})

describe('migration', () => {
  const before = { customers: ['ann', 'bob', 'cem', 'dan'], segmentation: a }
  const after = { customers: ['dan', 'eve', 'ann', 'cem'], segmentation: { ...a, codes: Uint16Array.of(0, 1, 1, 0) } }

  test('follows customers by id, with those who came and went', () => {
    const { rows, columns, counts } = migration(before, after)
    expect(rows).toEqual(['Best', 'Rest', 'not there before'])
    expect(columns).toEqual(['Best', 'Rest', 'not there after'])
    expect(Array.from(counts)).toEqual([1, 1, 0, 1, 0, 1, 0, 1, 0])
  })

  test('every customer is counted once, and nobody moves to himself', () => {
    const total = migration(before, after).counts.reduce((sum, count) => sum + count, 0)
    expect(total).toBe(new Set([...before.customers, ...after.customers]).size)
    expect(Array.from(migration(before, before).counts)).toEqual([2, 0, 0, 0, 2, 0, 0, 0, 0])
  })

  test('refuses ids that occur twice, and other lengths', () => {
    const refused = expect.objectContaining({ code: 'BAD_SHAPE' })
    const twice = { ...before, customers: ['ann', 'bob', 'ann', 'dan'] }
    expect(() => migration(twice, after)).toThrow(refused)
    expect(() => migration(before, twice)).toThrow(refused)
    expect(() => migration({ ...before, customers: ['ann'] }, after)).toThrow(refused)
    expect(() => migration(before, { ...after, customers: ['ann'] })).toThrow(refused)
  })
})
