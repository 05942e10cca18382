import { ClienteleError } from '../core/errors.ts'
import type { Steps } from '../core/steps.ts'

/** A part of an analysis: what was found, or why the data do not support it. */
export type Part<Facts> =
  | ({ readonly available: true } & Facts)
  | { readonly available: false; readonly reason: string }

/** Does the steps of a part. `NOT_ENOUGH_DATA` becomes the reason why it is not available; other errors pass. */
export function* partOf<Facts>(steps: Steps<Facts>): Steps<Part<Facts>> {
  try {
    return { available: true, ...(yield* steps) }
  } catch (error) {
    if (error instanceof ClienteleError && error.code === 'NOT_ENOUGH_DATA') {
      return { available: false, reason: error.message }
    }
    throw error
  }
}

/** The part of an analysis that needs `needed`; without it, the reason is handed on. */
export function* partFrom<Needed, Facts>(
  needed: Part<Needed>,
  steps: (needed: Needed) => Steps<Facts>,
): Steps<Part<Facts>> {
  return needed.available ? yield* partOf(steps(needed)) : needed
}
