import type { Random } from '../core/random.ts'

/**
 * What a purchase model says of one customer with x repeats, the last at t_x, watched until T, all in the model's time
 * unit. Everything public that takes a purchase model is made of these few answers, so that a new model has them alone
 * to give. Nothing is checked here.
 */
export interface PurchaseProcess {
  /** ln of the likelihood of the history. */
  readonly logLikelihood: (x: number, atLast: number, age: number) => number
  /** ln of the odds (1 − P(alive)) / P(alive) at T; −∞ for who cannot have left. */
  readonly logDropoutOdds: (x: number, atLast: number, age: number) => number
  /** P(alive) of many customers at once, the same to about 1e-14, where that is faster than one by one. */
  readonly aliveInto?: (repeats: ArrayLike<number>, atLast: Float64Array, age: Float64Array, out: Float64Array) => void
  /** The future from T on of a customer who is still there. */
  readonly ifAlive: (x: number, atLast: number, age: number) => FutureProcess
  /** Whether t_x matters for `ifAlive`, or x and T alone. */
  readonly needsTimeAtLast: boolean
  /** The future of a customer from the first purchase on. */
  readonly ofNewCustomer: FutureProcess
  /** Posterior mean of the purchase rate, per time unit. */
  readonly meanRate: (x: number, atLast: number, age: number) => number
  /** Posterior mean of the dropout: a probability a purchase or a rate a time unit, as the model has it. */
  readonly meanDropout: (x: number, atLast: number, age: number) => number
  /** The times, ascending, of the repeat purchases of a customer who is drawn anew and watched until `age`. */
  readonly simulate: (random: Random, age: number) => number[]
}

/** What a model says of each customer of a summary. */
export interface CustomerProcesses {
  /** The process of a row. */
  readonly of: (row: number) => PurchaseProcess
  /** Numbers that tell rows with different processes apart; none where all have the same. */
  readonly apart: readonly Uint32Array[]
  /** As of the processes. */
  readonly needsTimeAtLast: boolean
  /** What the log-likelihood of each row has beside that of its process: ln of how fast all bought on its days. */
  readonly logSpeeds?: Float64Array
}

/** The purchases X(t) of a customer within t from now. Times are in the model's unit. */
export interface FutureProcess {
  /** E[X(t)]. */
  readonly expected: (t: number) => number
  /** Writes P(X(t) = n), n = 0, 1, …, for t > 0; returns the probability of more than there is room for. */
  readonly pmfInto: (t: number, out: Float64Array) => number
  /** The least n with P(X(t) > n) below `tail`, or about it, or `most`, whichever is less. */
  readonly reach: (t: number, tail: number, most: number) => number
  /** P(still there after t). */
  readonly survival: (t: number) => number
  /** ∫₀ᵗ e^(−δs) dE[X(s)] for δ ≥ 0; t may be infinite if δ > 0. */
  readonly discounted: (delta: number, t: number) => number
}
