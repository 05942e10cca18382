import type { CustomerSummary } from '../table/customerSummary.ts'
import { countMixture } from './countMixture.ts'
import { discountedFuture, discountedStay } from './discountedFuture.ts'
import type { DiscountSteps } from './discounting.ts'
import { type FutureMoney, logBetasOfCounts, moneyQuantile, netMoneyQuantile } from './futureMoney.ts'
import { aliveInto, distinctHistories, historyRuns } from './historyRuns.ts'
import type { CustomerProcesses } from './purchaseProcess.ts'
import { secantCovariance } from './uncertainty/sigmaPoints.ts'
import type { SpendPosterior } from './uncertainty/spendPosterior.ts'

/** What customers with the same history have in common, by group. */
export interface MoneyIntervals {
  /** Group of each row. */
  readonly groupOf: Uint32Array
  /** Quantiles of the money of the horizon less service costs, undiscounted, in units of the customer's scale. */
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Variance of ln Q, Q the expected discounted purchases, from the parameters being uncertain. */
  readonly purchasesVariance: Float64Array
  /** Covariance of ln Q and ln K, K the expected discounted time that the customer is kept. */
  readonly covariance: Float64Array
  /** Variance of ln K. */
  readonly stayVariance: Float64Array
}

/** Terms that intervals depend on. */
export interface MoneyTerms {
  readonly steps: DiscountSteps
  readonly level: number
  /** Cost of a purchase, in the money that `SpendPosterior.scale` measures. */
  readonly serviceCost: number
  /** Whether keeping a customer costs anything. */
  readonly keeps: boolean
}

/**
 * Intervals for the distinct histories of a summary. Purchases need (x, T) alone, P(alive) t_x too, and the money m scales
 * the result only, so that it divides nothing: thousands of customers share one distribution. A service cost spoils that,
 * because it does not scale with the customer's money: then every history with its money is one of its own.
 *
 * @param models - what equally likely ones say, which stand for what is known of the parameters
 */
export function moneyIntervals(
  models: readonly CustomerProcesses[],
  p: number,
  posterior: SpendPosterior,
  summary: CustomerSummary,
  { steps, level, serviceCost, keeps }: MoneyTerms,
): MoneyIntervals {
  const { ageAtLast, age, meanRepeatValue } = summary
  const groups = distinctHistories(models, summary, serviceCost > 0 ? [meanRepeatValue, ...posterior.apart] : [])
  const column = (): Float64Array => new Float64Array(groups.count)
  const [lower, upper, purchasesVariance, covariance, stayVariance] = [column(), column(), column(), column(), column()]
  const alive = new Float64Array(models.length)
  const logPurchases = new Float64Array(models.length)
  const logStay = new Float64Array(models.length)
  const horizon = steps.ends[steps.ends.length - 1]!
  for (const { start, end, repeats: x, processes, futures } of historyRuns(groups, models, summary)) {
    const ifAlive = futures.map((future) => Math.log(discountedFuture(future, steps).discounted))
    const ifKept = futures.map(({ survival }) => (keeps ? Math.log(discountedStay(survival, steps)) : 0))
    const { size, chancesInto } = countMixture(futures, horizon)
    const q = posterior.shape(x)
    const money: FutureMoney = { p, q, chances: new Float64Array(size), logBetas: logBetasOfCounts(p, q, size) }
    let [guessLow, guessHigh] = [0, 0]
    for (let group = start; group < end; group++) {
      const row = groups.rowOf[group]!
      aliveInto(processes, x, ageAtLast[row]!, age[row]!, alive)
      for (let k = 0; k < alive.length; k++) {
        const logAlive = Math.log(alive[k]!)
        logPurchases[k] = logAlive + ifAlive[k]!
        logStay[k] = logAlive + ifKept[k]!
      }
      purchasesVariance[group] = secantCovariance(logPurchases, logPurchases)
      covariance[group] = secantCovariance(logPurchases, logStay)
      stayVariance[group] = secantCovariance(logStay, logStay)
      chancesInto(alive, money.chances)
      // The last quantiles solved, for a slightly other P(alive), are the best guesses.
      const usual = meanMoney(money)
      const cost = serviceCost > 0 ? serviceCost / posterior.scale(row) : 0
      const quantile = (above: number, guess: number): number =>
        cost > 0 ? netMoneyQuantile(money, cost, above, guess || usual) : moneyQuantile(money, above, guess || usual)
      // Infinite where more purchases are likely than are looked at, of which nothing is known but that it is not less than 0.
      const low = quantile((1 + level) / 2, guessLow)
      lower[group] = low < Number.POSITIVE_INFINITY ? low : 0
      upper[group] = quantile((1 - level) / 2, guessHigh)
      guessLow = lower[group]!
      guessHigh = upper[group]!
    }
  }
  return { groupOf: groups.groupOf, lower, upper, purchasesVariance, covariance, stayVariance }
}

/** Roughly the money of who buys. */
function meanMoney({ p, q, chances }: FutureMoney): number {
  let purchases = 0
  for (let n = 1; n < chances.length; n++) purchases += n * chances[n]!
  return (p * purchases) / ((1 - chances[0]!) * q)
}
