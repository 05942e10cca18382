import type { LifetimeValueFacts } from './reportData.ts'

/** What the report calls the money that is expected: revenue, or what a margin leaves of it. */
export interface ValueWords {
  /** Heading of a column: `'Value'` or `'Contribution'`. */
  readonly head: string
  /** What it is: `'money'`, or `'contribution (margin 30 % of revenue)'`. */
  readonly money: string
  /** What the column holds, for a caption that goes on with a time. */
  readonly meaning: string
}

/** The words for lifetime values. */
export function valueWords(facts: LifetimeValueFacts | undefined): ValueWords {
  const margin = facts?.margin ?? 1
  if (margin === 1) return { head: 'Value', money: 'money', meaning: 'value is the money expected' }
  return {
    head: 'Contribution',
    money: `contribution (margin ${marginText(margin)} of revenue)`,
    meaning: `contribution is what a margin of ${marginText(margin)} leaves of the money expected`,
  }
}

/** A margin as people write it: `30 %`. */
export function marginText(margin: number): string {
  return `${Number((100 * margin).toPrecision(6))} %`
}
