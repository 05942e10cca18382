import { checkLength, checkList, checkObject } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { checkForm, type Form } from '../../core/form.ts'

/**
 * What became of customers under contract, who can renew or leave at the end of each period: for each number of
 * periods, how many left then, and how many were still there when they were last seen.
 */
export interface ContractHistories {
  /** Distinct numbers of renewals faced, ascending, above 0. */
  readonly periods: Uint32Array
  /** Customers who renewed until then and left at that renewal. */
  readonly left: Float64Array
  /** Customers who made all of these renewals, and of whom no more is known. */
  readonly stayed: Float64Array
}

const CONTRACT_HISTORIES: Form = {
  is: 'contract histories, as contractHistories makes them',
  fields: { left: 'typed array', stayed: 'typed array', periods: 'typed array' },
}

/** Throws `BAD_OPTION` unless `histories` are contract histories. */
export function checkContractHistories(caller: string, histories: ContractHistories): void {
  checkForm(caller, 'histories', histories, CONTRACT_HISTORIES)
}

/** Contracts one by one, as columns of equal length. */
export interface ContractColumns {
  /** Renewals that the customer faced; of who left, the last one is that which was not made. Whole numbers. */
  readonly periods: ArrayLike<number>
  /** Whether the customer left: `true` or 1; else the customer is still there. */
  readonly left: ArrayLike<boolean | number>
  /** How many customers each row stands for, above 0. @default 1 */
  readonly weights?: ArrayLike<number>
}

/** A renewal that comes after more than these takes longer than it is worth. */
const MAX_PERIODS = 1_000_000

/**
 * Contract histories of single customers, who may have begun at different times. Customers who have not faced a renewal
 * say nothing and are left out. Linear, plus a sort of the distinct numbers of periods.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if columns differ in length; `BAD_EVENT`, with the row, unless periods are whole, from 0
 *   to 1,000,000, at least 1 for who left, and weights above 0
 * @example
 * contractHistories({ periods: [1, 3, 3], left: [true, false, true] }).stayed // [0, 1]
 */
export function contractHistories(columns: ContractColumns): ContractHistories {
  const caller = 'contractHistories'
  const { periods, left, ...others } = checkObject(caller, 'columns', columns)
  const weights = others.weights ?? new Float64Array(checkList(caller, 'periods', periods).length).fill(1)
  checkLength(caller, 'left', left, periods.length)
  checkLength(caller, 'weights', weights, periods.length)
  const counts = new Map<number, [left: number, stayed: number]>()
  for (let row = 0; row < periods.length; row++) {
    const [t, gone, weight] = [periods[row]!, left[row]!, weights[row]!]
    const least = gone ? 1 : 0
    if (!(Number.isInteger(t) && t >= least && t <= MAX_PERIODS)) {
      const rule = `"periods" must be a whole number from ${least} to ${MAX_PERIODS}, got ${t}`
      throw new ClienteleError('BAD_EVENT', `${caller}: row ${row}: ${rule}`)
    }
    if (!(weight > 0 && Number.isFinite(weight))) {
      const rule = `"weights" must be a finite number above 0, got ${weight}`
      throw new ClienteleError('BAD_EVENT', `${caller}: row ${row}: ${rule}`)
    }
    const count = counts.get(t) ?? [0, 0]
    count[gone ? 0 : 1] += weight
    if (t > 0) counts.set(t, count)
  }
  const distinct = Uint32Array.from(counts.keys()).sort()
  return {
    periods: distinct,
    left: Float64Array.from(distinct, (t) => counts.get(t)![0]),
    stayed: Float64Array.from(distinct, (t) => counts.get(t)![1]),
  }
}

/**
 * Contract histories of a cohort, from the number still there at the beginning and after each renewal.
 *
 * @param survivors - 1000, 869, … : at least two numbers, none above the one before it, and none below 0
 * @throws {ClienteleError} `BAD_SHAPE` if they are not
 * @see Fader & Hardie (2007), "How to Project Customer Retention", table 1
 * @example
 * contractHistoriesFromSurvivors([1000, 869, 743]).left // [131, 126]
 */
export function contractHistoriesFromSurvivors(survivors: ArrayLike<number>): ContractHistories {
  const renewals = checkList('contractHistoriesFromSurvivors', 'survivors', survivors).length - 1
  const isFalling = Array.from(survivors).every(
    (count, t) => Number.isFinite(count) && count >= 0 && (t === 0 || count <= survivors[t - 1]!),
  )
  if (renewals < 1 || renewals > MAX_PERIODS || !isFalling) {
    const rule = '"survivors" must be at least two numbers of at least 0, none above the one before it'
    throw new ClienteleError('BAD_SHAPE', `contractHistoriesFromSurvivors: ${rule}, got ${survivors.length} numbers`)
  }
  const stayed = new Float64Array(renewals)
  stayed[renewals - 1] = survivors[renewals]!
  return {
    periods: Uint32Array.from(stayed, (_, k) => k + 1),
    left: Float64Array.from(stayed, (_, k) => survivors[k]! - survivors[k + 1]!),
    stayed,
  }
}
