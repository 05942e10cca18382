import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as clv from '../../src/clv/index.ts'
import * as core from '../../src/index.ts'
import * as io from '../../src/io/index.ts'
import { reportOf } from '../../src/report/index.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'

export type OddName = 'undefined' | 'null' | '5' | "'abc'" | '{}' | '[]' | 'NaN'

/** What stands in the place of an argument that it is not. */
export const ODD_VALUES: Readonly<Record<OddName, unknown>> = {
  undefined: undefined,
  null: null,
  '5': 5,
  "'abc'": 'abc',
  '{}': {},
  '[]': [],
  NaN: Number.NaN,
}

/** A call that is right, so that what is changed in it is all that is wrong. */
export interface BaseCall {
  readonly args: readonly unknown[]
  /** Which argument holds the options, whose names are all known. */
  readonly options?: number
  /** What each argument may be nevertheless. */
  readonly accepted: Readonly<Record<number, readonly OddName[]>>
}

/** A call without options. */
function plain(args: readonly unknown[], accepted: BaseCall['accepted'] = {}): BaseCall {
  return { args, accepted }
}

/** A call whose last argument are options, none of which is needed: they may be left out, or be none. */
function free(args: readonly unknown[], accepted: BaseCall['accepted'] = {}): BaseCall {
  const options = args.length - 1
  return { args, options, accepted: { ...accepted, [options]: ['undefined', '{}'] } }
}

/** A call whose last argument are options, some of which are needed. */
function bound(args: readonly unknown[], accepted: BaseCall['accepted'] = {}): BaseCall {
  return { args, options: args.length - 1, accepted }
}

const NUMBER: readonly OddName[] = ['5'] // a horizon or a number of periods

const table = cdnowSample()
const asOf = '1997-09-30'
const horizon = { weeks: 13 }
const { before: summary, after } = core.holdout(table, { cutoff: '1997-10-01', horizon })
const events = [{ type: 'purchase', customer: 'ann', time: '2024-01-01', value: 3 }] as const
const columns = { customer: ['ann'], time: ['2024-01-01'], value: [3] }

const [labels, scores] = [Uint8Array.of(0, 1, 0, 1, 1, 0), [0.1, 0.9, 0.3, 0.6, 0.4, 0.5]]
const matrix = core.featureMatrix({ x: [1, 2, 3, 4, 5, 6] })
const codes = [0, 0, 0, 1, 1, 1]
const boosting = core.fitBoosting(matrix, labels, { trees: 2, minChildWeight: 0 })
const forest = core.fitForest(matrix, labels, { trees: 2, minLeaf: 1 })
const isotonic = core.fitIsotonic(scores, labels)
const kMeans = core.fitKMeans(matrix, { k: 2 })

const rfm = core.fitRfm(summary)
const rfmScores = core.scoreRfm(rfm, summary)
const segments = core.rfmSegments(rfmScores)
const named = { customers: summary.customers, segmentation: segments }
const definition = { bins: 2, by: 'rf', rules: [{ name: 'all' }] } as const

const snapshots = core.churnSnapshots(table, { cutoffs: ['1997-10-01'], horizon })
const churn = core.fitChurn(snapshots, { trees: 2 })
const features = core.churnFeatures(table, { asOf, columns: churn.features })
const analysis = core.analyzeCustomers(table, { asOf: '1998-06-30', maxClusters: 2 })

