import type { ReliabilityBin } from '../metrics/calibration.ts'
import type { GainCurve } from '../metrics/lift.ts'
import type { RfmCell, SilhouettePoint } from '../plot/index.ts'

/**
 * Everything that the report says, as plain data. Shares and risks are 0 to 1, money is in `currency`, durations are in
 * `timeUnit`s; NaN stands for what is not known and is shown as a dash.
 */
export interface ReportData {
  /** Heading of the page. @default 'Customer analysis' */
  readonly title?: string
  readonly source: ReportSource
  /** Last day that counts, `YYYY-MM-DD`. */
  readonly asOf: string
  /** IANA time zone whose calendar days count. */
  readonly timeZone: string
  /** ISO 4217, or empty if unknown. */
  readonly currency: string
  readonly timeUnit: 'day' | 'week'
  /** How far the predictions look ahead, in words: `'13 weeks'`. */
  readonly horizons: { readonly churn: string; readonly value: string }
  readonly totals: ReportTotals
  /** In the order in which they are shown. */
  readonly segments: readonly SegmentRow[]
  /** Scores from 1 to `bins`; pairs of scores without customers may be missing. */
  readonly rfm: { readonly bins: number; readonly cells: readonly RfmCell[] }
  /** Left out of the page if missing; say why among the `warnings`. */
  readonly clusters?: ClusterFacts
  /** Left out of the page if missing. */
  readonly lifetimeValue?: LifetimeValueFacts
  /** Left out of the page if missing. */
  readonly forecast?: ForecastFacts
  /** Left out of the page if missing. */
  readonly churn?: ChurnFacts
  /** Best first; the page shows what is given, so give some ten or twenty. */
  readonly topCustomers: readonly TopCustomer[]
  /** Everything that was not counted, and every assumption that was made. */
  readonly leftOut: readonly LeftOutFact[]
  /** What a reader must know before believing the numbers. */
  readonly warnings: readonly string[]
  /** Methods beyond those that the page names from the data by itself. */
  readonly methods?: readonly MethodNote[]
  readonly provenance: Provenance
}

/** Where the events came from. */
export interface ReportSource {
  /** Name of the file, or of whatever held the events. */
  readonly file: string
  /** Rows read, rejected ones included. */
  readonly rowsRead: number
  /** Rejected rows by reason. */
  readonly rejected: readonly { readonly reason: string; readonly count: number }[]
  /** Which column of the file was taken for what; `guessed` if nobody said so. */
  readonly columns: readonly { readonly role: string; readonly column: string; readonly guessed: boolean }[]
}

/** The whole customer base in a few numbers. */
export interface ReportTotals {
  readonly customers: number
  readonly purchases: number
  /** Net money of all customers. */
  readonly revenue: number
  /** Customers with more than one purchase day. */
  readonly repeatCustomers: number
  /** First and last day with a purchase, `YYYY-MM-DD`. */
  readonly firstDay: string
  readonly lastDay: string
}

/** One segment, a row of the table of segments. */
export interface SegmentRow {
  readonly name: string
  readonly customers: number
  /** Net money. */
  readonly revenue: number
  /** Mean probability of churn within the horizon. */
  readonly meanChurnRisk: number
  /** Mean money expected of a customer within the horizon. */
  readonly meanLifetimeValue: number
}

/** The clusters, some of their customers, and why there are so many. */
export interface ClusterFacts {
  /** How the customers were grouped, in words: `'k-means on the standardised logarithms of R, F and M'`. */
  readonly method: string
  readonly clusters: readonly ClusterRow[]
  /** Some of the customers, a row each; at most 2,000 are drawn. */
  readonly points: {
    readonly sinceLast: ArrayLike<number>
    readonly purchases: ArrayLike<number>
    readonly total: ArrayLike<number>
    /** Index into `clusters`. */
    readonly cluster: ArrayLike<number>
  }
  /** Mean silhouette for each number of clusters that was tried, ascending by `k`. */
  readonly silhouettes: readonly SilhouettePoint[]
}

/** One cluster, a row of the table of clusters. */
export interface ClusterRow {
  /** What sets these customers apart, in words. */
  readonly name: string
  readonly customers: number
  /** Middle of the cluster in the units of the points. */
  readonly center: { readonly sinceLast: number; readonly purchases: number; readonly total: number }
}

