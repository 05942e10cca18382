// Single starts of k-means from greedy k-means++, on rows that do not fall into k clusters by themselves.
import { fitKMeans } from 'clientele'
import { blobs, rowsOf } from './data.js'
import { mustHold } from './harness.js'
import { packagePeer } from './peers/packages.js'

const WIDTH = 8
const K = 8
const CENTRES = 24
const ITERATIONS = 300
/** One start ends in a good optimum or a bad one by luck: the mean of several says what an algorithm is worth. */
const SEEDS = [1, 2, 3, 4, 5]

export async function bench({ race, sizes, powerText, python }) {
  const rows = []
  for (const size of sizes({ small: [1e4], full: [1e4, 1e5] })) {
    const matrix = blobs(size, WIDTH, CENTRES)
    const data = rowsOf(matrix)
    // Starts are tried on all rows, as the others do; by default ours are tried on 5,000.
    const options = { k: K, restarts: 1, startRows: size, maxIterations: ITERATIONS, scaling: 'none' }
    const peer = await packagePeer('ml-kmeans', ({ kmeans }) => () => {
      const fits = SEEDS.map((seed) => kmeans(data, K, { seed, maxIterations: ITERATIONS, initialization: 'kmeans++' }))
      return mean(fits.map(({ clusters, centroids }) => inertia(data, clusters, centroids)))
    })
    const request = { width: WIDTH, k: K, seeds: SEEDS, iterations: ITERATIONS }
    rows.push(
      ...(await race({
        work: `k-means, k = ${K}, ${SEEDS.length} starts`,
        size: `${powerText(size)} × ${WIDTH}`,
        contestants: {
          clientele: () => mean(SEEDS.map((seed) => fitKMeans(matrix, { ...options, seed }).inertia)),
          ...peer,
          ...python.contestant('scikit-learn', 'kMeans', powerText(size), { values: matrix.values }, request),
        },
        check(answer, _, ours) {
          mustHold(ours <= 1.01 * answer, `our mean inertia is ${ours}, more than 1 % above ${answer}`)
          return `mean inertia ${Math.round(answer).toLocaleString('en-US')}`
        },
      })),
    )
  }
  return rows
}

function inertia(data, clusters, centroids) {
  let sum = 0
  data.forEach((row, i) => {
    const centroid = centroids[clusters[i]]
    for (let j = 0; j < row.length; j++) sum += (row[j] - centroid[j]) ** 2
  })
  return sum
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
