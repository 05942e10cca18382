/** Eigenvalues, ascending, with their orthonormal eigenvectors: `vectors[k]` belongs to `values[k]`. */
export interface SymmetricEigen {
  readonly values: readonly number[]
  readonly vectors: readonly (readonly number[])[]
}

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix (up to about 10 × 10), by Jacobi rotations: slow for
 * large matrices, but accurate to the last bits and unconditional.
 *
 * @param matrix - rows; only finite values
 * @see Golub & Van Loan (2013), "Matrix Computations", algorithm 8.5.2
 * @example
 * symmetricEigen([[2, 1], [1, 2]]).values // [1, 3]
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): SymmetricEigen {
  const n = matrix.length
  const a = matrix.map((row) => [...row])
  const v = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotated = rotate(a, v, p, q) || rotated
    }
    if (!rotated) break
  }
  const order = a.map((_, i) => i).sort((i, j) => a[i]![i]! - a[j]![j]!)
  return { values: order.map((i) => a[i]![i]!), vectors: order.map((i) => v.map((row) => row[i]!)) }
}

/** Turns the plane of axes p and q so that a[p][q] vanishes; false if it was negligible already. */
function rotate(a: number[][], v: number[][], p: number, q: number): boolean {
  const off = a[p]![q]!
  if (Math.abs(off) <= 1e-17 * Math.sqrt(Math.abs(a[p]![p]! * a[q]![q]!)) || Math.abs(off) < 1e-300) return false
  const theta = (a[q]![q]! - a[p]![p]!) / (2 * off)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  for (const row of a) turn(row, p, q, c, s)
  for (let k = 0; k < a.length; k++) {
    const [ap, aq] = [a[p]![k]!, a[q]![k]!]
    a[p]![k] = c * ap - s * aq
    a[q]![k] = s * ap + c * aq
  }
  a[p]![q] = 0
  a[q]![p] = 0
  for (const row of v) turn(row, p, q, c, s)
  return true
}

function turn(row: number[], p: number, q: number, c: number, s: number): void {
  const [rp, rq] = [row[p]!, row[q]!]
  row[p] = c * rp - s * rq
  row[q] = s * rp + c * rq
}
