import { customerModels } from './covariates/customerModels.ts'
import type { PurchaseCovariatesModel } from './covariates/purchaseCovariates.ts'
import type { TransactionHistories } from './periodHistories.ts'
import { processOf, type TransactionModel } from './purchaseModel.ts'
import type { PurchaseProcess } from './purchaseProcess.ts'

/** Every model that says something of the customers of a summary; with covariates, of a summary that has them. */
export type CustomerModel = TransactionModel | PurchaseCovariatesModel

/** What a model says of each customer of a summary. */
export interface CustomerProcesses {
  /** The process of a row. */
  readonly of: (row: number) => PurchaseProcess
  /** Numbers that tell rows with different processes apart; none where all have the same. */
  readonly apart: readonly Uint32Array[]
  /** As of the processes. */
  readonly needsTimeAtLast: boolean
}

/** The processes of the customers of a summary: one, or one for each distinct row of covariates. */
export function processesOf(caller: string, model: CustomerModel, summary: TransactionHistories): CustomerProcesses {
  if (model.kind !== 'purchaseCovariates') {
    const process = processOf(model)
    return { of: () => process, apart: [], needsTimeAtLast: process.needsTimeAtLast }
  }
  const { groupOf, models } = customerModels(caller, model, summary)
  const processes = models.map(processOf)
  const needsTimeAtLast = processes.some((process) => process.needsTimeAtLast)
  return { of: (row) => processes[groupOf[row]!]!, apart: [groupOf], needsTimeAtLast }
}
