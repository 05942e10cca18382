import { groupRows, valuesOf } from '../groupRows.ts'
import type { ModelLikelihood } from '../modelLikelihood.ts'
import { type PeriodHistories, periodHistoriesFromColumns } from '../periodHistories.ts'
import { minimizeBgBb } from './bgBb.ts'
import { bgBbObjective } from './bgBbLikelihood.ts'

/** The likelihood of BG/BB over the distinct histories (x, t_x, n). */
export function bgBbLikelihood(histories: PeriodHistories): Omit<ModelLikelihood, 'parameters' | 'units'> {
  const { repeats, ageAtLast, age } = histories
  const groups = groupRows([repeats, age, ageAtLast])
  const weights = new Float64Array(groups.count)
  groups.groupOf.forEach((group, row) => {
    weights[group]! += histories.weights[row]!
  })
  const [x, last, n] = [repeats, ageAtLast, age].map((column) => valuesOf(groups, column)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const some = (isTaken: (index: number) => boolean, customers: Float64Array): PeriodHistories => {
    const [repeats, lastPeriod, periods, weights] = [x, last, n, customers].map((column) =>
      column.filter((_, i) => isTaken(i)),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array]
    return periodHistoriesFromColumns({ repeats, lastPeriod, periods, weights })
  }
  const reweighted = (customers: Float64Array): PeriodHistories => some((i) => customers[i]! > 0, customers)
  return {
    weights,
    objective: (customers) => bgBbObjective(reweighted(customers)),
    ofHistory: (index) => bgBbObjective(some((i) => i === index, new Float64Array(x.length).fill(1))),
    minimize: (customers, known) => minimizeBgBb(reweighted(customers), [known]),
  }
}
