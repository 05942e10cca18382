import type { BgNbdModel } from './bgNbd/bgNbd.ts'
import { bgNbdProcess } from './bgNbd/bgNbdProcess.ts'
import type { MbgNbdModel } from './bgNbd/mbgNbd.ts'
import type { PurchaseProcess } from './purchaseProcess.ts'

/** Every model of purchases in continuous time, told apart by `kind`. */
export type PurchaseModel = BgNbdModel | MbgNbdModel

/** What a model says of one customer. */
export function processOf(model: PurchaseModel): PurchaseProcess {
  switch (model.kind) {
    case 'bgNbd':
      return bgNbdProcess(model.params)
    case 'mbgNbd':
      return bgNbdProcess(model.params, 1)
  }
}
