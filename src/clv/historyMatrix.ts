import { checkInteger, checkNoOthers, checkOptions, checkPositive } from '../core/checks.ts'
import type { TimeUnit } from '../core/timeUnit.ts'
import { checkModel, PURCHASE_KINDS } from './checkModel.ts'
import { type PurchaseModel, processOf } from './purchaseModel.ts'

/** What a model says of every history of one length: a grid over repeats and the time of the last of them. */
export interface HistoryMatrix {
  /** Time unit of the model. */
  readonly unit: TimeUnit
  /** x, ascending from 0. */
  readonly repeats: Float64Array
  /** t_x, ascending from 0 to `age`. */
  readonly ageAtLast: Float64Array
  /** T of all histories. */
  readonly age: number
  /** How far `expected` looks ahead. */
  readonly horizon: number
  /** `repeats × ageAtLast`: that of x and t_x stands at [x · ageAtLast.length + i]. NaN where x > 0 happened in no time. */
  readonly alive: Float64Array
  /** Expected purchase days within the horizon, likewise. */
  readonly expected: Float64Array
}

/** Options of `historyMatrix`; times are in the time unit of the model. */
export interface HistoryMatrixOptions {
  /** T of all histories. */
  readonly age: number
  /** How far to look ahead. @default `age` */
  readonly horizon?: number
  /** Most repeats, 1 to 1,000. @default 20 */
  readonly repeats?: number
  /** Steps of t_x from 0 to `age`, 1 to 1,000. @default 20 */
  readonly steps?: number
}

/**
 * P(alive) and expected purchases over the grid of x and t_x, as `historyMatrixPlot` draws them: the frequent customer who has
 * been silent for long is seen at once. Costs one expectation for each cell at most.
 *
 * @throws {ClienteleError} `BAD_OPTION`
 * @see Fader, Hardie & Lee (2005), "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", figure 2
 * @example
 * historyMatrix(model, { age: 39, repeats: 10 }).alive.length // 231, a grid of 11 × 21
 */
export function historyMatrix(model: PurchaseModel, options: HistoryMatrixOptions): HistoryMatrix {
  const caller = 'historyMatrix'
  checkModel(caller, model, PURCHASE_KINDS)
  const { age, horizon = age, repeats: most = 20, steps = 20, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkPositive(caller, 'age', age)
  checkPositive(caller, 'horizon', horizon)
  checkInteger(caller, 'repeats', most, 1, 1000)
  checkInteger(caller, 'steps', steps, 1, 1000)
  const process = processOf(model)
  const repeats = Float64Array.from({ length: most + 1 }, (_, x) => x)
  const ageAtLast = Float64Array.from({ length: steps + 1 }, (_, i) => (age * i) / steps)
  const alive = new Float64Array(repeats.length * ageAtLast.length).fill(Number.NaN)
  const expected = alive.slice()
  for (const x of repeats) {
    ageAtLast.forEach((atLast, i) => {
      // Without repeats the last purchase is the first.
      if ((x === 0) !== (i === 0)) return
      const at = x * ageAtLast.length + i
      alive[at] = 1 / (1 + Math.exp(process.logDropoutOdds(x, atLast, age)))
      expected[at] = alive[at]! * process.ifAlive(x, atLast, age).expected(horizon)
    })
  }
  return { unit: model.timeUnit, repeats, ageAtLast, age, horizon, alive, expected }
}
