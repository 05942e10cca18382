// `clientele/metrics`: how good a ranking, a probability, a forecast or a clustering is.

export {
  type AreaComparison,
  type AreaInterval,
  type AreaIntervalOptions,
  areaInterval,
  type ConfidenceLevel,
  compareAreas,
} from './areaInterval.ts'
export {
  brierScore,
  logLoss,
  type ReliabilityBin,
  type ReliabilityOptions,
  reliabilityCurve,
} from './calibration.ts'
export { type SilhouetteOptions, silhouette } from './clusterQuality.ts'
export { giniCoefficient, type LorenzCurve, lorenzCurve, topShare } from './concentration.ts'
export { type ForecastErrors, forecastErrors } from './forecastErrors.ts'
export { type GainCurve, gainCurve, liftAt } from './lift.ts'
export { rankCorrelation } from './rankCorrelation.ts'
export { revenueCaught } from './revenueCaught.ts'
