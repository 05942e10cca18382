import { decimalText } from '../plot/numberText.ts'
import type { ChurnFacts, ScorerFacts } from './reportData.ts'

/** Whether the churn model is worth using, in words. */
export interface ChurnConclusion {
  /** For the head of the page. */
  readonly short: string
  /** With the numbers that it rests on. */
  readonly long: string
}

/**
 * Says whether the model beats the best baseline: by the paired interval of their difference if there is one, else
 * only if their intervals do not even touch.
 */
export function churnConclusion({ scorers, difference }: ChurnFacts): ChurnConclusion {
  const model = scorers.find(({ role }) => role === 'model')
  const best = scorers
    .filter(({ role }) => role === 'baseline')
    .reduce<ScorerFacts | undefined>((a, b) => (a === undefined || b.auc > a.auc ? b : a), undefined)
  if (model === undefined || best === undefined) {
    return {
      short: 'There is nothing to compare it with.',
      long: 'No baseline was scored, so nothing can be said about its worth.',
    }
  }
  const against = difference?.against ?? best.name
  const numbers =
    difference === undefined
      ? `AUC ${decimalText(model.auc, 3)} (${interval(model.aucLow, model.aucHigh)}) against ${decimalText(best.auc, 3)} (${interval(best.aucLow, best.aucHigh)}) of “${against}”`
      : `its AUC differs from that of “${against}” by ${signed(difference.auc)} (${interval(difference.low, difference.high)})`
  const low = difference === undefined ? model.aucLow - best.aucHigh : difference.low
  const high = difference === undefined ? model.aucHigh - best.aucLow : difference.high
  if (low > 0) {
    return {
      short: `It ranks better than the best simple rule, “${against}”: use it.`,
      long: `The model beats every baseline: ${numbers}.`,
    }
  }
  if (high < 0) {
    return {
      short: `The simple rule “${against}” ranks better: use the rule.`,
      long: `The model is worse than the best baseline: ${numbers}. Use the baseline.`,
    }
  }
  return {
    short: `Not shown to rank better than the simple rule “${against}”.`,
    long: `The model is not shown to beat the best baseline: ${numbers}. For ranking alone, the simpler rule will do.`,
  }
}

function interval(low: number, high: number): string {
  return `95% interval ${decimalText(low, 3)} to ${decimalText(high, 3)}`
}

function signed(value: number): string {
  return value > 0 ? `+${decimalText(value, 3)}` : decimalText(value, 3)
}
