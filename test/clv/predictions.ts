import { type BgNbdModel, bgNbdModel } from '../../src/clv/bgNbd/bgNbd.ts'
import type { BgNbdParams } from '../../src/clv/bgNbd/bgNbdFit.ts'
import { type MbgNbdModel, mbgNbdModel } from '../../src/clv/bgNbd/mbgNbd.ts'
import type { CustomerSummary } from '../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { golden } from './goldens.ts'

/** One value at given parameters; `truth` has 17 digits and more. */
export interface Probe {
  readonly model: string
  readonly fn: string
  readonly params: readonly number[]
  readonly args: { readonly [name: string]: number }
  readonly truth: string
  readonly underflows_double?: true
}

export function probes(fn: string, model = 'bgnbd'): (Omit<Probe, 'args'> & { readonly args: ProbeArguments })[] {
  return golden('probes.json').filter((probe: Probe) => probe.model === model && probe.fn === fn)
}

interface ProbeArguments {
  readonly x: number
  readonly tx: number
  readonly T: number
  readonly t: number
  readonly n: number
  readonly m: number
}

/** An MBG/NBD model in days of r, alpha, a, b. */
export function givenMbgNbd([r, alpha, a, b]: readonly number[]): MbgNbdModel {
  return mbgNbdModel({ params: { r: r!, alpha: alpha!, a: a!, b: b! }, timeUnit: 'day' })
}

/** A BG/NBD model in days of r, alpha, a, b. */
export function givenModel([r, alpha, a, b]: readonly number[]): BgNbdModel {
  return bgNbdModel({ params: { r: r!, alpha: alpha!, a: a!, b: b! }, timeUnit: 'day' })
}

/** The exact MBG/NBD fit of the CDNOW sample in weeks. */
export function mbgNbdAtExactFit(): MbgNbdModel {
  return mbgNbdModel({ params: exactParams('fit_mbgnbd_cdnow_exact.json'), timeUnit: 'week' })
}

/** The exact BG/NBD fit of the CDNOW sample in weeks. */
export function atExactFit(): BgNbdModel {
  return bgNbdModel({ params: exactParams('fit_bgnbd_cdnow_exact.json'), timeUnit: 'week' })
}

function exactParams(file: string): BgNbdParams {
  const { r, alpha, a, b } = golden(file).params
  return { r: Number(r), alpha: Number(alpha), a: Number(a), b: Number(b) }
}

/** A summary in weeks of rows that give their times in days. */
export function rowSummary(
  rows: readonly { x: number; tx_days: number; T_days: number; repeat_cents?: number }[],
): CustomerSummary {
  return customerSummaryFromColumns(
    {
      repeats: rows.map(({ x }) => x),
      ageAtLast: rows.map(({ tx_days }) => tx_days / 7),
      age: rows.map(({ T_days }) => T_days / 7),
      meanRepeatValue: rows.map(({ x, repeat_cents = 0 }) => (x > 0 ? repeat_cents / 100 / x : 0)),
    },
    { timeUnit: 'week' },
  )
}
