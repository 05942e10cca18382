import { logLoss } from '../../src/metrics/calibration.ts'
import { areaUnderRoc } from '../../src/metrics/ranking.ts'
import { type FeatureMatrix, takeRows } from '../../src/table/featureMatrix.ts'

/** Mean area under the ROC curve and log loss over the folds, each predicted by a model fitted on the others. */
export function crossValidated<Model>(
  data: { readonly matrix: FeatureMatrix; readonly labels: Uint8Array; readonly folds: readonly number[] },
  train: (matrix: FeatureMatrix, labels: Uint8Array) => Model,
  predict: (model: Model, matrix: FeatureMatrix) => Float64Array,
): { readonly auc: number; readonly loss: number } {
  const { matrix, labels, folds } = data
  const names = [...new Set(folds)]
  let auc = 0
  let loss = 0
  for (const fold of names) {
    const training = Uint32Array.from([...folds.keys()].filter((row) => folds[row] !== fold))
    const test = Uint32Array.from([...folds.keys()].filter((row) => folds[row] === fold))
    const model = train(
      takeRows(matrix, training),
      Uint8Array.from(training, (row) => labels[row]!),
    )
    const predicted = predict(model, takeRows(matrix, test))
    const actual = Uint8Array.from(test, (row) => labels[row]!)
    auc += areaUnderRoc(actual, predicted) / names.length
    loss += logLoss(actual, predicted) / names.length
  }
  return { auc, loss }
}
