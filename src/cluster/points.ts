import { gatherRowsInto, paddedStride, squaredDistance } from '../kernels/rowMajor.ts'
import type { FeatureMatrix } from '../table/featureMatrix.ts'

/** Rows of a matrix one after the other, padded with zeros to a multiple of four numbers. */
export interface Points {
  readonly rows: number
  readonly dimensions: number
  readonly stride: number
  readonly values: Float64Array
}

/** A matrix, row by row. Costs one copy. */
export function pointsOf({ rows, columns, values }: FeatureMatrix): Points {
  const dimensions = columns.length
  const stride = paddedStride(dimensions)
  const packed = new Float64Array(rows * stride)
  gatherRowsInto(
    values,
    rows,
    dimensions,
    Uint32Array.from({ length: rows }, (_, row) => row),
    stride,
    packed,
  )
  return { rows, dimensions, stride, values: packed }
}

/** The given rows alone. */
export function takePoints({ dimensions, stride, values }: Points, rows: Uint32Array): Points {
  const taken = new Float64Array(rows.length * stride)
  rows.forEach((row, to) => {
    taken.set(values.subarray(row * stride, (row + 1) * stride), to * stride)
  })
  return { rows: rows.length, dimensions, stride, values: taken }
}

/** How many different rows there are, counted no further than `enough`. Ends early unless most rows are alike. */
export function differentRows({ rows, stride, values }: Points, enough: number): number {
  const found: number[] = []
  for (let row = 0; row < rows && found.length < enough; row++) {
    const isKnown = found.some((other) => squaredDistance(values, row * stride, values, other * stride, stride) === 0)
    if (!isKnown) found.push(row)
  }
  return found.length
}
