// The shapes of purchase, contract and spend models.

import type { BgCnbdKModel } from '../clv/bgNbd/bgCnbdK.ts'
import type { BetaDiscreteWeibullParams } from '../clv/contract/betaDiscreteWeibull.ts'
import { betaInLimit } from '../clv/contract/powerOfTime.ts'
import type { CovariateEffect } from '../clv/covariates/covariateEffect.ts'
import { named, timeUnit } from './named.ts'
import {
  anyNumber,
  atLeastZero,
  byField,
  checked,
  count,
  finite,
  flag,
  list,
  oneOf,
  optional,
  otherwise,
  positive,
  record,
  type Shape,
  text,
} from './shapes.ts'

const fitted = (): Record<string, Shape> => ({
  source: oneOf('fitted'),
  customers: finite,
  logLikelihood: anyNumber,
  gradientNorm: anyNumber,
  converged: flag,
  iterations: count,
  positiveDefinite: flag,
  conditionNumber: otherwise(anyNumber, Number.NaN),
  verdict: oneOf('interior', 'boundary'),
  reducesTo: optional(text),
  parameters: list(text),
  standardErrors: list(anyNumber),
  covariance: list(list(anyNumber)),
})
const given: Shape = (json, path) => record({ source: oneOf('given') })(json, path)

const fittedOrGiven = (): Shape => byField('source', { fitted: record(fitted()), given })

export const bgNbd = (kind: 'bgNbd' | 'mbgNbd'): Shape =>
  named(kind, {
    timeUnit,
    params: bgNbdParams(),
    diagnostics: fittedOrGiven(),
  })

// Where nobody bought a second time, r is 0.
const bgNbdParams = (): Shape => record({ r: atLeastZero, alpha: positive, a: positive, b: positive })

export const bgCnbdK = (): Shape =>
  checked<BgCnbdKModel>(
    named('bgCnbdK', {
      timeUnit,
      modified: flag,
      params: record({ k: count, r: atLeastZero, alpha: positive, a: positive, b: positive }),
      diagnostics: byField('source', {
        fitted: record({
          ...fitted(),
          profile: list(record({ k: count, logLikelihood: anyNumber })),
          evidence: oneOf('gaps', 'histories'),
        }),
        given,
      }),
    }),
    ({ params }) => (params.k >= 1 && params.k <= 12 ? '' : 'must have 1 to 12 phases a gap'),
  )

export const bgBb = (): Shape =>
  named('bgBb', {
    timeUnit: oneOf('period'),
    params: record({ alpha: atLeastZero, beta: positive, gamma: positive, delta: positive }),
    diagnostics: fittedOrGiven(),
  })

export const shiftedBetaGeometric = (): Shape =>
  named('shiftedBetaGeometric', {
    params: record({ alpha: positive, beta: positive }),
    diagnostics: fittedOrGiven(),
  })

export const betaDiscreteWeibull = (): Shape =>
  named('betaDiscreteWeibull', {
    params: betaDiscreteWeibullParams,
    diagnostics: fittedOrGiven(),
  })

/** With an onset, the others are what they tend to in that limit. */
function betaDiscreteWeibullParams(json: unknown, path: string): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'onset'))
    return record({ alpha: positive, beta: positive, c: positive })(json, path)
  return checked<BetaDiscreteWeibullParams>(
    record({ alpha: oneOf(0), beta: anyNumber, c: anyNumber, onset: positive, exponent: positive }),
    ({ beta, c, onset }) =>
      beta === betaInLimit(onset!) && c === Number.POSITIVE_INFINITY ? '' : 'must have the beta and c of the limit',
  )(json, path)
}

export const paretoNbd = (): Shape =>
  named('paretoNbd', {
    timeUnit,
    params: paretoNbdParams,
    diagnostics: fittedOrGiven(),
  })

export const nbd = (): Shape =>
  named('nbd', { timeUnit, params: record({ r: atLeastZero, alpha: positive }), diagnostics: fittedOrGiven() })

export const effects = (): Shape =>
  list(
    checked<CovariateEffect>(
      record({
        covariates: oneOf('purchases', 'dropout', 'spend'),
        on: list(oneOf('alpha', 'beta', 'a', 'b', 'v', 'customersPerStayer')),
        columns: list(text),
        coefficients: list(finite),
      }),
      ({ columns, coefficients }) => (columns.length === coefficients.length ? '' : 'must have a coefficient a column'),
    ),
  )

/** A purchase model with effects of covariates. */
export const withEffects = (kind: 'purchaseCovariates' | 'seasonalPurchases'): Shape => {
  const of = (base: string, params: Shape): Shape =>
    named(kind, {
      timeUnit,
      base: oneOf(base),
      params,
      effects: effects(),
      diagnostics: fittedOrGiven(),
    })
  return byField('base', {
    bgNbd: of('bgNbd', bgNbdParams()),
    mbgNbd: of('mbgNbd', bgNbdParams()),
    paretoNbd: of('paretoNbd', kind === 'seasonalPurchases' ? finiteParetoNbdParams() : paretoNbdCovariateParams),
  })
}

export const spend = (kind: 'gammaGamma' | 'spendCovariates', own: Readonly<Record<string, Shape>> = {}): Shape =>
  named(kind, {
    currency: text,
    params: record({ p: positive, q: positive, v: positive }),
    ...own,
    diagnostics: byField('source', { fitted: record({ ...fitted(), leftOut: finite, correlation: anyNumber }), given }),
  })

/** With odds of leaving at once, `s` and `beta` are the 0 of that limit. */
function paretoNbdParams(json: unknown, path: string): unknown {
  const isLimit = typeof json === 'object' && json !== null && Object.hasOwn(json, 'leavingOdds')
  const zero = oneOf(0)
  const limit = record({ r: positive, alpha: positive, s: zero, beta: zero, leavingOdds: positive })
  return (isLimit ? limit : finiteParetoNbdParams())(json, path)
}

/** Where covariates move who leaves at once, the limit counts customers per one who stays. */
function paretoNbdCovariateParams(json: unknown, path: string): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, 'customersPerStayer'))
    return paretoNbdParams(json, path)
  const zero = oneOf(0)
  return record({ r: positive, alpha: positive, s: zero, beta: zero, customersPerStayer: positive })(json, path)
}

function finiteParetoNbdParams(): Shape {
  return record({ r: atLeastZero, alpha: positive, s: positive, beta: positive })
}
