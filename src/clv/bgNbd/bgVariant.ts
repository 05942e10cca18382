/** What tells the models of the BG/NBD family apart: BG/NBD, MBG/NBD and (M)BG/CNBD-k are one likelihood. */
export interface BgVariant {
  /** Occasions to leave at the first purchase: 0 under BG, 1 under MBG. */
  readonly early: 0 | 1
  /** Erlang phases of a gap between purchases, 1 to 12; 1 makes gaps exponential. */
  readonly k: number
}

export const BG_NBD: BgVariant = { early: 0, k: 1 }
export const MBG_NBD: BgVariant = { early: 1, k: 1 }
