import { churnFeatures } from '../../src/churn/churnFeatures.ts'
import { fitChurn, predictChurn } from '../../src/churn/churnModel.ts'
import { churnSnapshots } from '../../src/churn/churnSnapshots.ts'
import { fitRecencyBaseline, predictRecencyBaseline } from '../../src/churn/recencyBaseline.ts'
import { customerFeatures } from '../../src/cluster/customerFeatures.ts'
import { fitKMeans, predictKMeans } from '../../src/cluster/kMeans.ts'
import { fitBgBb } from '../../src/clv/bgBb/bgBb.ts'
import { fitBgCnbdK } from '../../src/clv/bgNbd/bgCnbdK.ts'
import { fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { fitMbgNbd } from '../../src/clv/bgNbd/mbgNbd.ts'
import { fitBetaDiscreteWeibull } from '../../src/clv/contract/betaDiscreteWeibull.ts'
import { type ContractHistories, contractHistories } from '../../src/clv/contract/contractHistories.ts'
import { survivalProbability } from '../../src/clv/contract/retention.ts'
import { fitShiftedBetaGeometric } from '../../src/clv/contract/shiftedBetaGeometric.ts'
import { calendarHistories } from '../../src/clv/covariates/calendarHistories.ts'
import { purchaseCalendar } from '../../src/clv/covariates/purchaseCalendar.ts'
import { fitPurchaseCovariates } from '../../src/clv/covariates/purchaseCovariates.ts'
import { seasonalForecast } from '../../src/clv/covariates/seasonalForecast.ts'
import { fitSeasonalPurchases } from '../../src/clv/covariates/seasonalPurchases.ts'
import { fitSpendCovariates } from '../../src/clv/covariates/spendCovariates.ts'
import { type DescribedSummary, withCovariates } from '../../src/clv/covariates/withCovariates.ts'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import { expectedSpend, fitGammaGamma } from '../../src/clv/gammaGamma/gammaGamma.ts'
import { fitNbd } from '../../src/clv/nbd/nbd.ts'
import { fitParetoNbd } from '../../src/clv/paretoNbd/paretoNbd.ts'
import { type PeriodHistories, periodHistories } from '../../src/clv/periodHistories.ts'
import type { TimeUnit } from '../../src/core/timeUnit.ts'
import { fitBoosting, predictBoosting } from '../../src/learn/boosting.ts'
import { fitForest, predictForest } from '../../src/learn/forest.ts'
import { fitIsotonic, predictIsotonic } from '../../src/learn/isotonic.ts'
import type { Model } from '../../src/model/models.ts'
import { fitRfm, rfmCodes, scoreRfm } from '../../src/rfm/rfmScores.ts'
import { type CustomerSummary, customerSummary } from '../../src/table/customerSummary.ts'
import type { EventTable } from '../../src/table/eventTable.ts'
import { type FeatureMatrix, featureMatrix } from '../../src/table/featureMatrix.ts'
import { logGaps } from '../../src/table/logGaps.ts'

/** A model as the contract sees it: how it is fitted on a table, and what it then says of each customer of the table. */
export interface Contestant<M extends Model = Model> {
  readonly kind: M['kind']
  readonly train: (table: EventTable) => M
  /** One number a customer of `summaryOf(table)`. */
  readonly predict: (model: M, table: EventTable) => ArrayLike<number>
  /** Asks it about data in another time unit; for models that know time. */
  readonly foreignUnit?: (model: M, table: EventTable) => unknown
  /** Asks it about a matrix with other columns; for models that know columns. */
  readonly foreignColumns?: (model: M) => unknown
  /** How far predictions may move when events arrive in another order, and why. */
  readonly orderTolerance: number
}

const AS_OF = '1998-06-30'
const CUTOFFS = ['1997-10-01', '1998-01-01']
const HORIZON = { weeks: 13 }

/** The customers that predictions are about. */
export function summaryOf(table: EventTable, timeUnit: TimeUnit = 'week'): CustomerSummary {
  return customerSummary(table, { asOf: AS_OF, timeUnit })
}

/** The same customers, told apart by their ids. */
function described(table: EventTable, timeUnit: TimeUnit = 'week'): DescribedSummary {
  const summary = summaryOf(table, timeUnit)
  const third = featureMatrix({ third: summary.customers.map((id) => (Number(id) % 3 === 0 ? 1 : 0)) })
  return withCovariates(summary, { purchases: third, dropout: third, spend: third })
}

/** Features and labels of one snapshot. */
function question(table: EventTable): { readonly matrix: FeatureMatrix; readonly labels: Uint8Array } {
  return churnSnapshots(table, { cutoffs: ['1998-04-01'], horizon: HORIZON })
}

const stranger = featureMatrix({ shoeSize: [38, 41] })

const rfm: Contestant<ReturnType<typeof fitRfm>> = {
  kind: 'rfm',
  train: (table) => fitRfm(summaryOf(table)),
  predict: (model, table) => rfmCodes(scoreRfm(model, summaryOf(table))),
  foreignUnit: (model, table) => scoreRfm(model, summaryOf(table, 'day')),
  orderTolerance: 0,
}

const kMeans: Contestant<ReturnType<typeof fitKMeans>> = {
  kind: 'kMeans',
  train: (table) => fitKMeans(customerFeatures(summaryOf(table)), { k: 2, seed: 7 }),
  predict: (model, table) => predictKMeans(model, customerFeatures(summaryOf(table))).codes,
  foreignColumns: (model) => predictKMeans(model, stranger),
  orderTolerance: 0, // two clusters of CDNOW are far apart: the same optimum is found from any start
}

const bgNbd: Contestant<ReturnType<typeof fitBgNbd>> = {
  kind: 'bgNbd',
  train: (table) => fitBgNbd(summaryOf(table)),
  predict: (model, table) => expectedPurchases(model, summaryOf(table), 52),
  foreignUnit: (model, table) => expectedPurchases(model, summaryOf(table, 'day'), 52),
  orderTolerance: 1e-9, // sums over customers in another order differ in the last bits, and Newton's steps with them
}

/** What customers did in each four weeks since their first purchase. */
function inPeriods(table: EventTable): PeriodHistories {
  return periodHistories(table, { asOf: AS_OF, period: { weeks: 4 } })
}

const bgBb: Contestant<ReturnType<typeof fitBgBb>> = {
  kind: 'bgBb',
  train: (table) => fitBgBb(inPeriods(table)),
  predict: (model, table) => expectedPurchases(model, inPeriods(table), 13),
  foreignUnit: (model, table) => expectedPurchases(model, summaryOf(table), 13),
  orderTolerance: 1e-9, // as above
}

/** CDNOW knows no contracts: here they end with the last four weeks in which somebody bought. */
function contractsOf({ ageAtLast, age }: PeriodHistories): ContractHistories {
  return contractHistories({
    periods: ageAtLast.map((last, row) => Math.min(last + 1, age[row]!)),
    left: Array.from(ageAtLast, (last, row) => last < age[row]!),
  })
}

const shiftedBetaGeometric: Contestant<ReturnType<typeof fitShiftedBetaGeometric>> = {
  kind: 'shiftedBetaGeometric',
  train: (table) => fitShiftedBetaGeometric(contractsOf(inPeriods(table))),
  predict: (model, table) => inPeriods(table).age.map((periods) => survivalProbability(model, periods)),
  orderTolerance: 1e-9, // as above
}

const betaDiscreteWeibull: Contestant<ReturnType<typeof fitBetaDiscreteWeibull>> = {
  kind: 'betaDiscreteWeibull',
  train: (table) => fitBetaDiscreteWeibull(contractsOf(inPeriods(table))),
  predict: (model, table) => inPeriods(table).age.map((periods) => survivalProbability(model, periods)),
  orderTolerance: 1e-9, // as above
}

const mbgNbd: Contestant<ReturnType<typeof fitMbgNbd>> = {
  kind: 'mbgNbd',
  train: (table) => fitMbgNbd(summaryOf(table)),
  predict: (model, table) => expectedPurchases(model, summaryOf(table), 52),
  foreignUnit: (model, table) => expectedPurchases(model, summaryOf(table, 'day'), 52),
  orderTolerance: 1e-9, // as above
}

const bgCnbdK: Contestant<ReturnType<typeof fitBgCnbdK>> = {
  kind: 'bgCnbdK',
  train: (table) => fitBgCnbdK(summaryOf(table), { k: 2, modified: true, logGaps: logGaps(table, summaryOf(table)) }),
  predict: (model, table) => expectedPurchases(model, summaryOf(table), 52),
  foreignUnit: (model, table) => expectedPurchases(model, summaryOf(table, 'day'), 52),
  orderTolerance: 1e-9, // as above
}

const paretoNbd: Contestant<ReturnType<typeof fitParetoNbd>> = {
  kind: 'paretoNbd',
  train: (table) => fitParetoNbd(summaryOf(table)),
  predict: (model, table) => expectedPurchases(model, summaryOf(table), 52),
  foreignUnit: (model, table) => expectedPurchases(model, summaryOf(table, 'day'), 52),
  orderTolerance: 1e-9, // as above
}

const nbd: Contestant<ReturnType<typeof fitNbd>> = {
  kind: 'nbd',
  train: (table) => fitNbd(summaryOf(table)),
  predict: (model, table) => expectedPurchases(model, summaryOf(table), 52),
  foreignUnit: (model, table) => expectedPurchases(model, summaryOf(table, 'day'), 52),
  orderTolerance: 1e-9, // as above
}

const gammaGamma: Contestant<ReturnType<typeof fitGammaGamma>> = {
  kind: 'gammaGamma',
  train: (table) => fitGammaGamma(summaryOf(table)),
  predict: (model, table) => expectedSpend(model, summaryOf(table)),
  orderTolerance: 1e-9, // as above
}

const purchaseCovariates: Contestant<ReturnType<typeof fitPurchaseCovariates>> = {
  kind: 'purchaseCovariates',
  train: (table) => fitPurchaseCovariates(described(table), { base: 'paretoNbd' }),
  predict: (model, table) => expectedPurchases(model, described(table), 52),
  foreignUnit: (model, table) => expectedPurchases(model, described(table, 'day'), 52),
  orderTolerance: 1e-9, // as above
}

const autumn = purchaseCalendar({
  from: '1997-01-01',
  covariates: featureMatrix({ autumn: Array.from({ length: 30 }, (_, month) => (month % 12 >= 9 ? 1 : 0)) }),
  periodDays: 30,
})

const seasonalPurchases: Contestant<ReturnType<typeof fitSeasonalPurchases>> = {
  kind: 'seasonalPurchases',
  train: (table) => fitSeasonalPurchases(calendarHistories(table, { asOf: AS_OF }), autumn, { base: 'paretoNbd' }),
  predict: (model, table) => {
    const histories = calendarHistories(table, { asOf: AS_OF })
    return seasonalForecast(model, histories, autumn, { until: '1999-05-01' }).expectedPurchases
  },
  foreignUnit: (model, table) =>
    seasonalForecast(model, calendarHistories(table, { asOf: AS_OF, timeUnit: 'day' }), autumn, {
      until: '1999-05-01',
    }),
  orderTolerance: 1e-9, // as above
}

const spendCovariates: Contestant<ReturnType<typeof fitSpendCovariates>> = {
  kind: 'spendCovariates',
  train: (table) => fitSpendCovariates(described(table)),
  predict: (model, table) => expectedSpend(model, described(table)),
  orderTolerance: 1e-9, // as above
}

const boosting: Contestant<ReturnType<typeof fitBoosting>> = {
  kind: 'boosting',
  train: (table) => {
    const { matrix, labels } = question(table)
    return fitBoosting(matrix, labels, { trees: 20 })
  },
  predict: (model, table) => predictBoosting(model, question(table).matrix),
  foreignColumns: (model) => predictBoosting(model, stranger),
  orderTolerance: 1e-9,
}

const forest: Contestant<ReturnType<typeof fitForest>> = {
  kind: 'forest',
  train: (table) => {
    const { matrix, labels } = question(table)
    return fitForest(matrix, labels, { trees: 20, seed: 7 })
  },
  predict: (model, table) => predictForest(model, question(table).matrix),
  foreignColumns: (model) => predictForest(model, stranger),
  orderTolerance: 1, // the bootstrap draws rows by their place: another order is another forest
}

const isotonic: Contestant<ReturnType<typeof fitIsotonic>> = {
  kind: 'isotonic',
  train: (table) => {
    const { summaries, labels } = churnSnapshots(table, { cutoffs: ['1998-04-01'], horizon: HORIZON })
    return fitIsotonic(summaries[0]!.sinceLast, labels)
  },
  predict: (model, table) => predictIsotonic(model, summaryOf(table).sinceLast),
  orderTolerance: 1e-12,
}

const recencyBaseline: Contestant<ReturnType<typeof fitRecencyBaseline>> = {
  kind: 'recencyBaseline',
  train: (table) => fitRecencyBaseline(churnSnapshots(table, { cutoffs: CUTOFFS, horizon: HORIZON })),
  predict: (model, table) => predictRecencyBaseline(model, summaryOf(table)).probability,
  foreignUnit: (model, table) => predictRecencyBaseline(model, summaryOf(table, 'day')),
  orderTolerance: 1e-12,
}

const churn: Contestant<ReturnType<typeof fitChurn>> = {
  kind: 'churn',
  train: (table) => fitChurn(churnSnapshots(table, { cutoffs: CUTOFFS, horizon: HORIZON }), { trees: 20, seed: 7 }),
  predict: (model, table) => predictChurn(model, churnFeatures(table, { asOf: AS_OF, columns: model.features })),
  foreignUnit: (model, table) =>
    predictChurn(model, churnFeatures(table, { asOf: AS_OF, timeUnit: 'day', columns: model.features })),
  foreignColumns: (model) => predictChurn(model, { timeUnit: 'week', matrix: stranger }),
  orderTolerance: 1, // the rows that each tree sees are drawn by their place
}

/** Every model that can be encoded. */
export const CONTESTANTS: readonly Contestant[] = [
  rfm,
  kMeans,
  bgNbd,
  bgBb,
  shiftedBetaGeometric,
  betaDiscreteWeibull,
  mbgNbd,
  bgCnbdK,
  paretoNbd,
  nbd,
  gammaGamma,
  purchaseCovariates,
  seasonalPurchases,
  spendCovariates,
  boosting,
  forest,
  isotonic,
  recencyBaseline,
  churn,
] as unknown as readonly Contestant[]
