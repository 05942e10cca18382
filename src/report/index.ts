export type {
  ChurnFacts,
  ClusterFacts,
  ClusterRow,
  ForecastFacts,
  LeftOutFact,
  LifetimeValueFacts,
  MethodNote,
  ModelFacts,
  Provenance,
  ReportData,
  ReportSource,
  ReportTotals,
  ScorerFacts,
  SegmentRow,
  TopCustomer,
} from './reportData.ts'
export { reportHtml } from './reportHtml.ts'
export { type ReportContext, reportOf } from './reportOf.ts'
