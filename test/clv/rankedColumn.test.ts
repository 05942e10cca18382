import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codedColumn, rankedColumn } from '../../src/clv/rankedColumn.ts'

const kinds = {
  counts: fc.array(fc.nat(50)).map((all) => Uint32Array.from(all)),
  days: fc.array(fc.nat(5000)).map((all) => Float64Array.from(all)),
  weeks: fc.array(fc.nat(5000)).map((all) => Float64Array.from(all, (day) => day / 7)),
  others: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })).map((all) => Float64Array.from(all)),
  counted: fc.array(fc.constantFrom(0, 3, 1 << 20, 4_294_967_295)).map((all) => Uint32Array.from(all)),
}

for (const [kind, columns] of Object.entries(kinds)) {
  test(`${kind}: ranks lead back to the values, which ascend and occur; codes ascend with them`, () => {
    fc.assert(
      fc.property(columns as fc.Arbitrary<Float64Array | Uint32Array>, (column) => {
        const { values, ranks } = rankedColumn(column)
        const plain = Array.from(column, (value) => value + 0) // −0 is 0
        expect(Array.from(values)).toEqual([...new Set(plain)].sort((a, b) => a - b))
        expect(Array.from(ranks, (rank) => values[rank])).toEqual(plain)
        const coded = codedColumn(column)
        const codeOf = new Map(plain.map((value, row) => [value, coded.codes[row]!]))
        const codes = Array.from(values, (value) => codeOf.get(value)!)
        expect(codes).toEqual([...new Set(codes)].sort((a, b) => a - b))
        expect(codes.every((code) => code < coded.kinds)).toBe(true)
        expect(Array.from(coded.codes)).toEqual(plain.map((value) => codeOf.get(value)))
      }),
    )
  })
}
