import { minimizeNewton } from '../../math/minimizeNewton.ts'
import { checkColumns, columnOf } from '../../table/featureMatrix.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import { groupRows, valuesOf } from '../groupRows.ts'
import type { ModelLikelihood, Objective } from '../modelLikelihood.ts'
import { checkRepeats } from '../noRepeats.ts'
import { covariateBase } from './covariateBase.ts'
import { spreadOf } from './covariateDesign.ts'
import { coefficientName } from './covariateEffect.ts'
import { linkedEdge, linksOf } from './fitLinked.ts'
import { operationalSummary, PLAIN_CLOCK } from './operationalSummary.ts'
import { calendarRows, checkCalendar } from './purchaseCalendar.ts'
import { rowHistories, type SeasonalHistories } from './seasonalHistories.ts'
import { type SeasonalPurchasesModel, seasonalObjectiveOf } from './seasonalPurchases.ts'
import { type SeasonalSummary, seasonOf } from './withCalendar.ts'

/**
 * The likelihood of a seasonal model. Customers of equal (x, first, last day) differ in the days between, and with them
 * in their scores: so each customer is a history.
 */
export function seasonalModelLikelihood(
  caller: string,
  model: SeasonalPurchasesModel,
  summary: SeasonalSummary,
): ModelLikelihood {
  const { histories, calendar } = seasonOf(caller, summary)
  const { offsets, day, lastDay } = histories
  const { parameters, edge } = covariateBase(model.base)
  const plain = purchaseHistories(caller, operationalSummary(histories, PLAIN_CLOCK))
  checkRepeats(caller, plain)
  const from = offsets.subarray(0, -1).reduce((earliest, at) => Math.min(earliest, day[at]!), lastDay)
  checkCalendar(caller, calendar, from, lastDay)
  const [{ on, columns: names }] = model.effects as [SeasonalPurchasesModel['effects'][0]]
  checkColumns(caller, calendar.covariates, names)
  const rows = calendarRows(calendar, from, lastDay - from)
  const raw = names.map((_, j) => Float64Array.from(rows, (row) => columnOf(calendar.covariates, j)[row]!))
  const units = raw.map((column) => 1 / spreadOf(column))
  const byDay = raw.map((column, j) => column.map((value) => value * units[j]!))
  const all = rowHistories(histories, from)
  const over = (taken: ArrayLike<number>, weights: Float64Array): Objective => {
    const repeatsOn = new Float64Array(all.end)
    for (let k = 0; k < taken.length; k++) {
      const row = taken[k]!
      for (let i = offsets[row]! + 1; i < offsets[row + 1]!; i++) repeatsOn[day[i]! - from - 1]! += weights[k]!
    }
    return seasonalObjectiveOf(model.base, { ...distinct(all, taken, weights), repeatsOn }, byDay)
  }
  const effect = {
    covariates: 'purchases',
    on,
    columns: byDay.map((values) => ({ name: '', center: 0, spread: 1, values })),
  } as const
  const linked = linkedEdge(parameters, linksOf(parameters, [effect]), all.end, edge(plain))
  const objective = (weights: Float64Array): Objective => {
    const taken = Uint32Array.from(weights.keys()).filter((row) => weights[row]! > 0)
    return over(
      taken,
      Float64Array.from(taken, (row) => weights[row]!),
    )
  }
  return {
    parameters: [...parameters, ...names.map((name) => coefficientName(on, name))],
    units: [...parameters.map(() => undefined), ...units],
    weights: new Float64Array(all.repeats.length).fill(1),
    objective,
    ofHistory: (row) => over([row], Float64Array.of(1)),
    minimize: (weights, known) =>
      minimizeNewton(objective(weights), known, { isAtEdge: (point, here) => linked(point, here) !== undefined }),
  }
}

/** Distinct (x, first, last day) among some customers, with their weights. */
function distinct(
  { repeats, first, last, end, unit }: ReturnType<typeof rowHistories>,
  taken: ArrayLike<number>,
  weights: Float64Array,
): Omit<SeasonalHistories, 'repeatsOn'> {
  const columns = [repeats, first, last].map((column) => Uint32Array.from(taken, (row) => column[row]!))
  const groups = groupRows(columns)
  const customers = new Float64Array(groups.count)
  groups.groupOf.forEach((group, k) => {
    customers[group]! += weights[k]!
  })
  const [x, from, to] = columns.map((column) => Uint32Array.from(valuesOf(groups, column))) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ]
  return { repeats: x, first: from, last: to, weights: customers, end, unit }
}
