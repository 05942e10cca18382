import { checkList } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import type { FitDiagnostics, FittedDiagnostics } from './fitDiagnostics.ts'

/** What comparing needs of a model that was fitted by maximum likelihood. Every such model has it. */
export interface FittedModel {
  readonly kind: string
  /** The kind of model that covariates were added to. */
  readonly base?: string
  readonly params?: object
  readonly timeUnit?: string
  readonly diagnostics: FitDiagnostics
}

/** What a likelihood is one of, for models of other data than purchases over time. */
const DATA: Readonly<Record<string, string>> = {
  bgBb: 'purchases in periods',
  shiftedBetaGeometric: 'contracts',
  betaDiscreteWeibull: 'contracts',
  gammaGamma: 'spend',
  spendCovariates: 'spend',
}

const FITTED: Form = {
  is: 'a model that was fitted by maximum likelihood',
  fields: { diagnostics: 'object', kind: 'text' },
}

const FIT: Form = {
  is: 'the diagnostics of a fit by maximum likelihood',
  fields: { logLikelihood: 'number', parameters: 'list', customers: 'number' },
}

/**
 * How many parameters were free in a fit: those that it reports, but three of the beta-discrete-Weibull model where it
 * reports those of its limit, which was chosen among all c.
 */
export function parametersOf({ kind }: FittedModel, { parameters }: FittedDiagnostics): number {
  return kind === 'betaDiscreteWeibull' ? 3 : parameters.length
}

/** How models were fitted; refuses those that were not, or not to the same customers. */
export function checkedFits(
  caller: string,
  models: readonly FittedModel[],
  names?: readonly string[],
): FittedDiagnostics[] {
  if (checkList(caller, 'models', models).length === 0)
    throw new ClienteleError('BAD_OPTION', `${caller}: "models" must hold a model`)
  const [first] = models
  const dataOf = ({ kind }: FittedModel): string => DATA[kind] ?? 'purchases over time'
  const fits = models.map((model, i) => {
    const name = names?.[i] ?? `models[${i}]`
    checkForm(caller, name, model, FITTED)
    const { diagnostics, kind } = model
    if (diagnostics.source !== 'given') checkForm(caller, `${name}.diagnostics`, diagnostics, FIT)
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
