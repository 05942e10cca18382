import type { Random } from './random.ts'

/** A standard normal number, by Box & Muller. */
export function normalVariate(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

/**
 * The logarithm of a Gamma(shape, 1) number. With a small shape most such numbers are below the smallest double, though
 * their logarithms are not.
 *
 * @see Marsaglia & Tsang (2000), "A Simple Method for Generating Gamma Variables", ACM TOMS 26(3)
 */
export function logGammaVariate(shape: number, random: Random): number {
  if (shape < 1) return logGammaVariate(shape + 1, random) + Math.log(1 - random.unit()) / shape
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normalVariate(random)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - random.unit()) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return Math.log(d) + Math.log(v)
  }
}

/** A Gamma(shape, 1) number. */
export function gammaVariate(shape: number, random: Random): number {
  return Math.exp(logGammaVariate(shape, random))
}

/** A Beta(a, b) number: a chance that differs from customer to customer. */
export function betaVariate(a: number, b: number, random: Random): number {
  const logOdds = logGammaVariate(a, random) - logGammaVariate(b, random)
  return 1 / (1 + Math.exp(-logOdds))
}

/**
 * The instants up to `end` of events that come at a constant rate, ascending; after each one `stops` may end them.
 *
 * @param rate - events a unit of `end`, at least 0
 */
export function poissonTimes(rate: number, end: number, random: Random, stops: () => boolean = () => false): number[] {
  const times: number[] = []
  for (let now = 0; ; ) {
    now -= Math.log(1 - random.unit()) / rate
    if (!(now <= end)) return times
    times.push(now)
    if (stops()) return times
  }
}
