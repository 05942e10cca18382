import { checkChoice, checkInteger, checkNoOthers, checkOptions } from '../core/checks.ts'
import { digitizeInto } from '../kernels/digitize.ts'
import { quantileCutsInto } from '../kernels/quickselect.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { checkProbabilities, countPositives } from './labels.ts'

/**
 * Brier score: mean squared difference between probability and label. 0 is perfect; always saying the share of ones, `p`,
 * scores p (1 - p).
 *
 * @param labels - 0 or 1 for each row
 * @param probabilities - of a 1
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a label that is not 0 or 1 or a number that
 *   is no probability; `NOT_ENOUGH_DATA` without rows
 * @see Brier (1950), "Verification of Forecasts Expressed in Terms of Probability", equation 2, halved
 * @example
 * brierScore([0, 1], [0.2, 0.6]) // 0.1
 */
export function brierScore(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  checkRows('brierScore', labels, probabilities)
  return meanOf(labels.length, (i) => (probabilities[i]! - labels[i]!) ** 2)
}

/** Distance from 0 and 1 at which `logLoss` holds probabilities, so that one sure mistake is dear but not infinite. */
const CLIP = Number.EPSILON

/**
 * Log loss: mean of -log of the probability given to what happened, in nats. Probabilities are held 2.2e-16 away from
 * 0 and 1, as scikit-learn does.
 *
 * @throws {ClienteleError} as `brierScore`
 * @example
 * logLoss([0, 1], [0.2, 0.6]) // 0.36698…
 */
export function logLoss(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  checkRows('logLoss', labels, probabilities)
  return meanOf(labels.length, (i) => {
    const p = Math.min(Math.max(probabilities[i]!, CLIP), 1 - CLIP)
    return labels[i] === 1 ? -Math.log(p) : -Math.log1p(-p)
  })
}

/** Options of `reliabilityCurve`. */
export interface ReliabilityOptions {
  /** Number of bins, 1 to 256. @default 10 */
  readonly bins?: number
  /** Bins of equal width, or of about equally many rows. @default 'uniform' */
  readonly by?: 'uniform' | 'quantile'
}

/** One bin of a reliability curve: among rows with about this probability, how often did it happen? */
export interface ReliabilityBin {
  readonly rows: number
  /** Mean probability. */
  readonly predicted: number
  /** Share of ones. */
  readonly observed: number
  /** Ends of the 90 % interval of that share. */
  readonly low: number
  readonly high: number
}

/**
 * Compares probabilities with what happened, bin by bin; bins without rows are left out. A bin includes its upper end.
 *
 * @returns bins by ascending probability, each with Wilson's 90 % interval
 * @throws {ClienteleError} as `brierScore`, and `BAD_OPTION` for an option outside its range
 * @see Wilson (1927), "Probable Inference, the Law of Succession, and Statistical Inference"
 * @example
 * reliabilityCurve([0, 1, 1], [0.1, 0.72, 0.74])[1] // { rows: 2, predicted: 0.73, observed: 1, low: 0.42…, high: 1 }
 */
export function reliabilityCurve(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: ReliabilityOptions = {},
): ReliabilityBin[] {
  return binned('reliabilityCurve', labels, probabilities, options)
}

/**
 * Expected calibration error: mean distance between probability and share of ones over the bins of the reliability
 * curve, weighted by rows.
 *
 * @throws {ClienteleError} as `reliabilityCurve`
 * @see Naeini, Cooper & Hauskrecht (2015), "Obtaining Well Calibrated Probabilities Using Bayesian Binning", equation 1
 * @example
 * expectedCalibrationError([0, 1], [0.2, 0.6]) // 0.3
 */
export function expectedCalibrationError(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: ReliabilityOptions = {},
): number {
  const bins = binned('expectedCalibrationError', labels, probabilities, options)
  const distances = bins.map(({ rows, predicted, observed }) => rows * Math.abs(predicted - observed))
  return compensatedSum(distances) / labels.length
}

function binned(
  caller: string,
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: ReliabilityOptions,
): ReliabilityBin[] {
  const { bins = 10, by = 'uniform', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkRows(caller, labels, probabilities)
  checkInteger(caller, 'bins', bins, 1, 256)
  checkChoice(caller, 'by', by, ['uniform', 'quantile'])
  const values = Float64Array.from(probabilities)
  const cuts = new Float64Array(bins - 1)
  if (by === 'quantile') quantileCutsInto(values.slice(), cuts)
  else for (let c = 1; c < bins; c++) cuts[c - 1] = c / bins
  const binOf = new Uint8Array(values.length)
  digitizeInto(values, cuts, binOf)
  const members: number[][] = Array.from({ length: bins }, () => [])
  binOf.forEach((bin, row) => {
    members[bin]!.push(row)
  })
  return members.filter((rows) => rows.length > 0).map((rows) => reliabilityBin(rows, labels, values))
}

function reliabilityBin(rows: readonly number[], labels: ArrayLike<number>, values: Float64Array): ReliabilityBin {
  const n = rows.length
  let ones = 0
  for (const row of rows) ones += labels[row]!
  const predicted = meanOf(n, (i) => values[rows[i]!]!)
  return { rows: n, predicted, observed: ones / n, ...wilsonInterval(ones, n) }
}

/** 95 % quantile of the normal distribution, for a two-sided interval of 90 %. */
const Z90 = 1.6448536269514722

function wilsonInterval(ones: number, n: number): { readonly low: number; readonly high: number } {
  const share = ones / n
  const z2 = (Z90 * Z90) / n
  const centre = share + z2 / 2
  const reach = Math.sqrt(z2 * (share * (1 - share) + z2 / 4))
  // The ends are exact where the formula would round past them.
  const low = ones === 0 ? 0 : (centre - reach) / (1 + z2)
  const high = ones === n ? 1 : (centre + reach) / (1 + z2)
  return { low, high }
}

function checkRows(caller: string, labels: ArrayLike<number>, probabilities: ArrayLike<number>): void {
  checkProbabilities(caller, labels, probabilities)
  countPositives(caller, labels)
}

function meanOf(n: number, value: (i: number) => number): number {
  const values = new Float64Array(n)
  for (let i = 0; i < n; i++) values[i] = value(i)
  return compensatedSum(values) / n
}
