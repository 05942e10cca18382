import { ClienteleError } from '../core/errors.ts'
import { upperGamma } from '../math/incompleteGamma.ts'
import type { FitDiagnostics, FittedDiagnostics } from './fitDiagnostics.ts'

/** What comparing needs of a model that was fitted by maximum likelihood. Every such model has it. */
export interface FittedModel {
  readonly kind: string
  /** The kind of model that covariates were added to. */
  readonly base?: string
  readonly timeUnit?: string
  readonly diagnostics: FitDiagnostics
}

/** How one of several models of the same data did. */
export interface ModelComparison {
  readonly kind: string
  /** How many parameters were fitted. */
  readonly parameters: number
  readonly logLikelihood: number
  /** Akaike's criterion: twice the parameters less twice the log-likelihood. The lowest is best. */
  readonly aic: number
  /** The same, corrected for few customers; infinite where there are no more of them than parameters and one. */
  readonly aicc: number
  /** Schwarz's criterion, where a parameter costs ln(customers). */
  readonly bic: number
  /** Akaike weight: how likely the model is the best of these for new data. They add up to 1. */
  readonly weight: number
  /** 1 for the lowest `aic`. */
  readonly rank: number
  /** 1 for the lowest `bic`. */
  readonly rankByBic: number
}

/** Whether a larger model fits better than chance would have it. */
export interface LikelihoodRatioTest {
  /** Twice the gain in log-likelihood, at least 0. */
  readonly statistic: number
  /** Parameters that the larger model has more. */
  readonly degreesOfFreedom: number
  /** Whether the smaller model lies at an edge of the larger one, which halves the chances. */
  readonly onBoundary: boolean
  /** Probability of such a gain or a larger one if the smaller model is true. */
  readonly pValue: number
}

/**
 * Compares models that were fitted to the same customers: log-likelihood, parameters, information criteria and ranks, in
 * the order given.
 *
 * @param models - at least one; of purchases, of purchases in periods, of contracts or of spend, but not of several of these
 * @throws {ClienteleError} `BAD_OPTION` if a model was not fitted or they are not of one kind of data; `BAD_SHAPE` if they were
 *   fitted to different numbers of customers; `UNIT_MISMATCH` if in different units of time
 * @see Burnham & Anderson (2002), "Model Selection and Multimodel Inference", sections 2.2, 2.4 and 2.9
 * @example
 * const survivors = contractHistoriesFromSurvivors([1000, 869, 743, 653, 593, 551, 517, 491])
 * const models = [fitShiftedBetaGeometric(survivors), fitBetaDiscreteWeibull(survivors)]
 * compareModels(models).map(({ rank }) => rank) // [2, 1]
 */
export function compareModels(models: readonly FittedModel[]): ModelComparison[] {
  const fits = checkedFits('compareModels', models)
  const criteria = fits.map(({ parameters, logLikelihood, customers }) => {
    const k = parameters.length
    const aic = 2 * k - 2 * logLikelihood
    const aicc = customers > k + 1 ? aic + (2 * k * (k + 1)) / (customers - k - 1) : Number.POSITIVE_INFINITY
    return { parameters: k, logLikelihood, aic, aicc, bic: k * Math.log(customers) - 2 * logLikelihood }
  })
  const best = Math.min(...criteria.map(({ aic }) => aic))
  const odds = criteria.map(({ aic }) => Math.exp((best - aic) / 2))
  const all = odds.reduce((sum, value) => sum + value, 0)
  return criteria.map((row, i) => ({
    kind: models[i]!.kind,
    ...row,
    weight: odds[i]! / all,
    rank: 1 + criteria.filter(({ aic }) => aic < row.aic).length,
    rankByBic: 1 + criteria.filter(({ bic }) => bic < row.bic).length,
  }))
}

