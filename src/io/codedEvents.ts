/** Who and what the events of a batch are, by number. */
export interface CodedEvents {
  /** Customer of each event: an index into `customers`. */
  readonly customer: Uint32Array
  /** Ids of customers, each of them once. Batches of one reading may share a list, which then grows. */
  readonly customers: readonly string[]
  /** Kind of each event: an index into `EVENT_TYPES`. */
  readonly type: Uint8Array
  /** Order of each event: an index into `orders` plus 1, or 0. */
  readonly order: Uint32Array
  /** Numbers of orders, each of them once; shared as `customers` are. */
  readonly orders: readonly string[]
}
