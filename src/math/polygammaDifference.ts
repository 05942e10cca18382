/**
 * ψ(z + d) − ψ(z) for z > 0, d ≥ 0, without subtracting two nearly equal numbers where z is large.
 *
 * @see Abramowitz & Stegun (1964), 6.3.18, both series subtracted term by term
 * @example
 * digammaDifference(1e8, 1) // 1e-8
 */
export function digammaDifference(z: number, d: number): number {
  let sum = 0
  let low = z
  // The recurrence lifts both arguments together: 1/low − 1/(low + d) has no cancellation as d / (low (low + d)).
  for (; low < 10; low++) sum += d / (low * (low + d))
  return sum + Math.log1p(d / low) + digammaExcess(low, d)
}

/**
 * ψ(z + d) − ψ(z) − ln(1 + d/z) for z ≥ 10, d ≥ 0: what is left of the difference where its logarithm goes into another.
 *
 * @example
 * digammaExcess(100, 100) // 0.0025…
 */
export function digammaExcess(z: number, d: number): number {
  const high = z + d
  return (d / high) * (0.5 / z) + (digammaTail(z) - digammaTail(high))
}

/**
 * ψ′(z) − ψ′(z + d) for z > 0, d ≥ 0, without subtracting two nearly equal numbers where z is large.
 *
 * @see Abramowitz & Stegun (1964), 6.4.12, both series subtracted term by term
 * @example
 * trigammaDifference(1, 1) // 1
 */
export function trigammaDifference(z: number, d: number): number {
  let sum = 0
  let low = z
  for (; low < 10; low++) sum += squaresDifference(low, d)
  return sum + d / (low * (low + d)) + trigammaExcess(low, d)
}

/**
 * ψ′(z) − ψ′(z + d) − d / (z (z + d)) for z ≥ 10, d ≥ 0: what is left of the difference beside that of 1/z, which may go
 * into another.
 *
 * @example
 * trigammaExcess(100, 100) // 0.0000376…
 */
export function trigammaExcess(z: number, d: number): number {
  return squaresDifference(z, d) / 2 + (trigammaTail(z) - trigammaTail(z + d))
}

/**
 * ψ′(z) − 1/z for z ≥ 10, which a difference would lose.
 *
 * @example
 * trigammaBeyondInverse(100) // 0.0000501…
 */
export function trigammaBeyondInverse(z: number): number {
  return 0.5 / (z * z) + trigammaTail(z)
}

/** 1/z² − 1/(z + d)². */
function squaresDifference(z: number, d: number): number {
  const ratio = d / (z * (z + d))
  return ratio * (1 / z + 1 / (z + d))
}

/** What ln z − 1/(2z) − ψ(z) leaves, for z ≥ 10. */
function digammaTail(z: number): number {
  const y = 1 / (z * z)
  return (
    y *
    (1 / 12 +
      y *
        (-1 / 120 +
          y * (1 / 252 + y * (-1 / 240 + y * (1 / 132 + y * (-691 / 32760 + y * (1 / 12 + y * (-3617 / 8160))))))))
  )
}

/** What ψ′(z) − 1/z − 1/(2z²) leaves, for z ≥ 10. */
function trigammaTail(z: number): number {
  const y = 1 / (z * z)
  return (
    (y / z) *
    (1 / 6 +
      y * (-1 / 30 + y * (1 / 42 + y * (-1 / 30 + y * (5 / 66 + y * (-691 / 2730 + y * (7 / 6 + y * (-3617 / 510))))))))
  )
}
