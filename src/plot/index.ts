export { type AliveCurve, aliveHistoryPlot } from './aliveHistoryPlot.ts'
export type { ChartOptions } from './chartOptions.ts'
export {
  type ClusterCenter,
  type ClusterPoints,
  type ClusterScatterOptions,
  clusterScatterPlot,
} from './clusterScatterPlot.ts'
export { type ConcentrationOptions, concentrationPlot } from './concentrationPlot.ts'
export { type DensityCurve, type DensityOptions, densityPlot } from './densityPlot.ts'
export { type ForecastOptions, type ForecastSteps, forecastPlot } from './forecastPlot.ts'
export { frequencyClassPlot } from './frequencyClassPlot.ts'
export { type GainOptions, gainPlot, type ScorerGain } from './gainPlot.ts'
export { type HistoryGrid, type HistoryMatrixPlotOptions, historyMatrixPlot } from './historyMatrixPlot.ts'
export { inNotebook, type NotebookChart } from './notebook.ts'
export { type ReliabilityCurve, reliabilityPlot } from './reliabilityPlot.ts'
export { type RfmCell, type RfmHeatMapOptions, rfmHeatMapPlot } from './rfmHeatMapPlot.ts'
export { type SegmentBar, segmentBarPlot } from './segmentBarPlot.ts'
export { type SilhouetteOptions, type SilhouettePoint, silhouettePlot } from './silhouettePlot.ts'
export { plotStyle } from './theme.ts'
export { type ValueDistributionOptions, valueDistributionPlot } from './valueDistributionPlot.ts'
