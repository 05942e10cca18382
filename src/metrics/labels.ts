import { badOption, checkLength, checkList } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'

/** Number of ones among `labels`; `BAD_OPTION` if a label is neither 0 nor 1. */
export function countPositives(caller: string, labels: ArrayLike<number>): number {
  let positives = 0
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    if (label !== 0 && label !== 1) throw badOption(caller, `labels[${i}]`, '0 or 1', label)
    positives += label
  }
  return positives
}

/** Number of ones among `labels`; `NOT_ENOUGH_DATA` unless there are ones and zeros, since one class ranks nothing. */
export function countBothClasses(caller: string, labels: ArrayLike<number>): number {
  const positives = countPositives(caller, labels)
  if (positives > 0 && positives < labels.length) return positives
  throw new ClienteleError(
    'NOT_ENOUGH_DATA',
    `${caller}: labels of both classes are needed, got ${positives} ones among ${labels.length}`,
  )
}

/** Throws unless there is one score, not NaN, for each label. */
export function checkScores(caller: string, labels: ArrayLike<number>, scores: ArrayLike<number>): void {
  const rows = checkList(caller, 'labels', labels).length
  checkLength(caller, 'scores', scores, rows)
  for (let i = 0; i < rows; i++) {
    if (typeof scores[i] !== 'number' || Number.isNaN(scores[i]))
      throw badOption(caller, `scores[${i}]`, 'a number', scores[i])
  }
}

/** Throws unless there is one probability, from 0 to 1, for each label, and at least one. */
export function checkProbabilities(caller: string, labels: ArrayLike<number>, probabilities: ArrayLike<number>): void {
  const rows = checkList(caller, 'labels', labels).length
  checkLength(caller, 'probabilities', probabilities, rows)
  if (rows === 0) throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: at least one row is needed, got none`)
  for (let i = 0; i < rows; i++) {
    const p = probabilities[i]!
    if (!(p >= 0 && p <= 1)) throw badOption(caller, `probabilities[${i}]`, 'a number from 0 to 1', p)
  }
}
