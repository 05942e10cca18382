// Random forests of as many trees, judged on rows that they did not see.
import { fitForest, predictForest } from 'clientele'
import { halves, labelled, rowsOf } from './data.js'
import { mustHold } from './harness.js'
import { packagePeer } from './peers/packages.js'
import { areaUnderCurve } from './textbook.js'

const WIDTH = 10
const TREES = 25

export async function bench({ race, sizes, powerText, python }) {
  const rows = []
  for (const size of sizes({ small: [500], full: [2000] })) {
    const { train, test } = halves(labelled(2 * size, WIDTH))
    const data = {
      train: train.matrix.values,
      trainLabels: train.labels,
      test: test.matrix.values,
      testLabels: test.labels,
    }
    rows.push(
      ...(await race({
        work: `forest, ${TREES} trees`,
        size: `${powerText(size)} × ${WIDTH}`,
        contestants: {
          clientele: () => fitForest(train.matrix, train.labels, { trees: TREES }),
          ...(await packagePeer('ml-random-forest', (module) => mlForest(module, train))),
          ...python.contestant('scikit-learn', 'forest', powerText(size), data, { width: WIDTH, trees: TREES }),
        },
        check(answer, _, ours) {
          const area = areaOf(answer, test)
          const our = areaOf(ours, test)
          mustHold(our > 0.9, `our AUC is ${our}, which a forest beats on these rows`)
          mustHold(our >= area - 0.01, `our AUC is ${our}, more than 0.01 below ${area}`)
          return `AUC ${area.toFixed(3)}`
        },
      })),
    )
  }
  return rows
}

/** It draws columns once a tree instead of at each split; 3 of 10 is as many as ours, and its fastest. */
function mlForest({ default: { RandomForestClassifier } }, train) {
  const options = { nEstimators: TREES, maxFeatures: 3, replacement: false, noOOB: true, seed: 1 }
  const data = rowsOf(train.matrix)
  const labels = Array.from(train.labels)
  return () => {
    const forest = new RandomForestClassifier(options)
    forest.train(data, labels)
    return forest
  }
}

/** AUC of a forest of ours or of ml-random-forest; Python's is worked out there. */
function areaOf(forest, { matrix, labels }) {
  if (typeof forest === 'number') return forest
  if (forest.kind === 'forest') return areaUnderCurve(predictForest(forest, matrix), labels)
  // Shares of votes, taken from the single trees: `predictProbability` of 2.1.0 counts the first one wrongly.
  const votes = forest.predictionValues(rowsOf(matrix))
  const share = (_, row) => votes.getRow(row).reduce((sum, vote) => sum + vote, 0) / TREES
  return areaUnderCurve(Float64Array.from(labels, share), labels)
}
