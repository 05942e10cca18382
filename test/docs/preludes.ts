/** Models of the first 39 weeks of CDNOW, and what its customers did in the next. */
const CALIBRATED = `
    const { before: summary, after } = holdout(cdnowSample(), {
      cutoff: '1997-10-01', horizon: { weeks: 39 }, timeUnit: 'week',
    })
    const model = fitBgNbd(summary)
    const spend = fitGammaGamma(summary)`

/**
 * What stands before the examples of a source file: code that makes the names which they take for granted. That of the
 * file itself, or else of its nearest folder; files and folders without one need nothing.
 */
export const PRELUDES: Readonly<Record<string, string>> = {
  analysis: `
    const table = cdnowSample()
    const events = Array.from(table.time, (time, i): CustomerEvent => {
      const customer = table.customers[table.offsets.findIndex((offset) => offset > i) - 1]!
      return { type: 'purchase', customer, time, value: table.value[i]! }
    })`,

  backtest: `
    const table = cdnowSample()`,

  churn: `
    const table = cdnowSample()
    const cutoffs = defaultCutoffs(table, { horizon: { weeks: 13 } })
    const training = churnSnapshots(table, { cutoffs: cutoffs.training, horizon: { weeks: 13 } })
    const evaluation = churnSnapshots(table, { cutoffs: [cutoffs.evaluation], horizon: { weeks: 13 } })
    const model = fitChurn(training, { trees: 50 })
    const baseline = fitRecencyBaseline(training)
    const { summary } = churnFeatures(table, { asOf: '1998-06-30' })`,

  cluster: `
    const summary = customerSummary(cdnowSample(), { asOf: '1998-06-30', timeUnit: 'week' })
    const matrix = customerFeatures(summary)
    const model = fitKMeans(matrix, { k: 2 })`,

  'clv/bgBb': `
    const donors = periodHistoriesFromColumns(donations())
    const donations1995 = fitBgBb(donors)`,

  'clv/contract': `
    const contract = fitShiftedBetaGeometric(contractHistoriesFromSurvivors([1000, 869, 743, 653, 593, 551, 517, 491]))`,

  'clv/periodHistories.ts': `
    const table = cdnowSample()`,

  clv: CALIBRATED,

  'clv/covariates': `
    const { before: summary } = holdout(cdnowSample(), {
      cutoff: '1997-10-01', horizon: { weeks: 39 }, timeUnit: 'week',
    })
    const app = summary.customers.map((id) => Number(id) % 2)
    const table = cdnowSample()
    const histories = calendarHistories(table, { asOf: '1997-09-30' })
    const calendar = purchaseCalendar({
      from: '1997-01-01', periodDays: 90, covariates: featureMatrix({ autumn: [0, 0, 1, 1, 0, 0, 1] }),
    })`,

  'clv/suitability/purchaseDiagnostics.ts': `
    const table = cdnowSample()`,

  'io/writeFiles.ts': `
    import { mkdtempSync } from 'node:fs'
    import { tmpdir } from 'node:os'
    const folder = mkdtempSync(tmpdir() + '/clientele-')`,

  learn: `
    const { summary, matrix } = churnFeatures(cdnowSample(), { asOf: '1998-03-31' })
    const { labels } = churnSnapshots(cdnowSample(), { cutoffs: ['1998-04-01'], horizon: { weeks: 13 } })
    const model = fitBoosting(matrix, labels)`,

  'metrics/clusterQuality.ts': `
    const summary = customerSummary(cdnowSample(), { asOf: '1998-06-30', timeUnit: 'week' })
    const matrix = customerFeatures(summary)
    const model = fitKMeans(matrix, { k: 2 })`,

  model: `
    const summary = customerSummary(cdnowSample(), { asOf: '1998-06-30', timeUnit: 'week' })
    const rfm = fitRfm(summary)
    const purchases = fitBgNbd(summary)`,

  plot: `
    const table = cdnowSample()${CALIBRATED}`,

  rfm: `
    const summary = customerSummary(cdnowSample(), { asOf: '1998-06-30', timeUnit: 'week' })
    const scores = scoreRfm(fitRfm(summary), summary)`,

  segment: `
    const table = cdnowSample()
    const summary = customerSummary(table, { asOf: '1998-06-30', timeUnit: 'week' })
    const segments = rfmSegments(scoreRfm(fitRfm(summary), summary))
    const clusters = chooseClusters(customerFeatures(summary), { to: 4 }).segmentation`,

  report: `
    const analysis = analyzeCustomers(cdnowSample(), { asOf: '1998-06-30', maxClusters: 3 })`,

  table: `
    const table = cdnowSample()`,
}

/** The prelude of a source file, named from `src`: its own, or that of the nearest folder that has one. */
export function preludeOf(file: string): string {
  if (file === '') return ''
  return PRELUDES[file] ?? preludeOf(file.slice(0, Math.max(file.lastIndexOf('/'), 0)))
}
