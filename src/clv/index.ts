// `clientele/clv`: everything of lifetime value. The names that most need are in `clientele` too.

export {
  type BacktestBaseline,
  type BacktestModel,
  type BacktestOptions,
  type BacktestRound,
  type BacktestScore,
  backtest,
  backtestAsync,
} from '../backtest/backtest.ts'
export type { BaselineName } from '../backtest/baselines.ts'
export { type AliveHistory, type AliveHistoryOptions, aliveHistory } from './aliveHistory.ts'
export { type BgBbModel, type BgBbParams, bgBbModel, fitBgBb } from './bgBb/bgBb.ts'
export { type DiscountedPurchasesOptions, discountedPurchases, probabilityAliveAfter } from './bgBb/periodForecasts.ts'
export {
  type BgCnbdKDiagnostics,
  type BgCnbdKModel,
  type BgCnbdKOptions,
  type BgCnbdKParams,
  bgCnbdKModel,
  fitBgCnbdK,
  type RegularityLikelihood,
} from './bgNbd/bgCnbdK.ts'
export { type BgNbdModel, bgNbdModel, fitBgNbd } from './bgNbd/bgNbd.ts'
export type { BgNbdParams } from './bgNbd/bgNbdFit.ts'
export { fitMbgNbd, type MbgNbdModel, mbgNbdModel } from './bgNbd/mbgNbd.ts'
export { compareModels, type ModelComparison } from './compareModels.ts'
export {
  type BetaDiscreteWeibullModel,
  type BetaDiscreteWeibullParams,
  betaDiscreteWeibullModel,
  fitBetaDiscreteWeibull,
} from './contract/betaDiscreteWeibull.ts'
export {
  type ContractColumns,
  type ContractHistories,
  contractHistories,
  contractHistoriesFromSurvivors,
} from './contract/contractHistories.ts'
export {
  type ContractLifetimeOptions,
  expectedLifetime,
  expectedResidualLifetime,
} from './contract/contractLifetime.ts'
export type { ContractModel } from './contract/contractModel.ts'
export {
  churnProbability,
  logChurnProbability,
  logSurvivalProbability,
  retentionRate,
  survivalProbability,
} from './contract/retention.ts'
export {
  fitShiftedBetaGeometric,
  type ShiftedBetaGeometricModel,
  type ShiftedBetaGeometricParams,
  shiftedBetaGeometricModel,
} from './contract/shiftedBetaGeometric.ts'
export { type SimulateContractsOptions, simulateContracts } from './contract/simulateContracts.ts'
export {
  type CalendarHistories,
  type CalendarHistoriesOptions,
  calendarHistories,
} from './covariates/calendarHistories.ts'
export type { CovariateBaseName } from './covariates/covariateBase.ts'
export type { CovariateEffect, CovariateRole, MovedParameter } from './covariates/covariateEffect.ts'
export type { CovariateParams } from './covariates/covariateParams.ts'
export { type CovariateValues, modelOfCustomer } from './covariates/customerModels.ts'
export { inOperationalTime, type OperationalTime, type OperationalTimeOptions } from './covariates/inOperationalTime.ts'
export { type PurchaseCalendar, type PurchaseCalendarOptions, purchaseCalendar } from './covariates/purchaseCalendar.ts'
export {
  fitPurchaseCovariates,
  type PurchaseCovariatesModel,
  type PurchaseCovariatesOptions,
  purchaseCovariatesModel,
} from './covariates/purchaseCovariates.ts'
export { type SeasonalForecast, type SeasonalForecastOptions, seasonalForecast } from './covariates/seasonalForecast.ts'
export {
  fitSeasonalPurchases,
  type SeasonalPurchasesModel,
  type SeasonalPurchasesOptions,
  seasonalPurchasesModel,
} from './covariates/seasonalPurchases.ts'
export { type SimulateSeasonalOptions, simulateSeasonalHistories } from './covariates/simulateSeasonalHistories.ts'
export { fitSpendCovariates, spendCovariatesModel } from './covariates/spendCovariates.ts'
export { type SeasonalSummary, withCalendar } from './covariates/withCalendar.ts'
export { type CustomerCovariates, type DescribedSummary, withCovariates } from './covariates/withCovariates.ts'
export type { CustomerModel, SummaryModel } from './customerProcesses.ts'
export { type DiscountedResidualPurchasesOptions, discountedResidualPurchases } from './discountedResidualPurchases.ts'
export type { DiscountRate } from './discounting.ts'
export { expectedPurchases, expectedPurchasesOfNewCustomer } from './expectedPurchases.ts'
export type { ExpectedValue, ValueParts } from './expectedValue.ts'
export type { FitDiagnostics, FittedDiagnostics, GivenDiagnostics, LogCovariance } from './fitDiagnostics.ts'
export type { FittedModel } from './fittedModels.ts'
export { type FrequencyClass, type FrequencyClassesOptions, frequencyClasses } from './frequencyClasses.ts'
export {
  expectedSpend,
  fitGammaGamma,
  type GammaGammaDiagnostics,
  type GammaGammaModel,
  type GammaGammaOptions,
  type GammaGammaParams,
  gammaGammaModel,
  type SpendCovariatesModel,
  type SpendModel,
} from './gammaGamma/gammaGamma.ts'
export { type SpendIndependence, spendIndependence } from './gammaGamma/spendIndependence.ts'
export { type Heterogeneity, type HeterogeneityOptions, heterogeneity, type Spread } from './heterogeneity.ts'
export { type HistoryMatrix, type HistoryMatrixOptions, historyMatrix } from './historyMatrix.ts'
export type { LifetimeTerms, LifetimeValueOptions, RetentionCost } from './lifetimeTerms.ts'
export { type LifetimeValue, lifetimeValue } from './lifetimeValue.ts'
export type { HistoriesOf, LikelihoodModel } from './likelihoodOf.ts'
export { type LikelihoodRatioTest, likelihoodRatioTest } from './likelihoodRatioTest.ts'
export { logLikelihood } from './logLikelihood.ts'
export { fitNbd, type NbdModel, type NbdParams, nbdModel } from './nbd/nbd.ts'
export type { OneCustomer } from './oneCustomer.ts'
export { fitParetoNbd, type ParetoNbdModel, type ParetoNbdParams, paretoNbdModel } from './paretoNbd/paretoNbd.ts'
export {
  type PeriodColumns,
  type PeriodHistories,
  type PeriodHistoriesOptions,
  periodHistories,
  periodHistoriesFromColumns,
  type TransactionHistories,
} from './periodHistories.ts'
export { type PosteriorRates, posteriorRates } from './posteriorRates.ts'
export { logProbabilityAlive, type ProbabilityAliveOptions, probabilityAlive } from './probabilityAlive.ts'
export {
  type NewCustomerDistributionOptions,
  type PurchaseDistribution,
  type PurchaseDistributionOptions,
  probabilityOfNoPurchase,
  purchaseDistribution,
  purchaseDistributionOfNewCustomer,
} from './purchaseDistribution.ts'
export type { PurchaseModel, TransactionModel } from './purchaseModel.ts'
export { type PurchasePeriods, purchasePeriods } from './purchasePeriods.ts'
export { type SimulateHistoriesOptions, type SimulatePeriodsOptions, simulateHistories } from './simulateHistories.ts'
export { type DataAnswer, type DataVerdict, dataVerdict, type Support } from './suitability/dataVerdict.ts'
export {
  type PurchaseDiagnostics,
  type PurchaseDiagnosticsOptions,
  purchaseDiagnostics,
  type SuitableModel,
} from './suitability/purchaseDiagnostics.ts'
export type { Regularity } from './suitability/regularity.ts'
export type { RenewalPeriod, RenewalRhythm } from './suitability/renewalRhythm.ts'
export type { Seasonality } from './suitability/seasonality.ts'
export { type ForecastTrack, type TrackForecastOptions, trackForecast } from './trackForecast.ts'
export {
  type Bootstrap,
  type BootstrapOptions,
  bootstrapModel,
  bootstrapModelAsync,
} from './uncertainty/bootstrapModel.ts'
export {
  calibratePurchaseIntervals,
  calibrateValueIntervals,
  type PurchaseCalibrationOptions,
  type ValueCalibrationOptions,
} from './uncertainty/calibrateIntervals.ts'
export type { IntervalCalibration } from './uncertainty/conformalLevel.ts'
export {
  type ParameterCovariance,
  type ParameterCovarianceOptions,
  parameterCovariance,
} from './uncertainty/parameterCovariance.ts'
export {
  type ParameterIntervals,
  type ParameterIntervalsOptions,
  parameterIntervals,
} from './uncertainty/parameterIntervals.ts'
export {
  type PurchaseIntervals,
  type PurchaseIntervalsOptions,
  purchaseIntervals,
} from './uncertainty/purchaseIntervals.ts'
export type { ValueIntervals } from './valueIntervals.ts'
