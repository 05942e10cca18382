import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'

/** How a coefficient moves the parameters of groups of customers. */
export interface Link {
  /** Places in θ of the parameters that it moves, with the sign. */
  readonly moves: readonly (readonly [parameter: number, sign: 1 | -1])[]
  /** Its covariate, by group. */
  readonly values: Float64Array
}

/** Place in θ, and by how much it grows with a coordinate. */
type Slope = readonly [parameter: number, factor: number]

/**
 * The sum of the objectives of groups of customers, each at the θ of its group: θ, moved by coefficients times
 * covariates. A function of θ and then the coefficients; θ of a group being linear in them, gradients and Hessians follow
 * by the chain rule, Jᵀg and JᵀHJ, without further derivatives.
 *
 * @param objectives - of θ, by group
 * @param size - parameters in θ
 */
export function linkedObjective(
  objectives: readonly ((theta: readonly number[]) => Expansion)[],
  size: number,
  links: readonly Link[],
): (point: readonly number[]) => Expansion {
  const own = Array.from({ length: size }, (_, parameter): Slope[] => [[parameter, 1]])
  const values = new Float64Array(objectives.length)
  return (point) => {
    const gradient = point.map(() => 0)
    const hessian = point.map(() => point.map(() => 0))
    objectives.forEach((objective, group) => {
      const here = objective(thetaOf(point, size, links, group))
      values[group] = here.value
      const slopes = [
        ...own,
        ...links.map(({ moves, values: z }) => moves.map(([p, sign]): Slope => [p, sign * z[group]!])),
      ]
      slopes.forEach((one, c) => {
        for (const [p, factor] of one) {
          gradient[c]! += factor * here.gradient[p]!
          for (let d = 0; d <= c; d++) {
            for (const [q, other] of slopes[d]!) hessian[c]![d]! += factor * other * here.hessian[p]![q]!
          }
        }
      })
    })
    hessian.forEach((row, c) => {
      for (let d = 0; d < c; d++) hessian[d]![c] = row[d]!
    })
    return { value: compensatedSum(values), gradient, hessian }
  }
}

/** The θ of one group. */
export function thetaOf(point: readonly number[], size: number, links: readonly Link[], group: number): number[] {
  const theta = point.slice(0, size)
  links.forEach(({ moves, values }, k) => {
    for (const [parameter, sign] of moves) theta[parameter]! += sign * point[size + k]! * values[group]!
  })
  return theta
}
