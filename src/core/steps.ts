import { badOption, checkOptions } from './checks.ts'
import { ClienteleError } from './errors.ts'

/** How far a long piece of work has come. */
export interface Progress {
  /** What is being done, in words for a person. */
  readonly task: string
  /** Steps done so far, 0 to `total`. */
  readonly done: number
  /** Steps in all; may shrink when the work ends early. */
  readonly total: number
}

/** Work written as a sequence of steps: it yields its progress and returns its result. */
export type Steps<Result> = Generator<Progress, Result, void>

/** Options of the asynchronous form of a long function. */
export interface AsyncOptions {
  /** Stops the work at its next step with `ABORTED`. */
  readonly signal?: AbortSignal
  /** Called after each step. */
  readonly onProgress?: (progress: Progress) => void
}

/** Does all the steps at once, without a pause. */
export function run<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

const SLICE_MS = 12

/**
 * Does the steps in slices of about 12 ms, so that timers, requests and the screen get their turn in between. The
 * clock decides only when to pause, never what is computed. `stepsOf` gets the options that are not those of pausing.
 *
 * @throws {ClienteleError} `BAD_OPTION` for a signal or a listener that is none
 * @throws {ClienteleError} `ABORTED` if the signal is aborted; the reason is the `cause`
 */
export async function runAsync<Options extends object, Result>(
  caller: string,
  options: Options & AsyncOptions,
  stepsOf: (options: Options) => Steps<Result>,
): Promise<Result> {
  const { signal, onProgress, ...own } = checkOptions(caller, options)
  checkSignal(caller, signal)
  if (onProgress !== undefined && typeof onProgress !== 'function')
    throw badOption(caller, 'onProgress', 'a function', onProgress)
  const steps = stepsOf(own as unknown as Options)
  let pauseAt = performance.now() + SLICE_MS
  for (;;) {
    if (signal?.aborted) throw aborted(caller, signal)
    const step = steps.next()
    if (step.done) return step.value
    onProgress?.(step.value)
    if (performance.now() < pauseAt) continue
    await new Promise<void>((resolve) => setTimeout(resolve, 0))
    pauseAt = performance.now() + SLICE_MS
  }
}

/** Throws `BAD_OPTION` unless `signal` is one, of whichever realm, or none. */
export function checkSignal(caller: string, signal: AbortSignal | undefined): void {
  if (signal === undefined || typeof signal?.throwIfAborted === 'function') return
  throw badOption(caller, 'signal', 'an AbortSignal', signal)
}

function aborted(caller: string, signal: AbortSignal): ClienteleError {
  return new ClienteleError('ABORTED', `${caller}: the signal of the caller stopped the work`, { cause: signal.reason })
}
