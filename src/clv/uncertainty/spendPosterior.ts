import type { CustomerSummary } from '../../table/customerSummary.ts'
import { spendScales } from '../covariates/spendScales.ts'
import type { SpendModel } from '../gammaGamma/gammaGamma.ts'
import type { ParameterCovariance } from './parameterCovariance.ts'
import { secantSpread, sigmaPoints } from './sigmaPoints.ts'

/**
 * What is known of how much the customers of a summary spend: purchases of who has x repeats are Gamma(p, ν), and ν is
 * Gamma(`shape(x)`, `scale(row)`).
 */
export interface SpendPosterior {
  readonly shape: (x: number) => number
  /** Money. */
  readonly scale: (row: number) => number
  /** Standard deviation of ln E[spend] from the parameters being uncertain; infinite if the mean may be. */
  readonly logSpread: (row: number) => number
  /** Numbers that tell rows of equal histories and money apart; none without covariates. */
  readonly apart: readonly Float64Array[]
}

/**
 * The posterior of ν under Gamma-Gamma, Gamma(q + p x, v + x m), made wider by the uncertainty of the parameters: the
 * variance τ² of the logarithm of its mean over the sigma points, for a customer who spends like the average one, adds to
 * its squared coefficient of variation 1 / (q + p x), and the mean stays. So the shape depends on x alone, and customers
 * keep sharing their work; τ² is small beside the other part unless hardly any customers were learnt from.
 */
export function spendPosterior(
  caller: string,
  model: SpendModel,
  summary: CustomerSummary,
  covariance: ParameterCovariance | undefined,
): SpendPosterior {
  const { repeats, meanRepeatValue } = summary
  const { p, q } = model.params
  const own = scalesOf(caller, model, summary)
  const points = sigmaPoints(caller, model, covariance).map((point) => ({
    ...point.params,
    ...scalesOf(caller, point, summary),
  }))
  const average = (p * own.usual) / (q - 1)
  const money = (row: number): number => repeats[row]! * Math.max(meanRepeatValue[row]!, 0)
  const shapes = new Map<number, number>()
  const shape = (x: number): number => {
    const known = shapes.get(x)
    if (known !== undefined) return known
    const logMeans = points.map((each) => Math.log((each.q + each.p * x) / (each.usual + x * average)))
    const made = 1 / (1 / (q + p * x) + secantSpread(logMeans) ** 2)
    shapes.set(x, made)
    return made
  }
  return {
    shape,
    scale: (row) => ((own.of(row) + money(row)) * shape(repeats[row]!)) / (q + p * repeats[row]!),
    logSpread: (row) => {
      if (points.length === 1) return 0
      const [x, spent] = [repeats[row]!, money(row)]
      // ln of the expected spend p (v + x m) / (p x + q − 1); NaN where that is infinite.
      const logMeans = points.map((each) => Math.log((each.p * (each.of(row) + spent)) / (each.p * x + (each.q - 1))))
      return logMeans.some(Number.isNaN) ? Number.POSITIVE_INFINITY : secantSpread(logMeans)
    },
    apart: own.column === undefined ? [] : [own.column],
  }
}

/** v of customers. */
interface Scales {
  readonly of: (row: number) => number
  /** That of a usual customer. */
  readonly usual: number
  /** By row, where they differ. */
  readonly column?: Float64Array
}

function scalesOf(caller: string, model: SpendModel, summary: CustomerSummary): Scales {
  const { v } = model.params
  if (model.kind === 'gammaGamma') return { of: () => v, usual: v }
  const column = spendScales(caller, model, summary)
  const meanLog = column.reduce((sum, scale) => sum + Math.log(scale), 0) / column.length
  return { of: (row) => column[row]!, usual: Math.exp(meanLog), column }
}
