import { type SymmetricEigen, symmetricEigen } from './symmetricEigen.ts'

/** A function's value at a point, with its exact first and second derivatives. */
export interface Expansion {
  readonly value: number
  readonly gradient: readonly number[]
  readonly hessian: readonly (readonly number[])[]
}

export interface NewtonOptions {
  /** Converged when the full Newton step is nowhere longer. @default 1e-9 */
  readonly tolerance?: number
  /** @default 200 */
  readonly maxIterations?: number
  /** True where the search shall end because the minimum lies at the edge of the space. @default never */
  readonly isAtEdge?: (point: readonly number[], here: Expansion) => boolean
}

/** Where a minimisation ended, with the certificate of how good the place is. */
export interface Minimum extends Expansion {
  readonly point: readonly number[]
  /** Largest absolute component of the gradient. */
  readonly gradientNorm: number
  readonly iterations: number
  /** `'converged'`: the next step would be negligible; `'edge'`: `isAtEdge`; `'limit'`: out of steps or of descent. */
  readonly ended: 'converged' | 'edge' | 'limit'
  /** Whether every eigenvalue of the Hessian is above zero, by more than its rounding error. */
  readonly positiveDefinite: boolean
  /** Eigenvalues and eigenvectors of the Hessian. */
  readonly eigen: SymmetricEigen
}

/**
 * Minimises a smooth function of a few variables by Newton's method, made safe: directions of negative curvature are
 * turned round, steps are bounded (so measure the variables on a scale where 1 is a moderate change, such as
 * logarithms) and halved until the value falls.
 *
 * @param expand - value, gradient and Hessian at a point; one that is not finite counts as too high
 * @see Nocedal & Wright (2006), "Numerical Optimization", sections 3.1 (sufficient decrease), 3.4 (eigenvalue
 *   modification)
 * @example
 * const bowl = ([x]) => ({ value: (x - 3) ** 2, gradient: [2 * (x - 3)], hessian: [[2]] })
 * minimizeNewton(bowl, [0]).point // [3]
 */
export function minimizeNewton(
  expand: (point: readonly number[]) => Expansion,
  start: readonly number[],
  options: NewtonOptions = {},
): Minimum {
  const { tolerance = 1e-9, maxIterations = 200, isAtEdge = () => false } = options
  let point = start
  let here = expand(point)
  let ended: Minimum['ended'] = 'limit'
  let iterations = 0
  while (iterations < maxIterations) {
    const eigen = symmetricEigen(here.hessian)
    const step = descentStep(here.gradient, eigen)
    if (isConverged(eigen, step, NEGLIGIBLE * tolerance)) {
      ended = 'converged'
      break
    }
    const next = search(expand, point, here, step)
    if (next === undefined) {
      if (isConverged(eigen, step, 1e3 * tolerance)) ended = 'converged'
      break
    }
    iterations++
    point = next.point
    here = next.expansion
    if (isConverged(eigen, step, tolerance)) {
      ended = 'converged'
      break
    }
    if (isAtEdge(point, here)) {
      ended = 'edge'
      break
    }
  }
  const eigen = symmetricEigen(here.hessian)
  return {
    ...here,
    point,
    gradientNorm: largest(here.gradient),
    iterations,
    ended,
    positiveDefinite: isPositiveDefinite(eigen),
    eigen,
  }
}

/** A step that is so short beside the tolerance is not worth another evaluation: Newton's steps shrink quadratically. */
const NEGLIGIBLE = 1e-4

/** Longest step in one eigendirection. */
const MAX_STEP = 4

/**
 * The Newton step where the function is convex, and a descent of the same form where it is not.
 *
 * Loops, not callbacks, here and below: compiled code of a callback is collected with it, and compiled anew for every
 * few fits, which would cost more than the fit of a few customers.
 */
function descentStep(gradient: readonly number[], { values, vectors }: SymmetricEigen): number[] {
  const floor = Number.EPSILON * largest(values)
  const step = new Array<number>(gradient.length).fill(0)
  for (let k = 0; k < vectors.length; k++) {
    const vector = vectors[k]!
    const slope = dot(vector, gradient)
    const length = slope === 0 ? 0 : -slope / Math.max(Math.abs(values[k]!), floor)
    const bounded = Math.max(-MAX_STEP, Math.min(MAX_STEP, length))
    for (let j = 0; j < step.length; j++) step[j]! += bounded * vector[j]!
  }
  return step
}

/**
 * Halves the step until the value falls enough; `undefined` if no step makes it fall beyond its rounding error. Where the
 * fall to be expected is far below that error, as in sums over a million terms, the gradient tells instead: it is exact
 * long after the value has stopped to be (the approximate condition of Hager & Zhang 2005).
 */
function search(
  expand: (point: readonly number[]) => Expansion,
  point: readonly number[],
  here: Expansion,
  step: readonly number[],
): { point: readonly number[]; expansion: Expansion } | undefined {
  const slope = dot(step, here.gradient)
  const rounding = 8 * Number.EPSILON * Math.abs(here.value)
  for (let scale = 1; scale > 1e-9; scale /= 2) {
    const there = [...point]
    for (let j = 0; j < there.length; j++) there[j]! += scale * step[j]!
    const expansion = expand(there)
    const falls = expansion.value <= here.value + 1e-4 * scale * slope + rounding
    const flattens =
      -slope < rounding &&
      expansion.value <= here.value + 64 * rounding &&
      largest(expansion.gradient) < largest(here.gradient)
    if ((falls || flattens) && hasDerivatives(expansion)) return { point: there, expansion }
  }
  return undefined
}

/** Whether the derivatives are numbers: far out a value may be one while they are not. */
function hasDerivatives({ gradient, hessian }: Expansion): boolean {
  if (!gradient.every(Number.isFinite)) return false
  for (const row of hessian) if (!row.every(Number.isFinite)) return false
  return true
}

function isConverged(eigen: SymmetricEigen, step: readonly number[], tolerance: number): boolean {
  return isPositiveDefinite(eigen) && largest(step) <= tolerance
}

function isPositiveDefinite({ values }: SymmetricEigen): boolean {
  return values[0]! > 4 * Number.EPSILON * largest(values)
}

function largest(values: readonly number[]): number {
  let most = 0
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!))
  return most
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}
