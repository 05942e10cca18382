/**
 * Writes P(alive) = 1 / (1 + w) of customers under BG/NBD, w = a / (b + n − 1) · ((α + T) / (α + t_x))^(r + x) after n
 * occasions to leave; 0 odds where there was none. Customers of few repeats whose times are whole days find w as the
 * product of two tabled powers; the others have a logarithm and an exponential each.
 *
 * @see Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD Model"
 */
export function bgNbdAliveInto(
  repeats: ArrayLike<number>, // in   n, x
  atLast: Float64Array, //       in   n, t_x
  age: Float64Array, //          in   n, T
  r: number,
  alpha: number,
  logChances: Float64Array, //   in   above the largest x, ln(a / (b + n − 1)); −∞ where nobody can have left
  scale: number, //              days in a unit of time
  days: number, //               tabled days, above all T
  tabled: number, //             tabled x = 0, 1, …; may be 0
  odds: Float64Array, //         in   tabled × days, as `alivePowersInto` wrote them
  rests: Float64Array, //        in   tabled × days
  out: Float64Array, //          out  n
): void {
  for (let row = 0; row < out.length; row++) {
    const x = repeats[row]!
    const T = age[row]!
    const last = atLast[row]!
    const day = (T * scale + 0.5) | 0
    const lastDay = (last * scale + 0.5) | 0
    if (x < tabled && day / scale === T && lastDay / scale === last) {
      out[row] = 1 / (1 + odds[x * days + day]! * rests[x * days + lastDay]!)
    } else {
      const logChance = logChances[x]!
      const logOdds =
        logChance === Number.NEGATIVE_INFINITY
          ? logChance
          : logChance + (r + x) * Math.log1p((T - last) / (alpha + last))
      out[row] = 1 / (1 + Math.exp(logOdds))
    }
  }
}

/** Tables w as a product: a / (b + n − 1) · (1 + T/α)^(r + x) of each x and day T, and (1 + t_x/α)^(−r − x). */
export function alivePowersInto(
  r: number,
  logChances: Float64Array, // in   as above
  logs: Float64Array, //       in   days, ln(1 + t/α)
  odds: Float64Array, //       out  tabled × days
  rests: Float64Array, //      out  tabled × days
): void {
  const days = logs.length
  for (let at = 0, x = 0; at < odds.length; x++) {
    for (let day = 0; day < days; day++, at++) {
      odds[at] = Math.exp((r + x) * logs[day]! + logChances[x]!)
      rests[at] = Math.exp(-(r + x) * logs[day]!)
    }
  }
}
