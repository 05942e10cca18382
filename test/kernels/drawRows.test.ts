import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawRowsInto } from '../../src/kernels/drawRows.ts'

test('each row is drawn about as often as told, whatever its place and its neighbour', () => {
  const n = 200
  const draws = 4000
  const out = new Uint32Array(n)
  const often = new Float64Array(n)
  const together = new Float64Array(n)
  for (let seed = 0; seed < draws; seed++) {
    const count = drawRowsInto(n, 0.3, Math.imul(seed, 2654435761) >>> 0, out)
    const drawn = new Set(out.subarray(0, count))
    for (const row of drawn) {
      often[row]!++
      if (drawn.has(row - 1)) together[row]!++
    }
  }
  // Five standard deviations of a binomial share.
  const reach = (share: number) => 5 * Math.sqrt((share * (1 - share)) / draws)
  for (let row = 0; row < n; row++) expect(Math.abs(often[row]! / draws - 0.3)).toBeLessThan(reach(0.3))
  for (let row = 1; row < n; row++) expect(Math.abs(together[row]! / draws - 0.09)).toBeLessThan(reach(0.09))
})

test('rows ascend, are below their number and never none', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.double({ min: 1e-9, max: 1, noNaN: true }),
      fc.nat(),
      (n, share, seed) => {
        const out = new Uint32Array(n)
        const drawn = out.subarray(0, drawRowsInto(n, share, seed, out))
        expect(drawn.length).toBeGreaterThan(0)
        expect(drawn.every((row, i) => row < n && (i === 0 || row > drawn[i - 1]!))).toBe(true)
      },
    ),
  )
})
