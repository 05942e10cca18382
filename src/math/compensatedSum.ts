/**
 * Sum of values[start .. end - 1] with Neumaier's compensation: the error is that of one rounding, whatever the length.
 *
 * @see Neumaier (1974), "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", algorithm IV
 */
export function compensatedSum(values: ArrayLike<number>, start = 0, end: number = values.length): number {
  let sum = 0
  let lost = 0
  for (let i = start; i < end; i++) {
    const value = values[i]!
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}