const bg = clv.fitBgNbd(summary)
const nbd = clv.fitNbd(summary)
const gg = clv.fitGammaGamma(summary)
const ages = core.purchaseAges(table, '0001', { asOf })
const third = core.featureMatrix({ third: Float64Array.from(summary.customers, (_, row) => row % 3) })
const described = clv.withCovariates(summary, { purchases: third, spend: third })
const effects = [{ covariates: 'purchases', on: ['alpha'], columns: ['third'], coefficients: [0.1] }] as const
const bgParams = { r: 0.24, alpha: 4.4, a: 0.8, b: 2.4 }
const covariates = clv.purchaseCovariatesModel({ base: 'bgNbd', params: bgParams, effects, timeUnit: 'week' })
const seasonal = clv.seasonalPurchasesModel({ base: 'bgNbd', params: bgParams, effects, timeUnit: 'week' })
const days = clv.calendarHistories(table, { asOf })
const calendar = clv.purchaseCalendar({
  from: '1997-01-01',
  covariates: core.featureMatrix({ third: Float64Array.from({ length: 30 }, (_, row) => row % 3) }),
  periodDays: 30,
})
const donors = clv.periodHistoriesFromColumns({
  repeats: [2, 0, 1, 3, 4],
  lastPeriod: [3, 0, 2, 4, 6],
  periods: [4, 4, 4, 5, 6],
})
const bgBb = clv.bgBbModel({ params: { alpha: 1, beta: 1, gamma: 1, delta: 2 } })
const contracts = clv.contractHistoriesFromSurvivors([100, 80, 70, 65, 60])
const contract = clv.fitShiftedBetaGeometric(contracts)
const SHOPIFY_HEADER = 'Id,Name,Email,Currency,Subtotal,Total,Created at\n'
const folder = mkdtempSync(join(tmpdir(), 'clientele-'))

const anyList: readonly OddName[] = ['[]'] // nothing is read of nothing

