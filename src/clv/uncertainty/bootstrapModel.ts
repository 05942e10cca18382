import { badOption, checkInteger, checkNoOthers, checkNumber, checkOptions } from '../../core/checks.ts'
import { drawPoisson } from '../../core/drawPoisson.ts'
import { checkSeed, type Random, randomFrom } from '../../core/random.ts'
import { type AsyncOptions, run, runAsync, type Steps } from '../../core/steps.ts'
import type { HistoriesOf, LikelihoodModel } from '../likelihoodOf.ts'
import { coefficientNames, estimatesIn, withEstimates } from '../modelEstimates.ts'
import { optimumOf } from './optimum.ts'

/** Options of `bootstrapModel`. */
export interface BootstrapOptions<Model extends LikelihoodModel = LikelihoodModel> {
  /** What of a model is wanted, always as many numbers. @default parameters and coefficients, in the order of the diagnostics */
  readonly statistic?: (model: Model) => ArrayLike<number>
  /** How many data sets to draw, 20 to 100,000. With 199 the ends of a 90 % interval are values that were drawn. @default 199 */
  readonly replicates?: number
  /** Determines what is drawn, an integer of 32 bits. @default 1 */
  readonly seed?: number
  /** Share of the drawn values that an interval holds, above 0 and below 1. @default 0.9 */
  readonly level?: number
}

/** A statistic of a fitted model, and how it varies from data set to data set; lists follow the statistic. */
export interface Bootstrap {
  /** Of the model itself. */
  readonly estimates: Float64Array
  /** Standard deviation over the replicates. */
  readonly standardErrors: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** `replicates × estimates.length`, one replicate after the other. */
  readonly values: Float64Array
  readonly replicates: number
  /** Replicates whose best parameters lie at an edge. */
  readonly atEdge: number
  readonly level: number
}

/**
 * Bootstraps a fitted model: draws customers anew, fits again from where the model stands, and looks how a statistic
 * varies. Each distinct history gets a Poisson number of customers in place of its own, which is as good as drawing
 * customers one by one, needs no rows, and does not see how rows of equal history are weighted.
 *
 * Costs three or four steps of the fit a replicate. `bootstrapModelAsync` does the same in slices.
 *
 * @param summary - what the model was fitted to
 * @throws {ClienteleError} `BAD_SHAPE` if the model was not fitted to this summary; `UNIT_MISMATCH` if the time units
 *   differ; `BAD_OPTION` for an option out of range
 * @see Efron & Tibshirani (1993), "An Introduction to the Bootstrap", chapter 13 (percentile intervals); Hanley & MacGibbon
 *   (2006), "Creating non-parametric bootstrap samples using Poisson frequencies"
 * @example
 * const { lower, upper } = bootstrapModel(model, summary, { statistic: ({ params }) => [params.a / (params.a + params.b)] })
 * lower[0] // 0.2128…, the mean dropout probability is 0.2463…
 * upper[0] // 0.27…
 */
export function bootstrapModel<Model extends LikelihoodModel>(
  model: Model,
  summary: HistoriesOf<Model>,
  options: BootstrapOptions<Model> = {},
): Bootstrap {
  return run(bootstrapSteps('bootstrapModel', model, summary, options))
}

/**
 * `bootstrapModel` in slices of about 12 ms, with progress by replicates.
 *
 * @throws {ClienteleError} as `bootstrapModel`; `ABORTED` if the signal is aborted
 * @example
 * const { standardErrors } = await bootstrapModelAsync(model, summary, { replicates: 50, onProgress: () => {} })
 */
export function bootstrapModelAsync<Model extends LikelihoodModel>(
  model: Model,
  summary: HistoriesOf<Model>,
  options: BootstrapOptions<Model> & AsyncOptions = {},
): Promise<Bootstrap> {
  const caller = 'bootstrapModelAsync'
  return runAsync<BootstrapOptions<Model>, Bootstrap>(caller, options, (own) =>
    bootstrapSteps(caller, model, summary, own),
  )
}

function* bootstrapSteps<Model extends LikelihoodModel>(
  caller: string,
  model: Model,
  summary: HistoriesOf<Model>,
  options: BootstrapOptions<Model>,
): Steps<Bootstrap> {
  const { replicates = 199, seed = 1, level = 0.9, statistic: given, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  if (given !== undefined && typeof given !== 'function') throw badOption(caller, 'statistic', 'a function', given)
  checkInteger(caller, 'replicates', replicates, 20, 100_000)
  checkNumber(caller, 'level', level, 1e-6, 1 - 1e-6)
  const random = randomFrom(checkSeed(caller, seed))
  const { likelihood, minimum } = optimumOf(caller, model, summary)
  const { parameters, units } = likelihood
  const statistic = given ?? ((fitted: Model) => naturalEstimates(fitted, parameters))
  const estimates = Float64Array.from(statistic(model))
  const values = new Float64Array(replicates * estimates.length)
  let atEdge = 0
  for (let replicate = 0; replicate < replicates; replicate++) {
    const { point, ended } = likelihood.minimize(redrawn(likelihood.weights, random), minimum.point)
    if (ended !== 'converged') atEdge++
    const drawn = point.map((value, i) => value * (units[i] ?? 1))
    values.set(Array.from(statistic(withEstimates(model, parameters, drawn))), replicate * estimates.length)
    yield { task: 'bootstrapping', done: replicate + 1, total: replicates }
  }
  const columns = Array.from(estimates, (_, i) => values.filter((_, k) => k % estimates.length === i).sort())
  return {
    estimates,
    standardErrors: Float64Array.from(columns, standardDeviation),
    lower: Float64Array.from(columns, (column) => quantile(column, (1 - level) / 2)),
    upper: Float64Array.from(columns, (column) => quantile(column, (1 + level) / 2)),
    values,
    replicates,
    atEdge,
    level,
  }
}

function naturalEstimates(model: LikelihoodModel, names: readonly string[]): number[] {
  const coefficients = coefficientNames(model)
  return estimatesIn(model, names).map((value, i) => (coefficients.has(names[i]!) ? value : Math.exp(value)))
}

function redrawn(weights: Float64Array, random: Random): Float64Array {
  return weights.map((customers) => drawPoisson(customers, random))
}

function standardDeviation(column: Float64Array): number {
  const mean = column.reduce((sum, value) => sum + value / column.length, 0)
  return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (column.length - 1))
}

/** The value of rank (n + 1) · share among ascending ones, between two of them where that is no whole number. */
function quantile(ascending: Float64Array, share: number): number {
  const rank = Math.min(Math.max((ascending.length + 1) * share, 1), ascending.length)
  const low = ascending[Math.floor(rank) - 1]!
  const high = ascending[Math.ceil(rank) - 1]!
  return low === high ? low : low + (rank - Math.floor(rank)) * (high - low)
}
