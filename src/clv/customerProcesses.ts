import type { BgBbModel } from './bgBb/bgBb.ts'
import { customerModels } from './covariates/customerModels.ts'
import type { PurchaseCovariatesModel } from './covariates/purchaseCovariates.ts'
import { seasonalProcesses } from './covariates/seasonalProcesses.ts'
import type { SeasonalPurchasesModel } from './covariates/seasonalPurchases.ts'
import { seasonOf } from './covariates/withCalendar.ts'
import type { TransactionHistories } from './periodHistories.ts'
import { type PurchaseModel, processOf } from './purchaseModel.ts'
import type { CustomerProcesses } from './purchaseProcess.ts'

/** Every model of purchases in continuous time; with covariates or seasons, it is asked about a summary that has them. */
export type SummaryModel = PurchaseModel | PurchaseCovariatesModel | SeasonalPurchasesModel

/** Every model that says something of customers. */
export type CustomerModel = SummaryModel | BgBbModel

/** The processes of the customers of a summary: one, or one for each distinct row of covariates. */
export function processesOf(caller: string, model: CustomerModel, summary: TransactionHistories): CustomerProcesses {
  if (model.kind === 'seasonalPurchases') return seasonalProcesses(caller, model, seasonOf(caller, summary))
  if (model.kind !== 'purchaseCovariates') {
    const process = processOf(model)
    return { of: () => process, apart: [], needsTimeAtLast: process.needsTimeAtLast }
  }
  const { groupOf, models } = customerModels(caller, model, summary)
  const processes = models.map(processOf)
  const needsTimeAtLast = processes.some((process) => process.needsTimeAtLast)
  return { of: (row) => processes[groupOf[row]!]!, apart: [groupOf], needsTimeAtLast }
}
