// Gradient boosting of shallow trees, judged on rows that it did not see.
import { fitBoosting, predictBoosting } from 'clientele'
import { halves, labelled } from './data.js'
import { mustHold } from './harness.js'
import { areaUnderCurve } from './textbook.js'

const WIDTH = 20
const OPTIONS = { trees: 100, depth: 4, rate: 0.1 }

export async function bench({ race, sizes, powerText, python }) {
  const rows = []
  for (const size of sizes({ small: [1e4], full: [1e5] })) {
    const { train, test } = halves(labelled(2 * size, WIDTH))
    const data = {
      train: train.matrix.values,
      trainLabels: train.labels,
      test: test.matrix.values,
      testLabels: test.labels,
    }
    const areaOf = (answer) =>
      typeof answer === 'number' ? answer : areaUnderCurve(predictBoosting(answer, test.matrix), test.labels)
    rows.push(
      ...(await race({
        work: `boosting, ${OPTIONS.trees} trees of depth ${OPTIONS.depth}`,
        size: `${powerText(size)} × ${WIDTH}`,
        contestants: {
          clientele: () => fitBoosting(train.matrix, train.labels, OPTIONS),
          ...python.contestant('scikit-learn', 'boosting', powerText(size), data, { width: WIDTH, ...OPTIONS }),
        },
        check(answer, _, ours) {
          const [area, our] = [areaOf(answer), areaOf(ours)]
          mustHold(our > 0.9, `our AUC is ${our}, which boosting beats on these rows`)
          mustHold(our >= area - 0.002, `our AUC is ${our}, more than 0.002 below ${area}`)
          return `AUC ${area.toFixed(4)}`
        },
      })),
    )
  }
  return rows
}
