/**
 * A property of a plain object that is worked out when it is first read. Copies and clones of the object hold the
 * value. For columns that many callers never look at and that cost memory.
 */
export function lazyColumn<T>(make: () => T): PropertyDescriptor {
  let pending: (() => T) | undefined = make
  let value: T
  return {
    enumerable: true,
    get(): T {
      if (pending !== undefined) {
        value = pending()
        pending = undefined // and with it what the value was made of
      }
      return value
    },
  }
}
