/** How a sum is spread over customers, read from the best customer down. */
export interface ConcentrationCurve {
  /** Sum of the values. */
  readonly sum: number
  /** Share of the sum that the best `share` of the customers hold, 0 to 1; fractions of a customer count in part. */
  heldByTop(share: number): number
}

/**
 * The Lorenz curve of `values`, turned round so that it starts with the largest. Costs one sort.
 *
 * @param values - finite, at least one of them above 0
 * @see Lorenz (1905), "Methods of Measuring the Concentration of Wealth"
 */
export function concentrationCurve(values: ArrayLike<number>): ConcentrationCurve {
  const held = Float64Array.from(values).sort().reverse()
  let sum = 0
  for (let i = 0; i < held.length; i++) {
    sum += held[i]!
    held[i] = sum
  }
  return {
    sum,
    heldByTop: (share) => {
      const position = Math.min(Math.max(share, 0), 1) * held.length
      const whole = Math.floor(position)
      const below = whole > 0 ? held[whole - 1]! : 0
      const above = whole < held.length ? held[whole]! : below
      return (below + (above - below) * (position - whole)) / sum
    },
  }
}
