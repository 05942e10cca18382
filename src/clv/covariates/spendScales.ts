import type { CustomerSummary } from '../../table/customerSummary.ts'
import { groupRows } from '../groupRows.ts'
import type { CovariateEffect } from './covariateEffect.ts'
import { movedParams } from './customerModels.ts'
import { columnsOf } from './withCovariates.ts'

/** v of each customer: the model's own, moved by covariates where the model has effects. */
export function spendScales(
  caller: string,
  model: { readonly params: { readonly v: number }; readonly effects?: readonly CovariateEffect[] },
  summary: CustomerSummary,
): Float64Array {
  const { params, effects = [] } = model
  if (effects.length === 0) return new Float64Array(summary.repeats.length).fill(params.v)
  const columns = effects.map((effect) => columnsOf(caller, summary, effect))
  const { groupOf, rowOf } = groupRows(columns.flat())
  const scales = Array.from(rowOf, (row) => {
    const { v } = movedParams({ v: params.v }, effects, (_, i) => columns[i]!.map((column) => column[row]!))
    return v
  })
  return Float64Array.from(groupOf, (group) => scales[group]!)
}
