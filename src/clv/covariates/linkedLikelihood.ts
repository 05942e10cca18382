import { type Expansion, minimizeNewton } from '../../math/minimizeNewton.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import type { SpendCovariatesModel } from '../gammaGamma/gammaGamma.ts'
import { gammaGammaEdge } from '../gammaGamma/gammaGammaEdges.ts'
import { gammaGammaObjective } from '../gammaGamma/gammaGammaLikelihood.ts'
import { oneSpendHistory } from '../gammaGamma/spendHistories.ts'
import { groupRows, type RowGroups } from '../groupRows.ts'
import type { ModelLikelihood } from '../modelLikelihood.ts'
import { checkRepeats } from '../noRepeats.ts'
import { onePurchaseHistory, reweightedPurchases } from '../purchaseHistories.ts'
import type { EdgeOf } from './covariateBase.ts'
import { spreadOf } from './covariateDesign.ts'
import { type CovariateEffect, coefficientName, signOn } from './covariateEffect.ts'
import { baseOf } from './covariateParams.ts'
import { linkedEdge } from './fitLinked.ts'
import { groupedHistories } from './groupedHistories.ts'
import { type Link, linkedObjective } from './linkedObjective.ts'
import type { PurchaseCovariatesModel } from './purchaseCovariates.ts'
import { groupedSpend, spenders } from './spendCovariates.ts'
import { columnsOf, type DescribedSummary } from './withCovariates.ts'

/** The likelihood of a purchase model with covariates over the distinct histories of each group of equal covariates. */
export function purchaseCovariatesLikelihood(
  caller: string,
  model: PurchaseCovariatesModel,
  summary: DescribedSummary,
): ModelLikelihood {
  const { parameters, objective, edge } = baseOf(model)
  const histories = purchaseHistories(caller, summary)
  checkRepeats(caller, summary)
  const columns = model.effects.map((effect) => columnsOf(caller, summary, effect))
  const groups = groupRows(columns.flat())
  return linkedLikelihood(parameters, model.effects, columns, groups, edge(histories), {
    grouped: groupedHistories(summary, groups),
    objectiveOf: objective,
    reweighted: reweightedPurchases,
    one: onePurchaseHistory,
  })
}

/** The likelihood of a spend model with covariates, likewise. */
export function spendCovariatesLikelihood(
  caller: string,
  model: SpendCovariatesModel,
  summary: DescribedSummary,
): ModelLikelihood {
  const rows = spenders(summary)
  const columns = model.effects.map((effect) =>
    columnsOf(caller, summary, effect).map((column) => Float64Array.from(rows, (row) => column[row]!)),
  )
  const groups = groupRows(columns.flat())
  return linkedLikelihood(['p', 'q', 'v'], model.effects, columns, groups, gammaGammaEdge, {
    grouped: groupedSpend(summary, rows, groups),
    objectiveOf: gammaGammaObjective,
    reweighted: (histories, weights) => ({ ...histories, weights }),
    one: oneSpendHistory,
  })
}

/** Histories by group, and what can be done with those of one. */
interface GroupedData<Histories extends { readonly weights: Float64Array }> {
  readonly grouped: readonly Histories[]
  readonly objectiveOf: (histories: Histories) => (theta: readonly number[]) => Expansion
  readonly reweighted: (histories: Histories, weights: Float64Array) => Histories
  readonly one: (histories: Histories, index: number) => Histories
}

/**
 * The likelihood of groups of customers, over the histories of the first group, the second, and so on. θ is that at
 * covariates of 0, and coefficients count in units of 1 / spread of their covariate.
 */
function linkedLikelihood<Histories extends { readonly weights: Float64Array }>(
  parameters: readonly string[],
  effects: readonly CovariateEffect[],
  columns: readonly (readonly Float64Array[])[],
  { rowOf }: RowGroups,
  edge: EdgeOf,
  { grouped, objectiveOf, reweighted, one }: GroupedData<Histories>,
): ModelLikelihood {
  const units = columns.flatMap((own) => own.map((column) => 1 / spreadOf(column)))
  const links = effects.flatMap(({ on }, i): Omit<Link, 'values'>[] =>
    columns[i]!.map(() => ({ moves: on.map((name) => [parameters.indexOf(name), signOn(name)] as const) })),
  )
  const values = columns.flat().map((column, k) => Float64Array.from(rowOf, (row) => column[row]! * units[k]!))
  const linksOf = (groups: readonly number[]): Link[] =>
    links.map((link, k) => ({ ...link, values: Float64Array.from(groups, (group) => values[k]![group]!) }))
  const size = parameters.length
  const starts = [0]
  for (const { weights } of grouped) starts.push(starts[starts.length - 1]! + weights.length)
  const objective = (weights: Float64Array): ((point: readonly number[]) => Expansion) => {
    const own = grouped.map((histories, g) => weights.subarray(starts[g]!, starts[g]! + histories.weights.length))
    const present = [...grouped.keys()].filter((g) => own[g]!.some((customers) => customers > 0))
    const objectives = present.map((g) => objectiveOf(reweighted(grouped[g]!, own[g]!)))
    return linkedObjective(objectives, size, linksOf(present))
  }
  const all = [...grouped.keys()]
  const linked = linkedEdge(parameters, linksOf(all), grouped.length, edge)
  return {
    parameters: [
      ...parameters,
      ...effects.flatMap(({ on, columns }) => columns.map((name) => coefficientName(on, name))),
    ],
    units: [...parameters.map(() => undefined), ...units],
    weights: Float64Array.from(grouped.flatMap(({ weights }) => [...weights])),
    objective,
    ofHistory: (index) => {
      const group = starts.findLastIndex((start) => start <= index)
      return linkedObjective([objectiveOf(one(grouped[group]!, index - starts[group]!))], size, linksOf([group]))
    },
    minimize: (weights, known) =>
      minimizeNewton(objective(weights), known, { isAtEdge: (point, here) => linked(point, here) !== undefined }),
  }
}
