import { badOption, checkList } from '../../core/checks.ts'
import { checkForm, type Form } from '../../core/form.ts'

/** Which covariates of a customer: those of `withCovariates`. */
export type CovariateRole = 'purchases' | 'dropout' | 'spend'

/** Parameters that covariates may move; `customersPerStayer` is that of a limit, of Pareto/NBD with covariates of dropout. */
export type MovedParameter = 'alpha' | 'beta' | 'a' | 'b' | 'v' | 'customersPerStayer'

/**
 * How covariates move parameters: each of `on` is multiplied by e^(±Σ coefficient · covariate), with the minus for
 * `alpha` and `beta`, which divide rates. So a positive coefficient means more purchases, faster leaving under Pareto/NBD,
 * more money.
 */
export interface CovariateEffect {
  /** The covariates that it reads. */
  readonly covariates: CovariateRole
  /** The parameters that it moves, all by the same factor. */
  readonly on: readonly MovedParameter[]
  readonly columns: readonly string[]
  /** One a column, per unit of the covariate. */
  readonly coefficients: readonly number[]
}

const EFFECT: Form = {
  is: 'an effect of covariates',
  fields: { covariates: 'text', on: 'list', columns: 'list', coefficients: 'list' },
}

/** The sign of a coefficient in the logarithm of a parameter. */
export function signOn(parameter: MovedParameter): 1 | -1 {
  return parameter === 'alpha' || parameter === 'beta' ? -1 : 1
}

/** The name of a coefficient among the estimates of a model. */
export function coefficientName(on: readonly MovedParameter[], column: string): string {
  return `${on.join(', ')}: ${column}`
}

/** Copies of effects; `BAD_OPTION` unless each moves what its covariates may, by a finite coefficient a column. */
export function checkEffects(
  caller: string,
  effects: readonly CovariateEffect[],
  allowed: Partial<Record<CovariateRole, readonly MovedParameter[]>>,
): CovariateEffect[] {
  if (checkList(caller, 'effects', effects).length === 0) {
    throw badOption(caller, 'effects', 'a list of at least one effect', effects)
  }
  return effects.map((effect, i) => {
    checkForm(caller, `effects[${i}]`, effect, EFFECT)
    const { covariates, on, columns, coefficients } = effect
    const parameters = allowed[covariates]
    if (parameters === undefined) {
      throw badOption(caller, `effects[${i}].covariates`, `one of ${Object.keys(allowed).join(', ')}`, covariates)
    }
    if (on.length === 0 || !on.every((name) => parameters.includes(name))) {
      throw badOption(caller, `effects[${i}].on`, `some of ${parameters.join(', ')}`, on.join(', '))
    }
    if (columns.length === 0 || coefficients.length !== columns.length || !coefficients.every(Number.isFinite)) {
      throw badOption(caller, `effects[${i}].coefficients`, 'finite numbers, one a column', coefficients.join(', '))
    }
    return { covariates, on: [...on], columns: [...columns], coefficients: [...coefficients] }
  })
}
