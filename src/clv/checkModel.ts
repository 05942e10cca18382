import { badOption, checkTimeUnit, isList, isObject } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { checkPeriodHistories, type PeriodHistories, type TransactionHistories } from './periodHistories.ts'

/** The parameters without which a model says nothing, by kind; those with covariates have the parameters of their `base`. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  bgNbd: ['r', 'alpha', 'a', 'b'],
  mbgNbd: ['r', 'alpha', 'a', 'b'],
  bgCnbdK: ['k', 'r', 'alpha', 'a', 'b'],
  paretoNbd: ['r', 'alpha', 's', 'beta'],
  nbd: ['r', 'alpha'],
  bgBb: ['alpha', 'beta', 'gamma', 'delta'],
  shiftedBetaGeometric: ['alpha', 'beta'],
  betaDiscreteWeibull: ['alpha', 'beta', 'c'],
  gammaGamma: ['p', 'q', 'v'],
  spendCovariates: ['p', 'q', 'v'],
}

/** Those of the limit of the beta-discrete-Weibull model, whose own are infinite there. */
const POWER_OF_TIME: readonly string[] = ['onset', 'exponent']

type Kind =
  | 'bgNbd'
  | 'mbgNbd'
  | 'bgCnbdK'
  | 'paretoNbd'
  | 'nbd'
  | 'bgBb'
  | 'purchaseCovariates'
  | 'seasonalPurchases'
  | 'shiftedBetaGeometric'
  | 'betaDiscreteWeibull'
  | 'gammaGamma'
  | 'spendCovariates'

// The kinds of the unions of models, written out: a spread would be a call that every import makes.
/** `PurchaseModel`. */
export const PURCHASE_KINDS: readonly Kind[] = ['bgNbd', 'mbgNbd', 'bgCnbdK', 'paretoNbd', 'nbd']
/** `TransactionModel`. */
export const TRANSACTION_KINDS: readonly Kind[] = ['bgNbd', 'mbgNbd', 'bgCnbdK', 'paretoNbd', 'nbd', 'bgBb']
/** `PurchaseModel`, with covariates or without. */
export const DESCRIBED_KINDS: readonly Kind[] = ['bgNbd', 'mbgNbd', 'bgCnbdK', 'paretoNbd', 'nbd', 'purchaseCovariates']
/** `SummaryModel`. */
export const SUMMARY_KINDS: readonly Kind[] = [
  'bgNbd',
  'mbgNbd',
  'bgCnbdK',
  'paretoNbd',
  'nbd',
  'purchaseCovariates',
  'seasonalPurchases',
]
/** `CustomerModel`. */
export const CUSTOMER_KINDS: readonly Kind[] = [
  'bgNbd',
  'mbgNbd',
  'bgCnbdK',
  'paretoNbd',
  'nbd',
  'purchaseCovariates',
  'seasonalPurchases',
  'bgBb',
]
/** `ContractModel`. */
export const CONTRACT_KINDS: readonly Kind[] = ['shiftedBetaGeometric', 'betaDiscreteWeibull']
/** `SpendModel`. */
export const SPEND_KINDS: readonly Kind[] = ['gammaGamma', 'spendCovariates']

/** What a check looks at: any model at all. */
interface AnyModel {
  readonly kind: string
  readonly params: object
}

/** Throws `BAD_OPTION` unless `model` is of one of the kinds and has their parameters as finite numbers of at least 0. */
export function checkModel(caller: string, model: AnyModel, kinds: readonly Kind[], name = 'model'): void {
  if (!isObject(model) || !kinds.includes(model.kind as Kind))
    throw badOption(caller, name, `a model of kind ${kinds.join(', ')}`, model)
  const { kind, params } = model
  const given = PARAMETERS[kind] ?? parametersOfBase(caller, name, model)
  if (!isObject(params)) throw badOption(caller, `${name}.params`, 'an object', params)
  const parameters = kind === 'betaDiscreteWeibull' && 'onset' in params ? POWER_OF_TIME : given
  for (const parameter of parameters) {
    const value = params[parameter]
    if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) continue
    throw badOption(caller, `${name}.params.${parameter}`, 'a finite number of at least 0', value)
  }
}

/** Those of the model that covariates were added to. */
function parametersOfBase(
  caller: string,
  name: string,
  { base, effects }: Readonly<Record<string, unknown>>,
): readonly string[] {
  const parameters = PARAMETERS[String(base)]
  if (parameters === undefined) throw badOption(caller, `${name}.base`, 'a kind of purchase model', base)
  if (!isList(effects)) throw badOption(caller, `${name}.effects`, 'a list of effects', effects)
  return parameters
}

/** Throws `BAD_OPTION` unless these are a model and the data that it can be asked about; `UNIT_MISMATCH` between them. */
export function checkModelAndData(
  caller: string,
  model: AnyModel & { readonly timeUnit: string },
  data: TransactionHistories,
  kinds: readonly Kind[] = CUSTOMER_KINDS,
  [modelName, dataName]: readonly [string, string] = ['model', 'summary'],
): void {
  if (isObject(model) && 'repeats' in model && isObject(data) && 'params' in data) {
    throw new ClienteleError(
      'BAD_OPTION',
      `${caller}: the model comes first and the data second, got them the other way round`,
    )
  }
  checkModel(caller, model, kinds, modelName)
  if (isObject(data) && data.timeUnit === 'period') checkPeriodHistories(caller, data as PeriodHistories, dataName)
  else checkSummary(caller, data as CustomerSummary, dataName)
  checkTimeUnit(caller, model, data)
}
