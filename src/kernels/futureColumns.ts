/** Writes what each customer may be expected to do: P(alive) times the expectation of who is still there. */
export function expectedInto(
  alive: Float64Array, //    in   n
  futureOf: Uint32Array, //  in   n, future of each customer
  ifAlive: Float64Array, //  in   expectation of each future
  out: Float64Array, //      out  n; may be `alive`
): void {
  for (let row = 0; row < alive.length; row++) out[row] = alive[row]! * ifAlive[futureOf[row]!]!
}

/** Writes the money that each customer may be expected to bring, before any costs. */
export function valueInto(
  alive: Float64Array, //           in   n
  futureOf: Uint32Array, //         in   n, future of each customer
  discounted: Float64Array, //      in   expected purchases of each future, discounted
  ratios: Float64Array, //          in   the same ÷ what it is without discount
  spend: Float64Array, //           in   n, money of a purchase
  margin: number, //                share of it that is kept
  discountFactor: Float64Array, //  out  n
  kept: Float64Array, //            out  n
  value: Float64Array, //           out  n, the same
): void {
  for (let row = 0; row < alive.length; row++) {
    const future = futureOf[row]!
    const money = margin * spend[row]! * (alive[row]! * discounted[future]!)
    discountFactor[row] = ratios[future]!
    kept[row] = money
    value[row] = money
  }
}

/** Takes a cost off each value: P(alive) times what it amounts to for who is still there. */
export function chargeInto(
  alive: Float64Array, //    in       n
  futureOf: Uint32Array, //  in       n, future of each customer
  ifAlive: Float64Array, //  in       purchases, or time, of each future, discounted
  cost: number, //           of a purchase, or a unit of time
  charged: Float64Array, //  out      n
  value: Float64Array, //    in, out  n
): void {
  for (let row = 0; row < alive.length; row++) {
    const amount = cost * (alive[row]! * ifAlive[futureOf[row]!]!)
    charged[row] = amount
    value[row]! -= amount
  }
}
