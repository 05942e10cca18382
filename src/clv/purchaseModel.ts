import type { BgBbModel } from './bgBb/bgBb.ts'
import { bgBbProcess } from './bgBb/bgBbProcess.ts'
import type { BgNbdModel } from './bgNbd/bgNbd.ts'
import { bgNbdProcess } from './bgNbd/bgNbdProcess.ts'
import type { PurchaseProcess } from './purchaseProcess.ts'

/** Every model of purchases in continuous time, told apart by `kind`. */
export type PurchaseModel = BgNbdModel

/** Every model of purchases, those at discrete opportunities included: they take `PeriodHistories` for a summary. */
export type TransactionModel = PurchaseModel | BgBbModel

/** What a model says of one customer. */
export function processOf(model: TransactionModel): PurchaseProcess {
  switch (model.kind) {
    case 'bgNbd':
      return bgNbdProcess(model.params)
    case 'bgBb':
      return bgBbProcess(model.params)
  }
}
