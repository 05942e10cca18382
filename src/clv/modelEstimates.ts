import { type CovariateEffect, coefficientName } from './covariates/covariateEffect.ts'

/** What estimates are read from: parameters, which are positive, and effects of covariates where a model has them. */
interface EstimatedModel {
  readonly params: object
  readonly effects?: readonly CovariateEffect[]
}

/** The names of a model's coefficients of covariates, as its diagnostics have them. */
export function coefficientNames({ effects = [] }: EstimatedModel): ReadonlySet<string> {
  return new Set(effects.flatMap(({ on, columns }) => columns.map((column) => coefficientName(on, column))))
}

/** Named estimates of a model: logarithms of parameters, coefficients as they are. */
export function estimatesIn(model: EstimatedModel, names: readonly string[]): number[] {
  const params: Readonly<Record<string, number>> = { ...model.params }
  const coefficients = new Map(
    (model.effects ?? []).flatMap(({ on, columns, coefficients }) =>
      columns.map((column, j) => [coefficientName(on, column), coefficients[j]!] as const),
    ),
  )
  return names.map((name) => coefficients.get(name) ?? Math.log(params[name]!))
}

/** The model with other estimates, which were not fitted. */
export function withEstimates<Model extends EstimatedModel>(
  model: Model,
  names: readonly string[],
  values: readonly number[],
): Model {
  const changed = new Map(names.map((name, i) => [name, values[i]!]))
  const params = Object.fromEntries(
    Object.entries(model.params).map(([name, own]) => [name, changed.has(name) ? Math.exp(changed.get(name)!) : own]),
  )
  const effects = model.effects?.map((effect) => ({
    ...effect,
    coefficients: effect.columns.map(
      (column, j) => changed.get(coefficientName(effect.on, column)) ?? effect.coefficients[j]!,
    ),
  }))
  return { ...model, params, ...(effects && { effects }), diagnostics: { source: 'given' } }
}
