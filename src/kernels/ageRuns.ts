/** How many runs of histories share x and T. */
export function countAgeRuns(
  repeats: Uint32Array, //   in   n, ascending
  timeAtEnd: Uint32Array, // in   n, ascending where x is the same
): number {
  let runs = 0
  let x = ~repeats[0]!
  let T = 0
  for (let i = 0; i < repeats.length; i++) {
    const difference = (repeats[i]! ^ x) | (timeAtEnd[i]! ^ T)
    runs += (difference | -difference) >>> 31
    x = repeats[i]!
    T = timeAtEnd[i]!
  }
  return runs
}

/** Writes the runs of histories that share x and T. */
export function ageRunsInto(
  repeats: Uint32Array, //    in   n, ascending
  timeAtEnd: Uint32Array, //  in   n, ascending where x is the same
  weights: Float64Array, //   in   n
  starts: Uint32Array, //     out  runs + 1: first history of each run, and n
  runRepeats: Uint32Array, // out  runs: x of each
  runAges: Uint32Array, //    out  runs: T of each
  sums: Float64Array, //      out  runs: weight of each
): void {
  let run = 0
  for (let i = 0; i < repeats.length; run++) {
    const x = repeats[i]!
    const T = timeAtEnd[i]!
    let sum = 0
    starts[run] = i
    while (i < repeats.length && timeAtEnd[i]! === T && repeats[i]! === x) sum += weights[i++]!
    runRepeats[run] = x
    runAges[run] = T
    sums[run] = sum
  }
  starts[run] = repeats.length
}
