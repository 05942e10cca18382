import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Minimum } from '../../math/minimizeNewton.ts'
import { atOnceOrNeverEdge, edgeScale } from '../paretoNbd/paretoNbdEdges.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'
import { AT_ONCE_OR_NEVER_BASE, type CovariateBase, covariateBase, startWithout } from './covariateBase.ts'
import type { CovariateRole } from './covariateEffect.ts'
import type { ParetoNbdCovariateParams } from './covariateParams.ts'
import { linkedProblem } from './fitLinked.ts'
import {
  type CovariateFit,
  describeFit,
  type EffectToFit,
  type StandardProblem,
  searchStandardised,
} from './fitStandardised.ts'
import { approachLeavingAtOnce, LEAVING_AT_ONCE_BASE } from './leavingAtOnce.ts'

/** Customers by groups of equal covariates, all of them, and what moves which parameters. */
export interface GroupedPurchases {
  readonly grouped: readonly PurchaseHistories[]
  readonly histories: PurchaseHistories
  readonly effects: readonly EffectToFit[]
}

/** A model as a problem for the minimiser, from a start near the best without covariates unless one is given. */
export function problemOn(
  model: CovariateBase,
  { grouped, histories, effects }: GroupedPurchases,
  start: readonly number[] = startWithout(model, histories),
): StandardProblem {
  return linkedProblem({
    parameters: model.parameters,
    objectives: grouped.map(model.objective),
    start,
    effects,
    customers: compensatedSum(histories.weights),
    edge: model.edge(histories),
  })
}

/**
 * Fits Pareto/NBD with covariates. Where the search ends at an edge, the limit in which some customers leave at once and the
 * others never is fitted by itself, as there s and β are too small for doubles, and the effects on β too large.
 */
export function fitParetoCovariates(
  caller: string,
  groups: GroupedPurchases,
): Pick<CovariateFit, 'effects' | 'diagnostics'> & { readonly params: ParetoNbdCovariateParams } {
  const problem = problemOn(covariateBase('paretoNbd'), groups)
  const found = searchStandardised(problem)
  if (found.ended !== 'converged') {
    const movesDropout = rolesOf(groups).includes('dropout')
    const limit = movesDropout ? leavingAtOnce(groups, found) : problemOn(AT_ONCE_OR_NEVER_BASE, groups)
    const best = searchStandardised(limit)
    const isOnTheWay = rolesOf(groups).some(
      (role, i) => role === 'dropout' && Math.abs(found.point[problem.parameters.length + i]!) > FAR,
    )
    if (best.value < found.value + (isOnTheWay ? LITTLE : -LITTLE))
      return asPareto(describeFit(caller, limit, best), movesDropout, groups)
  }
  const { params, ...fit } = describeFit(caller, problem, found)
  const [r, alpha, s, beta] = params as [number, number, number, number]
  return { ...fit, params: { r, alpha, s, beta } }
}

/** An edge that a search ends at is met to about this much log-likelihood, where it is not this one. */
const LITTLE = 1e-6

/** The limit in which covariates move who leaves at once, from next to its best point. */
function leavingAtOnce(groups: GroupedPurchases, { point }: Minimum): StandardProblem {
  const { parameters, dropout } = LEAVING_AT_ONCE_BASE
  const effects = groups.effects.map((effect) =>
    effect.covariates === 'dropout' ? { ...effect, on: dropout } : effect,
  )
  const roles = rolesOf(groups)
  const plain = LEAVING_AT_ONCE_BASE.start(groups.histories)
  const starts = [[...plain, ...roles.map(() => 0)]]
  const [logR, logAlpha, eta] = plain as [number, number, number]
  roles.forEach((role, i) => {
    if (role !== 'dropout') return
    for (const [tilt, less] of TILTS) {
      starts.push([logR, logAlpha, eta - less, ...roles.map((_, j) => (i === j ? tilt : 0))])
    }
  })
  // Where the search stopped, seen from the limit: −s ln β over the longest time, and s times the effects on β.
  const [ownR, ownAlpha, logS, logBeta, ...coefficients] = point as [number, number, number, number]
  const s = Math.exp(logS)
  const ownEta = s * (Math.log(edgeScale(groups.histories).longest) - logBeta)
  const moved = coefficients.map((value, i) => (roles[i] === 'dropout' ? s * value : value))
  if ([ownEta, ...moved].every((value) => Math.abs(value) < FAR)) starts.push([ownR, ownAlpha, ownEta, ...moved])
  const start = approachLeavingAtOnce(groups.grouped, effects, starts)
  return problemOn(LEAVING_AT_ONCE_BASE, { ...groups, effects }, start.slice(0, parameters.length + roles.length))
}

/** Effects that some searches begin with, a spread of the covariate, and by how much fewer leave: some, or the outermost. */
const TILTS = [
  [1.5, 0],
  [-1.5, 0],
  [8, 8],
  [-8, 8],
] as const
/** Powers of e that no start lies out, and no effect but on the way to a limit. */
const FAR = 20

/** What the covariate of each coefficient is of. */
function rolesOf({ effects }: GroupedPurchases): CovariateRole[] {
  return effects.flatMap(({ covariates, columns }) => columns.map(() => covariates))
}

/** The fit of a limit, as one of Pareto/NBD. */
function asPareto(
  { params, effects, diagnostics }: CovariateFit,
  movesDropout: boolean,
  { histories }: GroupedPurchases,
): Pick<CovariateFit, 'effects' | 'diagnostics'> & { readonly params: ParetoNbdCovariateParams } {
  const [r, alpha, third] = params as [number, number, number]
  const reducesTo = atOnceOrNeverEdge([Math.log(r)], edgeScale(histories))
  return {
    params: { r, alpha, s: 0, beta: 0, [movesDropout ? 'customersPerStayer' : 'leavingOdds']: third },
    effects,
    diagnostics: { ...diagnostics, verdict: 'boundary', reducesTo },
  }
}
