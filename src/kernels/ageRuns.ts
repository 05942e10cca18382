/** How many runs of histories share x and T. */
export function countAgeRuns(
  repeats: Uint32Array, //   in   n, ascending
  timeAtEnd: Uint32Array, // in   n, ascending where x is the same
): number {
  let runs = 0
  for (let i = 0; i < repeats.length; i++) {
    if (i === 0 || timeAtEnd[i] !== timeAtEnd[i - 1] || repeats[i] !== repeats[i - 1]) runs++
  }
  return runs
}

/** Writes the runs of histories that share x and T. */
export function ageRunsInto(
  repeats: Uint32Array, //   in   n, ascending
  timeAtEnd: Uint32Array, // in   n, ascending where x is the same
  weights: Float64Array, //  in   n
  starts: Uint32Array, //    out  runs + 1: first history of each run, and n
  sums: Float64Array, //     out  runs: weight of each
): void {
  let run = -1
  let sum = 0
  for (let i = 0; i < repeats.length; i++) {
    if (i === 0 || timeAtEnd[i] !== timeAtEnd[i - 1] || repeats[i] !== repeats[i - 1]) {
      if (run >= 0) sums[run] = sum
      starts[++run] = i
      sum = 0
    }
    sum += weights[i]!
  }
  if (run >= 0) sums[run] = sum
  starts[run + 1] = repeats.length
}
