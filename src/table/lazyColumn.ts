/**
 * A property of a plain object that is worked out when it is first read. Copies and clones of the object hold the
 * value. For columns that many callers never look at and that cost memory.
 */
export function lazyColumn(make: () => unknown): PropertyDescriptor {
  return { enumerable: true, get: once(make) }
}

/** A function that works its value out when it is first called. */
export function once<T>(make: () => T): () => T {
  let pending: (() => T) | undefined = make
  let value: T
  return () => {
    if (pending !== undefined) {
      value = pending()
      pending = undefined // and with it what the value was made of
    }
    return value
  }
}
