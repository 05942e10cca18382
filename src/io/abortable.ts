import { ClienteleError } from '../core/errors.ts'

/**
 * The items of `source` until `signal` is aborted: then `ABORTED` at once, even where the source never answers.
 *
 * @throws {ClienteleError} `ABORTED`; the reason of the signal is its cause
 */
export async function* abortable<Item>(
  caller: string,
  source: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item, void, void> {
  if (signal === undefined) {
    yield* source
    return
  }
  const items = source[Symbol.asyncIterator]()
  // Rejects what is awaited now. One promise for all the waiting would keep every item alive that it raced against.
  let stop: () => void = () => {}
  const onAbort = (): void => stop()
  signal.addEventListener('abort', onAbort)
  let isDone = false
  try {
    for (;;) {
      if (signal.aborted) throw aborted(caller, signal)
      const item = await new Promise<IteratorResult<Item, void>>((resolve, reject) => {
        stop = () => reject(aborted(caller, signal))
        items.next().then(resolve, reject)
      })
      if (item.done) {
        isDone = true
        return
      }
      yield item.value
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
    // A source that hangs would hang here too; it is told, not waited for.
    if (!isDone) items.return?.().then(undefined, () => {})
  }
}

function aborted(caller: string, signal: AbortSignal): ClienteleError {
  return new ClienteleError('ABORTED', `${caller}: the signal of the caller stopped the reading`, {
    cause: signal.reason,
  })
}
