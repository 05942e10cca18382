/**
 * ln(1 + y) − y for y > −1, to about 1e-15 of itself, next to 0 too.
 *
 * @example
 * logExcess(1e-8) // -5e-17
 */
export function logExcess(y: number): number {
  if (Math.abs(y) > 0.3) return Math.log1p(y) - y
  // By ln(1 + y) = 2 artanh(s), s = y / (2 + y), and 2 s − y = −y s: no digit is lost near 0.
  const s = y / (2 + y)
  const s2 = s * s
  let power = s2 * s
  let sum = 0
  for (let k = 3; k < 60; k += 2) {
    const term = power / k
    sum += term
    if (term === 0 || Math.abs(term) < 1e-17 * Math.abs(sum)) break
    power *= s2
  }
  return 2 * sum - y * s
}
