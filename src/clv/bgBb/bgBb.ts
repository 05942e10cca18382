import { checkNoOthers, checkOptions } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Expansion, Minimum } from '../../math/minimizeNewton.ts'
import { bestMinimum, promisingStarts } from '../bestMinimum.ts'
import { diagnose, type FitDiagnostics } from '../fitDiagnostics.ts'
import { edgeReached, isAtEdge } from '../fitEdges.ts'
import { givenParams } from '../givenParams.ts'
import { groupRows, valuesOf } from '../groupRows.ts'
import { bestWithoutRepeats, hasRepeats } from '../noRepeats.ts'
import { checkPeriodHistories, type PeriodHistories } from '../periodHistories.ts'
import { BG_BB_EDGES } from './bgBbEdges.ts'
import { bgBbObjective } from './bgBbLikelihood.ts'

/**
 * Parameters of the BG/BB model. Customers buy at each opportunity with probabilities that follow Beta(`alpha`, `beta`),
 * and leave before each with probabilities that follow Beta(`gamma`, `delta`).
 */
export interface BgBbParams {
  readonly alpha: number
  readonly beta: number
  readonly gamma: number
  readonly delta: number
}

/** A BG/BB model, of purchases at discrete opportunities such as years or newsletters: plain data. */
export interface BgBbModel {
  readonly kind: 'bgBb'
  readonly version: 1
  readonly timeUnit: 'period'
  readonly params: BgBbParams
  readonly diagnostics: FitDiagnostics
}

/**
 * Fits the BG/BB model, the discrete "buy till you die", to purchase histories by maximum likelihood: Newton's method
 * with exact derivatives. Where the likelihood rises towards an edge, `diagnostics.verdict` is `'boundary'` and
 * `diagnostics.reducesTo` names the simpler model. Costs a few steps for each distinct (x, n) and opportunity since x.
 *
 * @param histories - x = `repeats`, t_x = `ageAtLast`, n = `age`
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers, or if none had three opportunities and some repeated
 * @see Fader, Hardie & Shang (2010), "Customer-Base Analysis in a Discrete-Time Noncontractual Setting", Marketing
 *   Science 29(6), equation 5
 * @example
 * fitBgBb(donors).params.gamma // 0.6567 for the donors of that paper
 */
export function fitBgBb(histories: PeriodHistories): BgBbModel {
  checkPeriodHistories('fitBgBb', histories)
  const { repeats, ageAtLast, age, weights } = histories
  const purchases = compensatedSum(weights.map((weight, row) => weight * repeats[row]!))
  if (repeats.length === 0 || (purchases > 0 && !age.some((periods) => periods > 2))) {
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `fitBgBb: customers with three opportunities are needed to tell four parameters apart, got ${repeats.length} customers with ${purchases} repeats`,
    )
  }
  const active = compensatedSum(weights.map((weight, row) => weight * ageAtLast[row]!))
  const share = Math.min(purchases / (active || 1), 0.9)
  const minimum = minimizeBgBb(histories, startingPoints(share))
  const [alpha, beta, gamma, delta] = minimum.point.map(Math.exp) as [number, number, number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : edgeReached(BG_BB_EDGES, minimum.point)
  return {
    kind: 'bgBb',
    version: 1,
    timeUnit: 'period',
    params: { alpha, beta, gamma, delta },
    diagnostics: diagnose(minimum, ['alpha', 'beta', 'gamma', 'delta'], compensatedSum(weights), reducesTo),
  }
}

/** The best θ = (ln α, ln β, ln γ, ln δ), from any of some starts; of many customers, some say which of these. */
export function minimizeBgBb(histories: PeriodHistories, starts: readonly (readonly number[])[]): Minimum {
  if (!hasRepeats(histories)) return bestWithoutRepeats([0, 0, 0])
  const objective = bgBbObjective(histories)
  const options = { isAtEdge: (theta: readonly number[], here: Expansion) => isAtEdge(BG_BB_EDGES, theta, here) }
  if (starts.length === 1 || histories.repeats.length <= FEW) return bestMinimum(objective, starts, options)
  const { better } = promisingStarts(bgBbObjective(thinned(histories, SAMPLE)), starts, options)
  return bestMinimum(objective, [starts[0]!, ...better], options)
}

/** Up to here, customers are searched from every start; beyond, a sample of them says which starts are worth it. */
const FEW = 2000
const SAMPLE = 500

/** About `count` of the distinct histories, evenly from all, so that the order of the rows does not matter. */
function thinned(histories: PeriodHistories, count: number): PeriodHistories {
  const { repeats, ageAtLast, age } = histories
  const groups = groupRows([repeats, age, ageAtLast])
  const customers = new Float64Array(groups.count)
  groups.groupOf.forEach((group, row) => {
    customers[group]! += histories.weights[row]!
  })
  const stride = Math.ceil(groups.count / count)
  const taken = (column: Float64Array): Float64Array => column.filter((_, group) => group % stride === 0)
  return {
    ...histories,
    repeats: Uint32Array.from(taken(valuesOf(groups, repeats))),
    ageAtLast: taken(valuesOf(groups, ageAtLast)),
    age: taken(valuesOf(groups, age)),
    weights: taken(customers),
  }
}

/** How far from the edges that they stand for some starts lie, in powers of e. */
const BESIDE = 8

/**
 * Where to begin: inside, and beside the edges of either chance and of both, at which customers are alike or as different
 * as can be. Purchases come as often as they did up to the last, and one opportunity in five is the last.
 */
function startingPoints(share: number): number[][] {
  const buys = [share, 1 - share].map(Math.log)
  const leaves = [0.2, 0.8].map(Math.log)
  const spreads = [Math.log(2), BESIDE, -BESIDE]
  return spreads.flatMap((one) =>
    spreads.map((other) => [...buys.map((part) => part + one), ...leaves.map((part) => part + other)]),
  )
}

/**
 * A BG/BB model from known parameters.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
 * @example
 * bgBbModel({ params: { alpha: 1.204, beta: 0.75, gamma: 0.657, delta: 2.783 } })
 */
export function bgBbModel(options: { readonly params: BgBbParams }): BgBbModel {
  const caller = 'bgBbModel'
  const { params, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'bgBb',
    version: 1,
    timeUnit: 'period',
    params: givenParams(caller, params, ['alpha', 'beta', 'gamma', 'delta']),
    diagnostics: { source: 'given' },
  }
}
