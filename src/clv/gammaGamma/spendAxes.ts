import type { Expansion, Minimum } from '../../math/minimizeNewton.ts'

/**
 * Coordinates in which a Gamma-Gamma likelihood is well scaled, whatever the data: ln p, ln q, and ln(μ / `centre`) / `unit`
 * with the money μ = p v / q about which the means lie. Where customers hardly differ, p and q are huge and known to some
 * tenths of themselves, while μ is known to many digits: ln v, made of all three, would lose them.
 */
export interface SpendAxes {
  /** Money amid the means. */
  readonly centre: number
  /** About how much logarithms of means differ, at most 1. */
  readonly unit: number
}

/** Where θ = (ln p, ln q, ln v) lies. */
export function pointAt([lnP, lnQ, lnV]: readonly number[], { centre, unit }: SpendAxes): number[] {
  return [lnP!, lnQ!, (lnP! + lnV! - lnQ! - Math.log(centre)) / unit]
}

/** The θ = (ln p, ln q, ln v) of a point. */
export function thetaAt([lnP, lnQ, shift]: readonly number[], { centre, unit }: SpendAxes): number[] {
  return [lnP!, lnQ!, unit * shift! + lnQ! - lnP! + Math.log(centre)]
}

/** An expansion in these coordinates, as one in θ, by the chain rule. */
export function inTheta({ value, gradient, hessian }: Expansion, { unit }: SpendAxes): Expansion {
  const slopes = ([a, b, c]: readonly number[]): number[] => [a! + c! / unit, b! - c! / unit, c! / unit]
  const half = hessian.map(slopes)
  const columns = half.map((_, j) => slopes(half.map((row) => row[j]!)))
  return { value, gradient: slopes(gradient), hessian: columns }
}

/**
 * A minimum in these coordinates, as one in θ. Its curvature stays resolved as it was found: the vectors are those of
 * the coordinates, turned, so that each times itself, over its value, still adds up to the inverse Hessian.
 */
export function minimumInTheta(minimum: Minimum, axes: SpendAxes): Minimum {
  const { gradient, hessian } = inTheta(minimum, axes)
  const turned = ([a, b, c]: readonly number[]): number[] => [a!, b!, axes.unit * c! + b! - a!]
  return {
    ...minimum,
    gradient,
    hessian,
    point: thetaAt(minimum.point, axes),
    gradientNorm: Math.max(...gradient.map(Math.abs)),
    eigen: { values: minimum.eigen.values, vectors: minimum.eigen.vectors.map(turned) },
  }
}