/**
 * Tests a model against a larger one that contains it: shifted beta-geometric in beta-discrete-Weibull, NBD in BG/NBD,
 * MBG/NBD and Pareto/NBD, any model in the same one with more parameters or with covariates. Where the smaller model is an edge of the
 * larger, as NBD is where no customer leaves, half of the gains are 0 by chance, and the statistic is compared with an
 * even mixture of χ² with one degree of freedom less and with all of them; that is customary rather than exact, because
 * at such an edge the larger model's other parameters mean nothing.
 *
 * @throws {ClienteleError} `BAD_OPTION` if the first model is not nested in the second, or fits better, so that the data must differ;
 *   otherwise as `compareModels`
 * @see Self & Liang (1987), "Asymptotic Properties of Maximum Likelihood Estimators and Likelihood Ratio Tests Under
 *   Nonstandard Conditions", Journal of the American Statistical Association 82, case 5
 * @example
 * const survivors = contractHistoriesFromSurvivors([1000, 631, 468, 382, 326, 289, 262, 241])
 * likelihoodRatioTest(fitShiftedBetaGeometric(survivors), fitBetaDiscreteWeibull(survivors)).pValue // 0.24…
 */
export function likelihoodRatioTest(small: FittedModel, large: FittedModel): LikelihoodRatioTest {
  const caller = 'likelihoodRatioTest'
  const [less, more] = checkedFits(caller, [small, large]) as [FittedDiagnostics, FittedDiagnostics]
  const degreesOfFreedom = more.parameters.length - less.parameters.length
  const isSame =
    small.kind === large.kind &&
    small.base === large.base &&
    less.parameters.every((name) => more.parameters.includes(name))
  const onBoundary = isSame || small.kind === large.base ? false : NESTED[small.kind]?.[large.kind]
  if (onBoundary === undefined || degreesOfFreedom < 1) {
    throw new ClienteleError(
      'BAD_OPTION',
      `${caller}: ${small.kind} must be a special case of ${large.kind}, with fewer parameters, and is not`,
    )
  }
  const gain = more.logLikelihood - less.logLikelihood
  // At an edge a fit stops within 1e-6 of the supremum.
  if (gain < -1e-5) {
    throw new ClienteleError(
      'BAD_OPTION',
      `${caller}: the larger model must not fit worse, got ${-gain} less log-likelihood: the data must have been others`,
    )
  }
  const statistic = Math.max(2 * gain, 0)
  const tail = (degrees: number): number =>
    degrees === 0 ? Number(statistic <= 0) : upperGamma(degrees / 2, statistic / 2)
  const pValue = onBoundary ? (tail(degreesOfFreedom - 1) + tail(degreesOfFreedom)) / 2 : tail(degreesOfFreedom)
  return { statistic, degreesOfFreedom, onBoundary, pValue }
}

/** For models that are a special case of a larger one, by kind: whether they lie at an edge of it. */
const NESTED: Readonly<Record<string, Readonly<Record<string, boolean>>>> = {
  shiftedBetaGeometric: { betaDiscreteWeibull: false },
  gammaGamma: { spendCovariates: false },
  nbd: { bgNbd: true, mbgNbd: true, paretoNbd: true },
}

/** What a likelihood is one of, for models of other data than purchases over time. */
const DATA: Readonly<Record<string, string>> = {
  bgBb: 'purchases in periods',
  shiftedBetaGeometric: 'contracts',
  betaDiscreteWeibull: 'contracts',
  gammaGamma: 'spend',
  spendCovariates: 'spend',
}

function checkedFits(caller: string, models: readonly FittedModel[]): FittedDiagnostics[] {
  if (models.length === 0) throw new ClienteleError('BAD_OPTION', `${caller}: "models" must hold a model`)
  const [first] = models
  const dataOf = ({ kind }: FittedModel): string => DATA[kind] ?? 'purchases over time'
  const fits = models.map((model, i) => {
    const { diagnostics, kind } = model
    if (diagnostics.source === 'given')
      throw new ClienteleError(
        'BAD_OPTION',
        `${caller}: model ${i} (${kind}) must be fitted, and its parameters were given`,
      )
    if (dataOf(model) !== dataOf(first!)) {
      const got = `${dataOf(first!)} (${first!.kind}) and ${dataOf(model)} (${kind})`
      throw new ClienteleError('BAD_OPTION', `${caller}: the models must be of the same data, got ${got}`)
    }
    if (model.timeUnit !== first!.timeUnit) {
      const got = `${first!.timeUnit}s and ${model.timeUnit}s`
      throw new ClienteleError('UNIT_MISMATCH', `${caller}: the models must count time in one unit, got ${got}`)
    }
    return diagnostics
  })
  const other = fits.find(({ customers }) => Math.abs(customers - fits[0]!.customers) > 1e-9 * customers)
  if (other === undefined) return fits
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: the models must be fitted to the same customers, got ${fits[0]!.customers} and ${other.customers}`,
  )
}
