/**
 * Writes P(alive) = 1 / (1 + w) of customers under BG/NBD, w = a / (b + n − 1) · ((α + T) / (α + t_x))^(r + x) after n
 * occasions to leave; 1 where there was none. In the order of operations in which one customer is asked after alone.
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
  out: Float64Array, //          out  n
): void {
  for (let row = 0; row < out.length; row++) {
    const x = repeats[row]!
    const logChance = logChances[x]!
    out[row] =
      logChance === Number.NEGATIVE_INFINITY
        ? 1
        : 1 / (1 + Math.exp(logChance + (r + x) * Math.log1p((age[row]! - atLast[row]!) / (alpha + atLast[row]!))))
  }
}
