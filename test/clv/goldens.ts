import { readFileSync } from 'node:fs'
import { type CustomerSummary, customerSummary } from '../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'

/** A file of reference values; what each is and how exact it must be met: test/goldens/clv/ORIGIN.md. */
// biome-ignore lint/suspicious/noExplicitAny: the shapes differ from file to file
export function golden(file: string): any {
  return JSON.parse(readGolden(file))
}

/** The CDNOW sample at the end of its calibration period, in weeks. */
export function calibration(): CustomerSummary {
  return customerSummary(cdnowSample(), { asOf: '1997-09-30', timeUnit: 'week' })
}

/** A stress set. Its times are days or seconds; the fit does not mind the difference. */
export function stressSet(name: string): CustomerSummary {
  const rows = readGolden(`stress/${name}.csv`)
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map(Number))
  const column = (k: number): number[] => rows.map((row) => row[k]!)
  return customerSummaryFromColumns({ frequency: column(0), recency: column(1), T: column(2) }, { timeUnit: 'day' })
}

/** A summary in days of histories (x, t_x, T). */
export function histories(...rows: readonly (readonly [x: number, tx: number, T: number])[]): CustomerSummary {
  const column = (k: 0 | 1 | 2): number[] => rows.map((row) => row[k])
  return customerSummaryFromColumns({ repeats: column(0), ageAtLast: column(1), age: column(2) }, { timeUnit: 'day' })
}

/** |value / truth − 1|. */
export function relativeError(value: number, truth: number | string): number {
  return Math.abs(value / Number(truth) - 1)
}

function readGolden(file: string): string {
  return readFileSync(new URL(`../goldens/clv/${file}`, import.meta.url), 'utf8')
}
