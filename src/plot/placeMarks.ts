import { labelWidth } from './labelText.ts'

/** A value that a chart marks with a line, and the words beside it. */
export interface Mark {
  readonly value: number
  readonly says: string
  readonly dash: string
}

/** Where the words of a marked value stand: in which of the two rows above the bars, and on which side of its line. */
export interface PlacedMark extends Mark {
  readonly row: number
  readonly toLeft: boolean
}

/**
 * Turns the words of the lower value to the left and of the higher to the right, where no line can cross them. Words that
 * find no room there turn round in the upper row, above which the other line does not reach; if neither find any, the
 * lower value keeps the upper row.
 */
export function placeMarks(marks: readonly Mark[], position: (value: number) => number, room: number): PlacedMark[] {
  const [low, high] = marks.toSorted((a, b) => a.value - b.value)
  const needed = (mark: Mark) => labelWidth(mark.says) * 1.15 + 6 // bold, and set off from the line
  const fitsRight = (mark: Mark) => room - position(mark.value) >= needed(mark)
  if (low === undefined) return []
  if (high === undefined) return [{ ...low, row: 1, toLeft: !fitsRight(low) }]
  const lowToLeft = position(low.value) >= needed(low)
  const highToLeft = !fitsRight(high)
  return [
    { ...low, row: lowToLeft ? 1 : 0, toLeft: lowToLeft },
    { ...high, row: lowToLeft && highToLeft ? 0 : 1, toLeft: highToLeft },
  ]
}