/** What the customers will bring, and the models that say so. */
export interface LifetimeValueFacts {
  /** Money expected of each customer within `horizons.value`, times `margin`, in row order. */
  readonly values: ArrayLike<number>
  /** Share of revenue that the values count. @default 1 */
  readonly margin?: number
  /** How future money was discounted, in words: `'1 % a month'`. */
  readonly discount: string
  /** The models behind it: purchases first, then spend. */
  readonly models: readonly ModelFacts[]
}

/** A fitted model and how the fit went. */
export interface ModelFacts {
  /** `kind` of the model, such as `bgNbd` or `gammaGamma`. */
  readonly kind: string
  /** What a reader calls it: `'BG/NBD'`. */
  readonly name: string
  /** What it says, in a few words: `'when purchases come'`. */
  readonly about: string
  readonly params: readonly { readonly name: string; readonly value: number; readonly standardError: number }[]
  readonly logLikelihood: number
  readonly gradientNorm: number
  /** Of the Hessian, as `FittedDiagnostics` has it. */
  readonly conditionNumber: number
  readonly iterations: number
  readonly converged: boolean
  readonly verdict: 'interior' | 'boundary'
  /** The simpler model that a fit on the boundary amounts to. */
  readonly reducesTo?: string
}

/** Expected against actual purchases of the held-out time, fitted on what came before it. */
export interface ForecastFacts {
  /** First day of the held-out time, `YYYY-MM-DD`. */
  readonly cutoff: string
  readonly unit: 'day' | 'week'
  /** Ends of the steps, ascending, in `unit`s since the cut-off. */
  readonly steps: ArrayLike<number>
  /** Purchases expected in each step. */
  readonly expected: ArrayLike<number>
  /** Purchases made in each step. */
  readonly actual: ArrayLike<number>
}

/** How well the churn model and what it must beat did on customers whose future they had not seen. */
export interface ChurnFacts {
  /** First day of the time on which the scorers were tested, `YYYY-MM-DD`. */
  readonly cutoff: string
  /** Customers in the test. */
  readonly customers: number
  /** Share of them that made no purchase within the horizon. */
  readonly baseRate: number
  /** The model first, then what it must beat. */
  readonly scorers: readonly ScorerFacts[]
  /** AUC of the model minus that of the best baseline, on the same customers, with a paired interval. */
  readonly difference?: { readonly against: string; readonly auc: number; readonly low: number; readonly high: number }
  /** A further sentence. */
  readonly verdict?: string
}

/** How well one scorer tells who will not come back. */
export interface ScorerFacts {
  readonly name: string
  readonly role: 'model' | 'baseline'
  readonly auc: number
  /** 95 % interval of `auc`. */
  readonly aucLow: number
  readonly aucHigh: number
  /** Mean squared error of the probabilities; NaN if the scores are no probabilities. */
  readonly brier: number
  /** How many times as many churners as by chance are among the tenth with the highest scores. */
  readonly lift10: number
  /** Empty if the scores are no probabilities. */
  readonly reliability: readonly ReliabilityBin[]
  /** From nobody chosen to everybody. */
  readonly gain: Pick<GainCurve, 'share' | 'recall'>
}

/** One of the most valuable customers, a row of their table. */
export interface TopCustomer {
  readonly customer: string
  readonly segment: string
  readonly purchases: number
  readonly total: number
  readonly sinceLast: number
  readonly churnRisk: number
  readonly lifetimeValue: number
}

/** Something that was not counted, or an assumption that was made. */
export interface LeftOutFact {
  readonly what: string
  /** How many; NaN for an assumption that counts nothing. */
  readonly count: number
  readonly why: string
}

/** A method and where it comes from. */
export interface MethodNote {
  /** What it is for. */
  readonly topic: string
  /** What was done, in a sentence or two. */
  readonly text: string
  /** Author, year and title. */
  readonly source: string
}

/** What it takes to get the same page again. */
export interface Provenance {
  /** Version of the library. */
  readonly version: string
  /** Seed of everything drawn by chance. */
  readonly seed: number
  /** What to run to get the same page. */
  readonly command: string
}
