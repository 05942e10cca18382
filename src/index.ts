// The public names of the core, floor by floor.

export type { AnalysisOptions, ResolvedAnalysisOptions } from './analysis/analysisOptions.ts'
export { analyzeCustomers, analyzeCustomersAsync } from './analysis/analyzeCustomers.ts'
export type {
  ChurnAnalysis,
  ClusterAnalysis,
  CustomerAnalysis,
  ForecastAnalysis,
  PurchaseAnalysis,
  RfmAnalysis,
  ValueAnalysis,
} from './analysis/customerAnalysis.ts'
export { type CustomerColumns, customerColumns } from './analysis/customerColumns.ts'
export type { Part } from './analysis/part.ts'
export { type ChurnFeatures, type ChurnFeaturesOptions, churnFeatures } from './churn/churnFeatures.ts'
export { type ChurnModel, type ChurnOptions, fitChurn, fitChurnAsync, predictChurn } from './churn/churnModel.ts'
export { type ChurnSnapshotsOptions, churnSnapshots, type Snapshots } from './churn/churnSnapshots.ts'
export { type ChurnCutoffs, type DefaultCutoffsOptions, defaultCutoffs } from './churn/defaultCutoffs.ts'
export {
  type ChurnBaselineEvaluation,
  type ChurnContest,
  type ChurnEvaluation,
  type ChurnScorerEvaluation,
  type ChurnScores,
  evaluateChurn,
} from './churn/evaluateChurn.ts'
export { fitRecencyBaseline, predictRecencyBaseline, type RecencyBaseline } from './churn/recencyBaseline.ts'
export {
  type ChooseClustersOptions,
  type ClusterCandidate,
  type ClusterChoice,
  chooseClusters,
  chooseClustersAsync,
} from './cluster/chooseClusters.ts'
export type { ClusterOptions } from './cluster/clusterOptions.ts'
export { customerFeatures } from './cluster/customerFeatures.ts'
export { type DescribeOptions, describeClusters, type FeatureWords } from './cluster/describeClusters.ts'
export {
  fitKMeans,
  fitKMeansAsync,
  type KMeansModel,
  type KMeansOptions,
  kMeansCenters,
  predictKMeans,
} from './cluster/kMeans.ts'
export type { Scaling, ScalingRule } from './cluster/scaling.ts'
export { type BgBbModel, type BgBbParams, fitBgBb } from './clv/bgBb/bgBb.ts'
export {
  type BgCnbdKDiagnostics,
  type BgCnbdKModel,
  type BgCnbdKOptions,
  type BgCnbdKParams,
  fitBgCnbdK,
  type RegularityLikelihood,
} from './clv/bgNbd/bgCnbdK.ts'
export { type BgNbdModel, bgNbdModel, fitBgNbd } from './clv/bgNbd/bgNbd.ts'
export type { BgNbdParams } from './clv/bgNbd/bgNbdFit.ts'
export { fitMbgNbd, type MbgNbdModel } from './clv/bgNbd/mbgNbd.ts'
export type { ContractModel } from './clv/contract/contractModel.ts'
export { survivalProbability } from './clv/contract/retention.ts'
export {
  fitShiftedBetaGeometric,
  type ShiftedBetaGeometricModel,
  type ShiftedBetaGeometricParams,
} from './clv/contract/shiftedBetaGeometric.ts'
export {
  type DiscountedResidualPurchasesOptions,
  discountedResidualPurchases,
} from './clv/discountedResidualPurchases.ts'
export type { DiscountRate } from './clv/discounting.ts'
export { expectedPurchases, expectedPurchasesOfNewCustomer } from './clv/expectedPurchases.ts'
export type { FitDiagnostics, FittedDiagnostics, GivenDiagnostics, LogCovariance } from './clv/fitDiagnostics.ts'
export {
  expectedSpend,
  fitGammaGamma,
  type GammaGammaDiagnostics,
  type GammaGammaModel,
  type GammaGammaOptions,
  type GammaGammaParams,
  type SpendCovariatesModel,
  type SpendModel,
} from './clv/gammaGamma/gammaGamma.ts'
export { type LifetimeValue, lifetimeValue } from './clv/lifetimeValue.ts'
export { logLikelihood } from './clv/logLikelihood.ts'
export type { OneCustomer } from './clv/oneCustomer.ts'
export { fitParetoNbd, type ParetoNbdModel, type ParetoNbdParams } from './clv/paretoNbd/paretoNbd.ts'
export type {
  PeriodColumns,
  PeriodHistories,
  PeriodHistoriesOptions,
  TransactionHistories,
} from './clv/periodHistories.ts'
export { type ProbabilityAliveOptions, probabilityAlive } from './clv/probabilityAlive.ts'
export {
  type PurchaseDistribution,
  type PurchaseDistributionOptions,
  probabilityOfNoPurchase,
  purchaseDistribution,
} from './clv/purchaseDistribution.ts'
export type { PurchaseModel, TransactionModel } from './clv/purchaseModel.ts'
export { type ForecastTrack, type TrackForecastOptions, trackForecast } from './clv/trackForecast.ts'
export { ClienteleError, type ErrorCode } from './core/errors.ts'
export type { AsyncOptions, Progress } from './core/steps.ts'
export type { Duration, TimeUnit } from './core/timeUnit.ts'
export {
  type BoostingModel,
  type BoostingOptions,
  fitBoosting,
  fitBoostingAsync,
  predictBoosting,
} from './learn/boosting.ts'
export { type ForestModel, type ForestOptions, fitForest, fitForestAsync, predictForest } from './learn/forest.ts'
export { type GainImportance, gainImportance } from './learn/gainImportance.ts'
export { fitIsotonic, type IsotonicModel, predictIsotonic } from './learn/isotonic.ts'
export {
  type PermutationImportance,
  type PermutationImportanceOptions,
  permutationImportance,
} from './learn/permutationImportance.ts'
export type { Trees } from './learn/trees.ts'
export { decodeModel, decodeModels, encodeModel, encodeModels } from './model/encodeModel.ts'
export type { Model } from './model/models.ts'
export { defaultSegmentMap, recencyFrequencyMap } from './rfm/defaultSegmentMap.ts'
export { naturalBreaks } from './rfm/naturalBreaks.ts'
export { type RfmRankOptions, rankRfm } from './rfm/rfmRanks.ts'
export {
  fitRfm,
  type RfmMeasure,
  type RfmModel,
  type RfmOptions,
  type RfmRule,
  type RfmScores,
  rfmCodes,
  scoreRfm,
} from './rfm/rfmScores.ts'
export { rfmSegments } from './rfm/rfmSegments.ts'
export { type RfmConvention, type RfmSensitivity, rfmSensitivity } from './rfm/rfmSensitivity.ts'
export {
  checkSegmentMap,
  type ScoreRange,
  type SegmentMap,
  type SegmentMapDefinition,
  type SegmentMapReport,
  type SegmentRule,
  segmentMap,
} from './rfm/segmentMap.ts'
export { type CrossTab, crossTab, migration, type NamedSegmentation } from './segment/crossTab.ts'
export { type ColumnProfile, type GroupProfile, profile, type SegmentProfile } from './segment/profile.ts'
export type { AccumulatorLedger, AccumulatorOptions, AddOptions } from './table/accumulatorOptions.ts'
export {
  type AttributeEvent,
  type CancelEvent,
  CHANNELS,
  type Channel,
  type ConsentEvent,
  type ContactEvent,
  type CustomerEvent,
  EVENT_TYPES,
  type EventBase,
  type EventType,
  type PurchaseEvent,
  type PurchaseItem,
  type RatingEvent,
  type RefundEvent,
  type ResponseEvent,
  type ServiceEvent,
  type SocialEvent,
  type VisitEvent,
} from './table/customerEvent.ts'
export {
  type CustomerSummary,
  customerSummary,
  type SummaryLedger,
  type SummaryOptions,
} from './table/customerSummary.ts'
export {
  customerSummaryFromColumns,
  type SummaryColumns,
  type SummaryFromColumnsOptions,
} from './table/customerSummaryFromColumns.ts'
export type { EventLedger, EventTable, EventTableOptions, RejectedEvent } from './table/eventTable.ts'
export { type FeatureMatrix, featureMatrix } from './table/featureMatrix.ts'
export { type Future, type Holdout, type HoldoutOptions, holdout } from './table/holdout.ts'
export { lastDay } from './table/lastDay.ts'
export { logGaps } from './table/logGaps.ts'
export { type PurchaseAges, type PurchaseAgesOptions, purchaseAges } from './table/purchaseAges.ts'
export { type Segmentation, segmentSizes } from './table/segmentation.ts'
export {
  decodeAccumulator,
  type SummaryAccumulator,
  summaryAccumulator,
} from './table/summaryAccumulator.ts'
export { type EventColumns, eventTableFromColumns } from './table/tableFromColumns.ts'
export { eventTable } from './table/tableFromEvents.ts'
