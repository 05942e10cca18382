import type { Expansion } from './minimizeNewton.ts'

/**
 * What is left of a function where its coordinate `i` stays at `at`: a function of the others, in their order, for the
 * minimiser.
 *
 * @example
 * const bowl = ([x, y]) => ({ value: x * x + y * y, gradient: [2 * x, 2 * y], hessian: [[2, 0], [0, 2]] })
 * holdCoordinate(bowl, 0, 3)([1]).value // 10
 */
export function holdCoordinate(
  expand: (point: readonly number[]) => Expansion,
  i: number,
  at: number,
): (others: readonly number[]) => Expansion {
  return (others) => {
    const { value, gradient, hessian } = expand([...others.slice(0, i), at, ...others.slice(i)])
    return { value, gradient: without(gradient, i), hessian: without(hessian, i).map((row) => without(row, i)) }
  }
}

function without<Value>(values: readonly Value[], i: number): Value[] {
  return [...values.slice(0, i), ...values.slice(i + 1)]
}
