import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { symmetricEigen } from '../../math/symmetricEigen.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'
import { edgeScale } from './paretoNbdEdges.ts'
import { paretoNbdObjective } from './paretoNbdLikelihood.ts'

/**
 * The best θ = (ln r, ln α, ln s, ln β) near the limit in which some customers leave at once and the others never. The
 * likelihood there is a curved valley, β = L e^(−c/s) with nearly constant c, L being the longest T, so that it is
 * followed in (ln r, ln α, ln s, ln c), in which it is straight. Gradient norm and definiteness are in these.
 *
 * @param start - θ with β < L, or the limit's (ln r, ln α, ln ω)
 */
export function minimizeInValley(histories: PurchaseHistories, start: readonly number[]): Minimum {
  const logLongest = Math.log(edgeScale(histories).longest)
  const objective = paretoNbdObjective(histories)
  const [logR, logAlpha, third, logBeta] = start as [number, number, number, number?]
  const c = logBeta === undefined ? Math.log1p(Math.exp(third)) : Math.exp(third) * (logLongest - logBeta)
  const s = logBeta === undefined ? c / FIRST : Math.exp(third)
  const valley = minimizeNewton(straightened(objective, logLongest), [logR, logAlpha, Math.log(s), Math.log(c)], {
    isAtEdge: ([, , logS, logC]) => logC! - logS! > Math.log(LAST),
  })
  const point = thetaOf(valley.point, logLongest)
  const here = objective(point)
  return { ...valley, ...here, point, eigen: symmetricEigen(here.hessian) }
}

/** −ln (β / L) at the start: near the limit, and some way from the end. */
const FIRST = 30
/** −ln (β / L) at which doubles end, some room left for the ratios of times to β. */
const LAST = 620

function thetaOf([logR, logAlpha, logS, logC]: readonly number[], logLongest: number): number[] {
  return [logR!, logAlpha!, logS!, logLongest - Math.exp(logC! - logS!)]
}

/** The objective as a function of (ln r, ln α, ln s, ln c), by the chain rule: d ln β = c/s (d ln s − d ln c). */
function straightened(
  objective: (theta: readonly number[]) => Expansion,
  logLongest: number,
): (point: readonly number[]) => Expansion {
  return (point) => {
    const { value, gradient, hessian } = objective(thetaOf(point, logLongest))
    const k = Math.exp(point[3]! - point[2]!)
    const byBeta = gradient[3]!
    const rows = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
      [0, 0, 1, k],
      [0, 0, 0, -k],
    ]
    const slopes = rows.map((row) => row.reduce((sum, factor, j) => sum + factor * gradient[j]!, 0))
    const curves = rows.map((one, i) =>
      rows.map((other, j) => {
        let sum = 0
        one.forEach((a, p) => {
          other.forEach((b, q) => {
            sum += a * b * hessian[p]![q]!
          })
        })
        // ln β is bent: its second derivatives are −k by ln s twice and by ln c twice, and k by both.
        return i < 2 || j < 2 ? sum : sum + (i === j ? -k : k) * byBeta
      }),
    )
    return { value, gradient: slopes, hessian: curves }
  }
}
