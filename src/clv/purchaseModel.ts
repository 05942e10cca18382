import type { BgBbModel } from './bgBb/bgBb.ts'
import { bgBbProcess } from './bgBb/bgBbProcess.ts'
import type { BgCnbdKModel } from './bgNbd/bgCnbdK.ts'
import { bgCnbdKProcess } from './bgNbd/bgCnbdKProcess.ts'
import type { BgNbdModel } from './bgNbd/bgNbd.ts'
import { bgNbdProcess } from './bgNbd/bgNbdProcess.ts'
import type { MbgNbdModel } from './bgNbd/mbgNbd.ts'
import type { NbdModel } from './nbd/nbd.ts'
import { nbdProcess } from './nbd/nbdProcess.ts'
import { noRepeatsProcess } from './noRepeatsProcess.ts'
import type { ParetoNbdModel } from './paretoNbd/paretoNbd.ts'
import { paretoNbdProcess } from './paretoNbd/paretoNbdProcess.ts'
import type { PurchaseProcess } from './purchaseProcess.ts'

/** Every model of purchases in continuous time, told apart by `kind`. */
export type PurchaseModel = BgNbdModel | MbgNbdModel | BgCnbdKModel | ParetoNbdModel | NbdModel

/** Every model of purchases, those at discrete opportunities included: they take `PeriodHistories` for a summary. */
export type TransactionModel = PurchaseModel | BgBbModel

/** What a model says of one customer. */
export function processOf(model: TransactionModel): PurchaseProcess {
  const process = plainProcessOf(model)
  return 'r' in model.params && model.params.r === 0 ? noRepeatsProcess(process) : process
}

function plainProcessOf(model: TransactionModel): PurchaseProcess {
  switch (model.kind) {
    case 'bgNbd':
      return bgNbdProcess(model.params)
    case 'bgBb':
      return bgBbProcess(model.params)
    case 'mbgNbd':
      return bgNbdProcess(model.params, 1)
    case 'bgCnbdK':
      return bgCnbdKProcess(model.params, { early: model.modified ? 1 : 0, k: model.params.k })
    case 'paretoNbd':
      return paretoNbdProcess(model.params)
    case 'nbd':
      return nbdProcess(model.params)
  }
}
