import { type Expansion, minimizeNewton } from '../../math/minimizeNewton.ts'
import { bgNbdEdge, isAtBgNbdEdge } from '../bgNbd/bgNbdEdges.ts'
import { bgNbdObjective } from '../bgNbd/bgNbdLikelihood.ts'
import { startingPoint as bgStartingPoint } from '../bgNbd/bgNbdStarts.ts'
import { BG_NBD, type BgVariant, MBG_NBD } from '../bgNbd/bgVariant.ts'
import { atOnceOrNeverObjective, atOnceOrNeverStart, FAR_OUT, isFarOut } from '../paretoNbd/atOnceOrNever.ts'
import { AT_ONCE_OR_NEVER_PARAMETERS } from '../paretoNbd/paretoNbd.ts'
import { atOnceOrNeverEdge, edgeScale, isAtParetoNbdEdge, paretoNbdEdge } from '../paretoNbd/paretoNbdEdges.ts'
import { startingPoint as paretoStartingPoint } from '../paretoNbd/paretoNbdFit.ts'
import { paretoNbdObjective } from '../paretoNbd/paretoNbdLikelihood.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'
import type { MovedParameter } from './covariateEffect.ts'

/** The purchase models that take covariates. */
export type CovariateBaseName = 'bgNbd' | 'mbgNbd' | 'paretoNbd'

/**
 * The simpler model that a θ far out reduces to, in words: with `here`, the expansion of the whole there, only where
 * nothing is left to gain; without, from half that far out on.
 */
export type EdgeOf = (theta: readonly number[], here?: Expansion) => string | undefined

/** What covariates need to know of a model. */
export interface CovariateBase {
  readonly parameters: readonly string[]
  /** The parameters of dropout that covariates may move; those of purchases move `alpha`. */
  readonly dropout: readonly MovedParameter[]
  readonly objective: (histories: PurchaseHistories) => (theta: readonly number[]) => Expansion
  readonly start: (histories: PurchaseHistories) => number[]
  readonly edge: (histories: PurchaseHistories) => EdgeOf
}

/** A model by its name. */
export function covariateBase(name: CovariateBaseName): CovariateBase {
  if (name === 'paretoNbd') return PARETO_BASE
  return bgBase(name === 'mbgNbd' ? MBG_NBD : BG_NBD)
}

/** The limit of Pareto/NBD in which some customers leave at once and the others never, where no covariate moves dropout. */
export const AT_ONCE_OR_NEVER_BASE: CovariateBase = {
  parameters: AT_ONCE_OR_NEVER_PARAMETERS,
  dropout: [],
  objective: atOnceOrNeverObjective,
  start: atOnceOrNeverStart,
  edge: (histories) => {
    const scale = edgeScale(histories)
    return (theta, here) => {
      const isFar = isFarOut(theta, here === undefined ? FAR_OUT / 2 : FAR_OUT)
      return isFar ? atOnceOrNeverEdge(theta, scale) : undefined
    }
  },
}

/** The neighbourhood of the best parameters without covariates; where that lies at an edge, the usual start. */
export function startWithout(base: CovariateBase, histories: PurchaseHistories): readonly number[] {
  const edge = base.edge(histories)
  const isAtEdge = (theta: readonly number[], here: Expansion): boolean => edge(theta, here) !== undefined
  const start = base.start(histories)
  const { point, ended } = minimizeNewton(base.objective(histories), start, { tolerance: 1e-3, isAtEdge })
  return ended === 'converged' ? point : start
}

function bgBase(variant: BgVariant): CovariateBase {
  return {
    parameters: ['r', 'alpha', 'a', 'b'],
    dropout: ['a', 'b'],
    objective: (histories) => bgNbdObjective(histories, variant),
    start: (histories) => bgStartingPoint(histories, variant),
    edge: () => (theta, here) =>
      here === undefined || isAtBgNbdEdge(theta, here) ? bgNbdEdge(theta, variant) : undefined,
  }
}

const PARETO_BASE: CovariateBase = {
  parameters: ['r', 'alpha', 's', 'beta'],
  dropout: ['beta'],
  objective: paretoNbdObjective,
  start: paretoStartingPoint,
  edge: (histories) => {
    const scale = edgeScale(histories)
    return (theta, here) =>
      here === undefined || isAtParetoNbdEdge(theta, here, scale) ? paretoNbdEdge(theta, scale) : undefined
  },
}
