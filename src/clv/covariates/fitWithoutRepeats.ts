import { compensatedSum } from '../../math/compensatedSum.ts'
import { diagnose } from '../fitDiagnostics.ts'
import { bestWithoutRepeats, logLongest, NO_REPEATS } from '../noRepeats.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'
import { coefficientName } from './covariateEffect.ts'
import type { CovariateFit, EffectToFit } from './fitStandardised.ts'

/** The fit of parameters and coefficients to customers of whom nobody bought a second time: covariates change nothing. */
export function fitWithoutRepeats(
  parameters: readonly string[],
  effects: readonly EffectToFit[],
  { weights, times }: PurchaseHistories,
): CovariateFit {
  const coefficients = effects.flatMap(({ on, columns }) => columns.map(({ name }) => coefficientName(on, name)))
  const others = parameters.slice(1).map((name) => (name === 'alpha' || name === 'beta' ? logLongest(times) : 0))
  const best = bestWithoutRepeats([...others, ...coefficients.map(() => 0)])
  return {
    params: best.point.slice(0, parameters.length).map(Math.exp),
    effects: effects.map(({ covariates, on, columns }) => ({
      covariates,
      on,
      columns: columns.map(({ name }) => name),
      coefficients: columns.map(() => 0),
    })),
    diagnostics: diagnose(best, [...parameters, ...coefficients], compensatedSum(weights), NO_REPEATS),
  }
}
