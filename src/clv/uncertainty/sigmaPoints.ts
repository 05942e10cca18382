import { badOption } from '../../core/checks.ts'
import { checkForm, type Form } from '../../core/form.ts'
import { symmetricEigen } from '../../math/symmetricEigen.ts'
import type { FitDiagnostics } from '../fitDiagnostics.ts'
import type { LikelihoodModel } from '../likelihoodOf.ts'
import { coefficientNames, estimatesIn, withEstimates } from '../modelEstimates.ts'
import type { ParameterCovariance } from './parameterCovariance.ts'

/**
 * A few models that stand for the uncertainty about the parameters of one: the mean and the covariance of their θ, the
 * logarithms of the parameters and the coefficients of covariates, are those of the estimates. With d uncertain directions they are the 2 d points
 * θ̂ ± √d c_j, c_j the columns of a square root of the covariance, each with the same weight, so that an average over
 * them is the expectation over the normal distribution of the estimates, exactly for anything cubic in θ.
 * They stand in pairs; without uncertainty the model stands alone.
 *
 * @param covariance - instead of that in the model's diagnostics; a model from given parameters has none
 * @see Julier & Uhlmann (1997), "A New Extension of the Kalman Filter to Nonlinear Systems", section 3; Arasaratnam &
 *   Haykin (2009), "Cubature Kalman Filters", equation 32
 */
export function sigmaPoints<Model extends LikelihoodModel>(
  caller: string,
  model: Model,
  covariance?: ParameterCovariance,
): readonly Model[] {
  if (covariance !== undefined) checkForm(caller, 'covariance', covariance, COVARIANCE)
  const { parameters, ofLogs } = covariance ?? ofDiagnostics(model, model.diagnostics)
  const coefficients = coefficientNames(model)
  const names = [...Object.keys(model.params), ...coefficients]
  const foreign = parameters.find((name) => !names.includes(name))
  if (foreign !== undefined) throw badOption(caller, 'covariance', `of parameters among ${names.join(', ')}`, foreign)
  if (parameters.length === 0) return [model]
  const theta = estimatesIn(model, parameters)
  // A coefficient has a unit: its standard error makes it comparable with logarithms.
  const units = parameters.map((name, i) => (coefficients.has(name) ? Math.sqrt(ofLogs[i]![i]!) || 1 : 1))
  const { values, vectors } = symmetricEigen(ofLogs.map((row, i) => row.map((v, j) => v / (units[i]! * units[j]!))))
  const most = values[values.length - 1]!
  const directions = vectors.filter((_, k) => values[k]! > NEGLIGIBLE * most)
  if (directions.length === 0) return [model]
  const lengths = values
    .filter((value) => value > NEGLIGIBLE * most)
    .map((value) => Math.sqrt(directions.length * value))
  return directions.flatMap((direction, k) => {
    const length = Math.min(lengths[k]!, FARTHEST)
    const moved = (side: 1 | -1): Model =>
      withEstimates(
        model,
        parameters,
        theta.map((value, i) => value + side * length * direction[i]! * units[i]!),
      )
    return [moved(1), moved(-1)]
  })
}

const COVARIANCE: Form = {
  is: 'a covariance, as parameterCovariance makes it',
  fields: { ofLogs: 'list', parameters: 'list' },
}

/** A variance this much below the largest is the rounding error of a direction that counts as known. */
const NEGLIGIBLE = 1e-13
/** Powers of e: a direction so uncertain leads to an edge, and beyond this nothing changes any more. */
const FARTHEST = 20

/**
 * Standard deviation, from the estimates being uncertain, of something that is `values[k]` at sigma point k: the delta
 * method, with the secants between the pairs in place of derivatives. 0 without uncertainty.
 */
export function secantSpread(values: ArrayLike<number>): number {
  return Math.sqrt(secantCovariance(values, values))
}

/** Covariance, likewise, of two things. */
export function secantCovariance(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let products = 0
  for (let k = 0; k + 1 < left.length; k += 2) products += (left[k]! - left[k + 1]!) * (right[k]! - right[k + 1]!)
  // Each pair lies 2 √d standard deviations apart, and there are 2 d points.
  return products / (2 * left.length)
}

/** What the diagnostics know. At an edge the covariance has no value for some parameters: they count as known. */
function ofDiagnostics(
  model: LikelihoodModel,
  diagnostics: FitDiagnostics,
): Pick<ParameterCovariance, 'parameters' | 'ofLogs'> {
  if (diagnostics.source === 'given') return { parameters: [], ofLogs: [] }
  const { parameters, covariance } = diagnostics
  const theta = estimatesIn(model, parameters)
  const coefficients = coefficientNames(model)
  const scales = parameters.map((name, i) => (coefficients.has(name) ? 1 : Math.exp(-theta[i]!)))
  const ofLogs = covariance.map((row, i) =>
    row.map((value, j) => (Number.isNaN(value) ? 0 : value * scales[i]! * scales[j]!)),
  )
  return { parameters, ofLogs }
}
