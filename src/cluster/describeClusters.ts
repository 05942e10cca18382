import { checkNoOthers, checkObject, checkOptions } from '../core/checks.ts'
import { checkKMeans, type KMeansModel } from './kMeans.ts'

/** How to say that a feature is high or low. */
export interface FeatureWords {
  readonly high: string
  readonly low: string
}

/** Options of `describeClusters`. */
export interface DescribeOptions {
  /** Words for features, by column, before the usual ones. @default {} */
  readonly words?: Readonly<Record<string, FeatureWords>>
}

/**
 * Names each cluster after what sets it apart: its most deviating feature, and the next one if it deviates at least
 * half as much. Deviations are measured from the mean of all rows in the scaled units in which the clusters were
 * found. Clusters that would read alike get further features, and if that does not tell them apart, the one farther
 * from the mean is called stronger.
 *
 * @returns a short label a cluster, all different, in the order of the model. Features without words of their own are
 * called `high name` and `low name`; a cluster in the middle is `average`
 * @example
 * describeClusters(model) // ['bought long ago, few purchases', 'bought lately, many purchases']
 */
export function describeClusters(model: KMeansModel, options: DescribeOptions = {}): string[] {
  const caller = 'describeClusters'
  checkKMeans(caller, model)
  const { words = {}, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkObject(caller, 'words', words)
  const clusters = deviationsOf(model).map((deviations) => traitsOf(deviations, model.columns, words))
  const labels = clusters.map(({ traits, notable }) => inWords(traits, notable))
  for (let count = 2; count <= model.columns.length; count++) {
    const alike = labels.map((label, c) => labels.some((other, o) => o !== c && other === label))
    alike.forEach((isAlike, c) => {
      if (isAlike) labels[c] = inWords(clusters[c]!.traits, count)
    })
  }
  const fromTheMiddle = Array.from(labels.keys()).sort((a, b) => clusters[a]!.distance - clusters[b]!.distance || a - b)
  const unique = [...labels]
  const uses = new Map<string, number>()
  for (const c of fromTheMiddle) {
    const before = uses.get(labels[c]!) ?? 0
    uses.set(labels[c]!, before + 1)
    if (before > 0) unique[c] = `${labels[c]} (stronger${before > 1 ? ` ${before}` : ''})`
  }
  return unique
}

const USUAL_WORDS: Readonly<Record<string, FeatureWords>> = {
  sinceLast: { high: 'bought long ago', low: 'bought lately' },
  purchases: { high: 'many purchases', low: 'few purchases' },
  total: { high: 'high spending', low: 'low spending' },
  repeats: { high: 'many repeat purchases', low: 'few repeat purchases' },
  ageAtLast: { high: 'bought over a long time', low: 'bought over a short time' },
  age: { high: 'old customers', low: 'new customers' },
  meanRepeatValue: { high: 'large purchases', low: 'small purchases' },
}

// A centroid whose features all deviate less than this share of what is typical has none that is worth a word.
const AVERAGE_BELOW = 0.25
const NOTABLE_SHARE = 0.5
const MOST_TRAITS = 2

/** How far each centroid lies from the mean of all rows, in units of the typical deviation of a cluster. */
function deviationsOf({ columns, k, centroids, sizes }: KMeansModel): Float64Array[] {
  const width = columns.length
  const rows = sizes.reduce((sum, size) => sum + size, 0)
  const deviations = Float64Array.from(centroids)
  let squares = 0
  for (let j = 0; j < width; j++) {
    let mean = 0
    for (let c = 0; c < k; c++) mean += (centroids[c * width + j]! * sizes[c]!) / rows
    for (let c = 0; c < k; c++) {
      deviations[c * width + j]! -= mean
      squares += (deviations[c * width + j]! ** 2 * sizes[c]!) / rows
    }
  }
  const typical = squares > 0 ? Math.sqrt(squares / width) : 1
  return Array.from({ length: k }, (_, c) =>
    deviations.subarray(c * width, (c + 1) * width).map((deviation) => deviation / typical),
  )
}

interface Trait {
  readonly column: number
  readonly text: string
}

interface ClusterTraits {
  /** The most deviating first. */
  readonly traits: readonly Trait[]
  /** How many of them are worth a word. */
  readonly notable: number
  /** From the mean of all rows. */
  readonly distance: number
}

function traitsOf(
  deviations: Float64Array,
  columns: readonly string[],
  words: Readonly<Record<string, FeatureWords>>,
): ClusterTraits {
  const size = (column: number): number => Math.abs(deviations[column]!)
  const order = Array.from(columns.keys()).sort((a, b) => size(b) - size(a) || a - b)
  const least = Math.max(AVERAGE_BELOW, NOTABLE_SHARE * size(order[0]!))
  const traits = order.map((column): Trait => {
    const name = columns[column]!
    const { high, low } = words[name] ?? USUAL_WORDS[name] ?? { high: `high ${name}`, low: `low ${name}` }
    return { column, text: deviations[column]! > 0 ? high : low }
  })
  const notable = order.slice(0, MOST_TRAITS).filter((column) => size(column) >= least).length
  return { traits, notable, distance: Math.hypot(...deviations) }
}

/** The first `count` traits, in the order of the columns, so that equal traits read the same. */
function inWords(traits: readonly Trait[], count: number): string {
  if (count === 0) return 'average'
  const named = traits.slice(0, count).sort((a, b) => a.column - b.column)
  return named.map(({ text }) => text).join(', ')
}
