import { ClienteleError } from '../core/errors.ts'
import { upperGamma } from '../math/incompleteGamma.ts'
import type { FittedDiagnostics } from './fitDiagnostics.ts'
import { checkedFits, type FittedModel, parametersOf } from './fittedModels.ts'

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
 * Tests a model against a larger one that contains it: shifted beta-geometric in beta-discrete-Weibull, NBD in BG/NBD,
 * MBG/NBD and Pareto/NBD, any model in the same one with more parameters or with covariates. Where the smaller model is an edge of the
 * larger, as NBD is where no customer leaves, half of the gains are 0 by chance, and the statistic is compared with an
 * even mixture of χ² with one degree of freedom less and with all of them; that is customary rather than exact, because
 * at such an edge the larger model's other parameters mean nothing.
 *
 * (M)BG/NBD is (M)BG/CNBD-k with k = 1, but k is a whole number: the log-likelihood has no slope in it, and the theory of
 * the test does not hold. `compareModels` compares them, k counting as a parameter where it was found in the data.
 *
 * @throws {ClienteleError} `BAD_OPTION` if the first model is not nested in the second, or if what it lacks is a whole number of
 *   phases, or if it fits better, so that the data must differ; otherwise as `compareModels`
 * @see Self & Liang (1987), "Asymptotic Properties of Maximum Likelihood Estimators and Likelihood Ratio Tests Under
 *   Nonstandard Conditions", Journal of the American Statistical Association 82, case 5
 * @example
 * const survivors = contractHistoriesFromSurvivors([1000, 631, 468, 382, 326, 289, 262, 241])
 * likelihoodRatioTest(fitShiftedBetaGeometric(survivors), fitBetaDiscreteWeibull(survivors)).pValue // 0.24…
 */
export function likelihoodRatioTest(small: FittedModel, large: FittedModel): LikelihoodRatioTest {
  const caller = 'likelihoodRatioTest'
  const [less, more] = checkedFits(caller, [small, large], ['small', 'large']) as [FittedDiagnostics, FittedDiagnostics]
  checkPhases(caller, small, large)
  const degreesOfFreedom = parametersOf(large, more) - parametersOf(small, less)
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

/** Refuses models that differ in a number of phases. */
function checkPhases(caller: string, small: FittedModel, large: FittedModel): void {
  const k = ({ params }: FittedModel): number => (params as { readonly k?: number } | undefined)?.k ?? 1
  const isPair = large.kind === 'bgCnbdK' && ['bgCnbdK', 'bgNbd', 'mbgNbd'].includes(small.kind)
  if (!isPair || (small.kind === large.kind && k(small) === k(large))) return
  throw new ClienteleError(
    'BAD_OPTION',
    `${caller}: the models must not differ in k, which is whole, so that no chi-square test holds (compareModels compares them), got ${k(small)} and ${k(large)} phases`,
  )
}