/** A right call of every public function, by entry point and name. */
export const BASE_CALLS: Readonly<Record<string, Readonly<Record<string, BaseCall>>>> = {
  clientele: {
    analyzeCustomers: bound([events, { asOf: '2024-02-01' }]),
    analyzeCustomersAsync: bound([events, { asOf: '2024-02-01' }]),
    chooseClusters: free([matrix, { to: 3 }]),
    chooseClustersAsync: free([matrix, { to: 3 }]),
    checkSegmentMap: bound([definition]),
    churnFeatures: bound([table, { asOf }]),
    churnSnapshots: bound([table, { cutoffs: ['1997-10-01'], horizon }]),
    crossTab: plain([segments, segments]),
    customerColumns: plain([analysis]),
    customerFeatures: plain([summary]),
    customerSummary: bound([table, { asOf }]),
    customerSummaryFromColumns: bound([{ repeats: [1], ageAtLast: [2], age: [3] }, { timeUnit: 'week' }]),
    decodeAccumulator: plain([core.summaryAccumulator().encode()]),
    decodeModel: plain([core.encodeModel(bg)]),
    decodeModels: plain([core.encodeModels([bg])]),
    defaultCutoffs: bound([table, { asOf: '1998-06-30', horizon }]),
    defaultSegmentMap: plain([]),
    describeClusters: free([kMeans, { words: {} }]),
    encodeModel: plain([bg]),
    encodeModels: plain([[bg]], { 0: anyList }),
    evaluateChurn: plain([labels, { model: Float64Array.from(scores), baselines: {} }]),
    eventTable: free([events, {}], { 0: anyList }),
    eventTableFromColumns: free([columns, {}]),
    featureMatrix: plain([{ a: [1, 2] }]),
    fitBoosting: free([matrix, labels, { trees: 2 }]),
    fitBoostingAsync: free([matrix, labels, { trees: 2 }]),
    fitChurn: free([snapshots, { trees: 2 }]),
    fitChurnAsync: free([snapshots, { trees: 2 }]),
    fitForest: free([matrix, labels, { trees: 2 }]),
    fitForestAsync: free([matrix, labels, { trees: 2 }]),
    fitIsotonic: plain([scores, labels]),
    fitKMeans: bound([matrix, { k: 2 }]),
    fitKMeansAsync: bound([matrix, { k: 2 }]),
    fitRecencyBaseline: plain([snapshots]),
    fitRfm: free([summary, {}]),
    gainImportance: plain([boosting]),
    holdout: bound([table, { cutoff: '1997-10-01', horizon }]),
    kMeansCenters: plain([kMeans]),
    lastDay: plain([table]),
    logGaps: plain([table, summary]),
    migration: plain([named, named]),
    naturalBreaks: free([summary, { bins: 3 }]),
    permutationImportance: free([(rows: never) => core.predictBoosting(boosting, rows), matrix, labels, {}]),
    predictBoosting: plain([boosting, matrix]),
    predictChurn: plain([churn, features]),
    predictForest: plain([forest, matrix]),
    predictIsotonic: plain([isotonic, scores], { 1: anyList }),
    predictKMeans: plain([kMeans, matrix]),
    predictRecencyBaseline: plain([core.fitRecencyBaseline(snapshots), summary]),
    profile: plain([segments, { total: summary.total }], { 1: ['{}'] }), // the sizes alone
    purchaseAges: bound([table, '0001', { asOf }]),
    rankRfm: free([summary, {}]),
    recencyFrequencyMap: plain([]),
    rfmCodes: plain([rfmScores]),
    rfmSegments: plain([rfmScores, core.defaultSegmentMap()], { 1: ['undefined'] }),
    rfmSensitivity: plain([summary, { one: {}, ranks: 'ranks' }]),
    scoreRfm: plain([rfm, summary]),
    segmentMap: bound([definition]),
    segmentSizes: plain([segments]),
    summaryAccumulator: free([{}]),
  },
  'clientele/clv': {
    aliveHistory: free([bg, ages, { step: { weeks: 1 } }]),
    backtest: bound([table, { cutoffs: ['1997-10-01'], horizons: [horizon] }]),
    backtestAsync: bound([table, { cutoffs: ['1997-10-01'], horizons: [horizon] }]),
    betaDiscreteWeibullModel: bound([{ params: { alpha: 1, beta: 1, c: 1 } }]),
    bgBbModel: bound([{ params: { alpha: 1, beta: 1, gamma: 1, delta: 1 } }]),
    bgCnbdKModel: bound([{ params: { k: 2, ...bgParams }, timeUnit: 'week' }]),
    bgNbdModel: bound([{ params: bgParams, timeUnit: 'week' }]),
    bootstrapModel: free([bg, summary, { replicates: 20 }]),
    bootstrapModelAsync: free([bg, summary, { replicates: 20 }]),
    calendarHistories: bound([table, { asOf }]),
    calibratePurchaseIntervals: bound([bg, summary, after.purchaseDays, { horizon }]),
    calibrateValueIntervals: bound([bg, gg, summary, after.total, { horizon }]),
    churnProbability: plain([contract, 1], { 1: NUMBER }),
    compareModels: plain([[bg, nbd]]),
    contractHistories: plain([{ periods: [1, 2], left: [true, false] }]),
    contractHistoriesFromSurvivors: plain([[10, 8, 7]]),
    dataVerdict: plain([summary]),
    discountedPurchases: bound([bgBb, donors, { discountRate: 0.1 }]),
    discountedResidualPurchases: bound([bg, summary, { discountRate: { rate: 0.1, per: 'year' } }]),
    expectedLifetime: free([contract, { discountRate: 0.1 }]),
    expectedPurchases: plain([bg, summary, 39], { 2: NUMBER }),
    expectedPurchasesOfNewCustomer: plain([bg, 39], { 1: NUMBER }),
    expectedResidualLifetime: free([contract, 2, { discountRate: 0.1 }], { 1: NUMBER }),
    expectedSpend: plain([gg, summary]),
    fitBetaDiscreteWeibull: plain([contracts]),
    fitBgBb: plain([donors]),
    fitBgCnbdK: free([summary, { k: 1 }]),
    fitBgNbd: plain([summary]),
    fitGammaGamma: free([summary, {}]),
    fitMbgNbd: plain([summary]),
    fitNbd: plain([summary]),
    fitParetoNbd: plain([summary]),
    fitPurchaseCovariates: bound([described, { base: 'bgNbd' }]),
    fitSeasonalPurchases: free([days, calendar, {}]),
    fitShiftedBetaGeometric: plain([contracts]),
    fitSpendCovariates: plain([described]),
    frequencyClasses: free([summary, summary.age, after.purchaseDays, {}]),
    gammaGammaModel: bound([{ params: { p: 6, q: 3, v: 15 } }]),
    heterogeneity: free([bg, {}]),
    historyMatrix: bound([bg, { age: 10, repeats: 3, steps: 3 }]),
    inOperationalTime: bound([seasonal, days, calendar, { until: '1998-01-01' }]),
    lifetimeValue: bound([bg, gg, summary, { horizon: { weeks: 4 }, level: 'none' }]),
    likelihoodRatioTest: plain([nbd, bg]),
    logChurnProbability: plain([contract, 1], { 1: NUMBER }),
    logLikelihood: plain([bg, summary]),
    logProbabilityAlive: plain([bg, summary]),
    logSurvivalProbability: plain([contract, 1], { 1: NUMBER }),
    mbgNbdModel: bound([{ params: bgParams, timeUnit: 'week' }]),
    modelOfCustomer: plain([covariates, { purchases: { third: 1 } }]),
    nbdModel: bound([{ params: { r: 1, alpha: 1 }, timeUnit: 'week' }]),
    parameterCovariance: free([bg, summary, {}]),
    parameterIntervals: free([bg, summary, {}]),
    paretoNbdModel: bound([{ params: { r: 1, alpha: 1, s: 1, beta: 1 }, timeUnit: 'week' }]),
    periodHistories: bound([table, { asOf, period: { weeks: 4 } }]),
    periodHistoriesFromColumns: plain([{ repeats: [1], lastPeriod: [1], periods: [3] }]),
    posteriorRates: plain([bg, summary]),
    probabilityAlive: free([bg, summary, {}]),
    probabilityAliveAfter: plain([bgBb, donors, 1], { 2: NUMBER }),
    probabilityOfNoPurchase: plain([bg, summary, 4], { 2: NUMBER }),
    purchaseCalendar: bound([{ from: '1997-01-01', covariates: matrix }]),
    purchaseCovariatesModel: bound([{ base: 'bgNbd', params: bgParams, effects, timeUnit: 'week' }]),
    purchaseDiagnostics: free([table, {}]),
    purchaseDistribution: free([bg, summary, 4, { max: 2 }], { 2: NUMBER }),
    purchaseDistributionOfNewCustomer: free([bg, 4, { max: 2 }], { 1: NUMBER }),
    purchaseIntervals: free([bg, summary, 4, {}], { 2: NUMBER }),
    retentionRate: plain([contract, 1], { 1: NUMBER }),
    seasonalForecast: bound([seasonal, days, calendar, { until: '1998-01-01' }]),
    seasonalPurchasesModel: bound([{ base: 'bgNbd', params: bgParams, effects, timeUnit: 'week' }]),
    shiftedBetaGeometricModel: bound([{ params: { alpha: 1, beta: 1 } }]),
    simulateContracts: bound([contract, { periods: [3, 3] }]),
    simulateHistories: bound([bg, { ages: [5, 5] }]),
    simulateSeasonalHistories: bound([seasonal, calendar, { firstDays: ['1997-02-01'], asOf }]),
    spendCovariatesModel: bound([
      {
        params: { p: 6, q: 3, v: 15 },
        effects: [{ covariates: 'spend', on: ['v'], columns: ['third'], coefficients: [0.1] }],
      },
    ]),
    spendIndependence: plain([summary]),
    survivalProbability: plain([contract, 1], { 1: NUMBER }),
    trackForecast: free([bg, summary, [1, 2, 3], {}]),
    withCalendar: plain([core.customerSummary(table, { asOf }), days, calendar]),
    withCovariates: plain([summary, { purchases: third }]),
  },
  'clientele/metrics': {
    areaInterval: free([labels, scores, {}]),
    brierScore: plain([labels, scores]),
    compareAreas: free([labels, scores, scores, {}]),
    forecastErrors: plain([[1], [2]]),
    gainCurve: free([labels, scores, {}]),
    giniCoefficient: plain([[1, 2]]),
    liftAt: plain([labels, scores, 0.5]),
    logLoss: plain([labels, scores]),
    lorenzCurve: free([[1, 2], {}]),
    rankCorrelation: plain([
      [1, 2, 3],
      [1, 3, 2],
    ]),
    reliabilityCurve: free([labels, scores, {}]),
    revenueCaught: plain([[1, 2], [1, 2], 0.5]),
    silhouette: free([matrix, codes, {}]),
    topShare: plain([[1, 2], 0.5]),
  },
  'clientele/io': {
    formatCsv: free([{ customer: ['ann'] }, {}], { 0: ['{}'] }), // a header of no columns
    fromCloudEvents: free([[], {}], { 0: anyList }),
    fromGa4: free([[], {}], { 0: anyList }),
    fromPostHog: free([[], {}], { 0: anyList }),
    fromSegment: free([[], {}], { 0: anyList }),
    fromShopifyCsv: free([SHOPIFY_HEADER, {}]),
    fromStripe: free([[], {}], { 0: anyList }),
    fromWooCommerce: free([[], {}], { 0: anyList }),
    readCsv: free(['id,date,amount\nann,2024-05-02,30\n', {}]),
    readEvents: free([['id,date,amount\nann,2024-05-02,30\n'], {}], { 0: anyList }),
    readTextFile: plain(['examples/data/cdnow-sample.csv'], { 0: ["'abc'"] }),
    tableFromBatches: free([io.readEvents(['id,date,amount\nann,2024-05-02,30\n']), {}], { 0: anyList }),
    writeFiles: plain([new Map([[join(folder, 'a.txt'), 'a']]), new AbortController().signal], { 1: ['undefined'] }),
  },
  'clientele/plot': {
    aliveHistoryPlot: free([{ age: [0, 1], alive: [1, 0.9], purchases: [0], unit: 'day' }, {}]),
    clusterScatterPlot: free([
      { sinceLast: [2, 40], purchases: [9, 1], total: [310, 12], cluster: [0, 1], names: ['loyal', 'lost'] },
      {},
    ]),
    concentrationPlot: free([[1, 2], {}]),
    densityPlot: free([{ at: [0, 1], density: [1, 1], mean: 1 }, {}]),
    forecastPlot: free([{ steps: [1, 2], expected: [1, 2], actual: [1, 2], unit: 'week' }, {}]),
    frequencyClassPlot: free([[{ repeats: 0, isLast: false, customers: 1, expected: 1, actual: 1 }], {}]),
    gainPlot: free([[{ name: 'a', curve: { share: [0, 1], recall: [0, 1] } }], {}]),
    historyMatrixPlot: free([
      { unit: 'week', repeats: [0, 1], ageAtLast: [0, 1], horizon: 1, expected: [1, 1, 1, 1], alive: [1, 1, 1, 1] },
      {},
    ]),
    inNotebook: plain(['<svg/>'], { 0: ["'abc'"] }), // the text of a chart is any text
    plotStyle: plain([]),
    reliabilityPlot: free([
      [{ name: 'a', bins: [{ predicted: 0.3, observed: 0.3, low: 0.2, high: 0.4, rows: 9 }] }],
      {},
    ]),
    rfmHeatMapPlot: free([[{ r: 1, f: 1, customers: 1, meanTotal: 2 }], {}]),
    segmentBarPlot: free([[{ name: 'a', customers: 1, revenue: 1 }], {}]),
    silhouettePlot: free([[{ k: 2, silhouette: 0.4 }], {}]),
    valueDistributionPlot: free([[1, 2, 3], {}]),
  },
  'clientele/report': {
    reportHtml: plain([reportOf(analysis)]),
    reportOf: free([analysis, {}]),
  },
  'clientele/workers': {
    workerPool: free([{ threads: 1 }]),
  },
}
