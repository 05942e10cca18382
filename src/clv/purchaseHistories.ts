/**
 * Everything that the likelihood of a purchase model needs to know of a summary: the distinct histories (x, t_x, T)
 * with the number of their customers, by x, then T, then t_x. A million customers observed by the day have about a
 * third of a million.
 */
export interface PurchaseHistories {
  readonly count: number
  /** x, ascending. */
  readonly repeats: Uint32Array
  /** t_x, as an index into `times`. */
  readonly timeAtLast: Uint32Array
  /** T, as an index into `times`. */
  readonly timeAtEnd: Uint32Array
  readonly weights: Float64Array
  /** The distinct times, ascending. */
  readonly times: Float64Array
}

/** Every `stride`-th history, for a first rough fit. */
export function thinned(histories: PurchaseHistories, stride: number): PurchaseHistories {
  return taken(histories, Math.ceil(histories.count / stride), (place) => place * stride)
}

/** The same histories with other numbers of customers; those without any are left out. */
export function reweightedPurchases(histories: PurchaseHistories, weights: Float64Array): PurchaseHistories {
  const kept: number[] = []
  for (let i = 0; i < histories.count; i++) if (weights[i]! > 0) kept.push(i)
  return taken({ ...histories, weights }, kept.length, (place) => kept[place]!)
}

function taken(
  { repeats, timeAtLast, timeAtEnd, weights, times }: PurchaseHistories,
  count: number,
  from: (place: number) => number,
): PurchaseHistories {
  const some = {
    count,
    repeats: new Uint32Array(count),
    timeAtLast: new Uint32Array(count),
    timeAtEnd: new Uint32Array(count),
    weights: new Float64Array(count),
    times,
  }
  for (let place = 0; place < count; place++) {
    const i = from(place)
    some.repeats[place] = repeats[i]!
    some.timeAtLast[place] = timeAtLast[i]!
    some.timeAtEnd[place] = timeAtEnd[i]!
    some.weights[place] = weights[i]!
  }
  return some
}

/** One of the histories, as of one customer. */
export function onePurchaseHistory(histories: PurchaseHistories, index: number): PurchaseHistories {
  const { repeats, timeAtLast, timeAtEnd, times } = histories
  return {
    count: 1,
    repeats: repeats.slice(index, index + 1),
    timeAtLast: Uint32Array.of(0),
    timeAtEnd: Uint32Array.of(1),
    weights: Float64Array.of(1),
    times: Float64Array.of(times[timeAtLast[index]!]!, times[timeAtEnd[index]!]!),
  }
}
