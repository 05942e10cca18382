import { checkNoOthers, checkObject } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { checkColumns, checkMatrix, columnOf, type FeatureMatrix } from '../../table/featureMatrix.ts'
import type { TransactionHistories } from '../periodHistories.ts'
import type { CovariateEffect, CovariateRole } from './covariateEffect.ts'

/** What is known of customers beside their purchases and does not change, a row each: channel, region, first basket. */
export interface CustomerCovariates {
  /** May explain how often customers buy. */
  readonly purchases?: FeatureMatrix
  /** May explain how customers leave. */
  readonly dropout?: FeatureMatrix
  /** May explain how much customers spend. */
  readonly spend?: FeatureMatrix
}

/** A summary with covariates of its customers. Whatever takes a summary takes it too. */
export interface DescribedSummary extends CustomerSummary {
  readonly covariates: CustomerCovariates
}

/**
 * Joins covariates to a summary, row by row, for models with covariates to be fitted on and to be asked about. Models
 * without covariates do not mind them.
 *
 * @param covariates - numbers, a row a customer; code a choice of n as n − 1 columns of 0 and 1
 * @throws {ClienteleError} `BAD_SHAPE` without a matrix, for another number of rows, or for a value that is not finite
 * @see Fader & Hardie (2007), "Incorporating Time-Invariant Covariates into the Pareto/NBD and BG/NBD Models"
 * @example
 * withCovariates(summary, { purchases: featureMatrix({ app }) }).covariates.purchases?.columns // ['app']
 */
export function withCovariates(summary: CustomerSummary, covariates: CustomerCovariates): DescribedSummary {
  const caller = 'withCovariates'
  checkSummary(caller, summary)
  const customers = summary.repeats.length
  const { purchases, dropout, spend, ...others } = checkObject(caller, 'covariates', covariates)
  checkNoOthers(caller, others)
  if (purchases === undefined && dropout === undefined && spend === undefined) {
    throw new ClienteleError('BAD_SHAPE', `${caller}: at least one of "purchases", "dropout" and "spend" is needed`)
  }
  for (const [role, matrix] of Object.entries({ purchases, dropout, spend })) {
    if (matrix === undefined) continue
    checkMatrix(caller, matrix, role)
    if (matrix.rows !== customers) {
      throw new ClienteleError(
        'BAD_SHAPE',
        `${caller}: "${role}" must have a row for each of ${customers} customers, got ${matrix.rows}`,
      )
    }
    matrix.columns.forEach((column, j) => {
      const values = columnOf(matrix, j)
      const row = values.findIndex((value) => !Number.isFinite(value))
      if (row < 0) return
      throw new ClienteleError(
        'BAD_SHAPE',
        `${caller}: column "${column}" of "${role}" must hold finite numbers, got ${values[row]} in row ${row}`,
      )
    })
  }
  return { ...summary, covariates }
}

/** The matrix of a role; `BAD_SHAPE` if the summary has none. */
export function matrixOf(caller: string, summary: TransactionHistories, role: CovariateRole): FeatureMatrix {
  const matrix = (summary as { readonly covariates?: CustomerCovariates }).covariates?.[role]
  if (matrix !== undefined) return matrix
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: the summary has no covariates of "${role}"; join them with withCovariates`,
  )
}

/** The columns that an effect reads, one after the other; `BAD_SHAPE` if they are not those that it was fitted on. */
export function columnsOf(caller: string, summary: TransactionHistories, effect: CovariateEffect): Float64Array[] {
  const matrix = matrixOf(caller, summary, effect.covariates)
  checkColumns(caller, matrix, effect.columns)
  return effect.columns.map((_, j) => columnOf(matrix, j))
}
