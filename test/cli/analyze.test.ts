import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csvRecords } from '../../src/io/csvRecords.ts'
import { decodeModels } from '../../src/model/encodeModel.ts'
import { clientele } from './clientele.ts'

const CDNOW = fileURLToPath(new URL('../../examples/data/cdnow.csv', import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-cli-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

/** A file of purchases, a customer a line and more, that an analysis can be made of. */
function purchases(ids: readonly string[], more: readonly string[] = []): string {
  const rows = ids.flatMap((id, c) => [
    `${id},2024-0${1 + (c % 6)}-03,${10 + c}`,
    `${id},2024-0${2 + (c % 6)}-17,${12 + c}`,
  ])
  return ['id,date,amount', ...rows, ...more].join('\n')
}

const customers = Array.from({ length: 40 }, (_, c) => `c${c}`)

async function given(name: string, content: string): Promise<void> {
  await writeFile(join(folder, name), content)
}

const written = async (out: string): Promise<string[]> => (await readdir(join(folder, out)).catch(() => [])).sort()

describe('the main job on CDNOW', () => {
  test('prints the segments and writes customers, report and models', async () => {
    const args = [
      'analyze',
      CDNOW,
      '--customer',
      'id',
      '--time',
      'date',
      '--value',
      'amount',
      '--as-of',
      '1998-06-30',
      '--out',
      'cdnow',
    ]
    const { code, out, err } = await clientele(args, folder)
    expect(err).toBe('') // in a pipe there is no progress
    expect(code).toBe(0)
    expect(out).toContain('69659 rows, 23570 customers')
    expect(out).not.toContain('Guessed')
    expect(out).toMatch(/^Segment +Customers +Share +Revenue +Churn risk +CLV$/m)
    expect(out).toMatch(/^All +23,570 +100\.0 % +2,500,315\.63 /m)
    expect(await written('cdnow')).toEqual(['customers.csv', 'models.json', 'report.html'])
    const [header, ...rows] = [...csvRecords(await readFile(join(folder, 'cdnow', 'customers.csv'), 'utf8'), ',')]
    expect(rows.length).toBe(23_570)
    expect(header!.fields).toEqual([
      'customer',
      'recency_score',
      'frequency_score',
      'monetary_score',
      'segment',
      'cluster',
      'purchases',
      'total',
      'weeks_since_last',
      'probability_alive',
      'churn_risk',
      'expected_purchases',
      'lifetime_value',
      'lifetime_value_low',
      'lifetime_value_high',
    ])
    const totalAt = header!.fields.indexOf('total')
    expect(rows.reduce((cents, { fields }) => cents + Math.round(100 * Number(fields[totalAt])), 0)).toBe(250_031_563)
    const models = decodeModels(await readFile(join(folder, 'cdnow', 'models.json'), 'utf8'))
    expect(models.map(({ kind }) => kind)).toEqual(['rfm', 'kMeans', 'bgNbd', 'gammaGamma', 'churn'])
    expect(await readFile(join(folder, 'cdnow', 'report.html'), 'utf8')).toMatch(/^<!DOCTYPE html>/)
  })
})

describe('guesses', () => {
  test('are printed', async () => {
    await given('guess.csv', purchases(customers))
    const { out, code } = await clientele(['analyze', 'guess.csv', '--out', 'guess'], folder)
    expect(code).toBe(0)
    expect(out).toContain(
      'Guessed: customer = "id", time = "date", value = "amount"\nAs of 2024-07-17, the last day in the data',
    )
  })
})

describe('bad input', () => {
  test('a missing column: exit 2 and one line with the column, the file and the columns found', async () => {
    await given('columns.csv', purchases(customers))
    const { code, out, err } = await clientele(
      ['analyze', 'columns.csv', '--customer', 'kunde', '--out', 'none'],
      folder,
    )
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toBe('clientele: columns.csv has no column "kunde" for the customer; it has "id", "date", "amount"\n')
    expect(await written('none')).toEqual([])
  })

  test('malformed rows are listed and counted, and the rest goes on', async () => {
    const ids = Array.from({ length: 80 }, (_, c) => `c${c}`)
    await given('some.csv', purchases(ids, ['c1,never,5']))
    const { code, out } = await clientele(['analyze', 'some.csv', '--out', 'some'], folder)
    expect(code).toBe(0)
    expect(out).toContain('some.csv: 161 rows, 80 customers')
    expect(out).toContain('Rejected: 1 row, first line 162, column "date": "never" is not a date that we know')
    const rejected = await readFile(join(folder, 'some', 'rejected.csv'), 'utf8')
    expect(rejected).toBe(
      'line,reason,text\n162,"column ""date"": ""never"" is not a date that we know","c1,never,5"\n',
    )
    expect(await readFile(join(folder, 'some', 'report.html'), 'utf8')).toContain('Rows that could not be read')
    await given('some.csv', purchases(ids))
    await clientele(['analyze', 'some.csv', '--out', 'some'], folder)
    expect(await written('some')).toEqual(['customers.csv', 'models.json', 'report.html'])
  })

  test('too many of them: exit 3, and only the list is written', async () => {
    await given('many.csv', purchases(customers, ['c1,never,5', 'c2,2024-05-01']))
    const { code, err } = await clientele(['analyze', 'many.csv', '--out', 'many'], folder)
    expect(code).toBe(3)
    expect(err).toContain('2 of 82 rows could not be read, more than 1 %')
    expect(await written('many')).toEqual(['rejected.csv'])
    const allowed = await clientele(['analyze', 'many.csv', '--out', 'many', '--max-rejected', '5%'], folder)
    expect(allowed.code).toBe(0)
  })

  test.each([
    ['a file that is not there', ['analyze', 'nothing.csv'], 2, 'cannot read nothing.csv'],
    ['no file', ['analyze'], 2, "missing required argument 'file'"],
    ['an option that does not exist', ['analyze', 'guess.csv', '--shoes'], 2, "unknown option '--shoes'"],
    ['a command that does not exist', ['analyse'], 2, "unknown command 'analyse'"],
    ['a number that is none', ['analyze', 'guess.csv', '--weeks', 'few'], 2, 'It must be a number above 0'],
    [
      'a day that is none',
      ['analyze', 'guess.csv', '--as-of', '30.06.1998'],
      2,
      '--as-of must be a day written YYYY-MM-DD',
    ],
    ['a time zone that is none', ['analyze', 'guess.csv', '--time-zone', 'Nowhere'], 2, '--time-zone must be'],
    [
      'a file of another format',
      ['analyze', 'lines.ndjson'],
      2,
      'lines.ndjson is NDJSON: update and readEvents read it',
    ],
    ['a file that is no gzip after all', ['analyze', 'cut.csv.gz'], 2, 'cut.csv.gz is gzip that is damaged or cut off'],
    ['a day before everything', ['analyze', 'guess.csv', '--as-of', '1999-01-01'], 4, 'nobody had bought'],
    ['a file without rows', ['analyze', 'header.csv'], 4, 'no events'],
    ['a file without a header', ['analyze', 'empty.csv'], 2, 'no header line'],
  ])('%s', async (_, args, exit, text) => {
    await given('guess.csv', purchases(customers))
    await given('header.csv', 'id,date,amount\n')
    await given('empty.csv', '')
    await given('lines.ndjson', '{"customer":"ann","time":"2024-05-02","value":3}\n')
    await writeFile(join(folder, 'cut.csv.gz'), gzipSync(purchases(customers)).subarray(0, 40))
    const { code, err } = await clientele([...args, ...(args.length > 1 ? ['--out', 'bad'] : [])], folder)
    expect(err).toContain(text)
    expect(code).toBe(exit)
    expect(await written('bad')).toEqual([])
  })
})

describe('what is counted and read', () => {
  test('a margin is said wherever its money is shown', async () => {
    const { out } = await clientele(['analyze', CDNOW, '--margin', '30%', '--out', 'margin'], folder)
    expect(out).toMatch(/^Segment .* CLV at 30 % margin$/m)
    const page = await readFile(join(folder, 'margin', 'report.html'), 'utf8')
    expect(page).toContain('Expected contribution (margin 30 % of revenue) of today')
    expect(page).toContain('Contribution (margin 30 % of revenue) expected of each customer')
    expect(page).toContain('contribution is what a margin of 30 % leaves of the money expected within 52 weeks')
    expect(page).toContain('Mean contribution')
    expect(page).not.toContain('Mean value')
  })

  test('gzip is unpacked', async () => {
    await writeFile(join(folder, 'packed.csv.gz'), gzipSync(purchases(customers)))
    await given('plain.csv', purchases(customers))
    for (const name of ['packed.csv.gz', 'plain.csv']) {
      expect((await clientele(['analyze', name, '--out', name.slice(0, 5)], folder)).code).toBe(0)
    }
    const table = (out: string): Promise<string> => readFile(join(folder, out, 'customers.csv'), 'utf8')
    expect(await table('packe')).toBe(await table('plain'))
  })
})

describe('places', () => {
  test.each([
    ['a file where the folder should be', ['--out', 'taken'], 'taken is not a folder'],
    ['a folder where a file should be', ['--out', 'folders'], 'there is a folder of that name'],
    ['the file that is read', ['--out', '.'], 'it is the file that is read'],
  ])('%s is refused before any work', async (_, args, text) => {
    await given('customers.csv', purchases(customers))
    await given('taken', '')
    await mkdir(join(folder, 'folders', 'report.html'), { recursive: true })
    const { code, out, err } = await clientele(['analyze', 'customers.csv', ...args], folder)
    expect(err).toContain(text)
    expect([code, out]).toEqual([2, ''])
    expect(await readFile(join(folder, 'customers.csv'), 'utf8')).toBe(purchases(customers))
    expect(await written('folders')).toEqual(['report.html'])
  })

  test('a file whose every row is rejected is listed, not called empty', async () => {
    await given('us.csv', 'id,date,amount\nann,2/26/2024,5\nbob,2/27/2024,6\n')
    const { code, out, err } = await clientele(['analyze', 'us.csv', '--out', 'us'], folder)
    expect(out).toContain('Rejected: 2 rows, first line 2, column "date"')
    expect(err).toContain('2 of 2 rows could not be read')
    expect(code).toBe(3)
    expect(await written('us')).toEqual(['rejected.csv'])
  })

  test('the work goes on when nobody reads what is printed any more', async () => {
    await given('piped.csv', purchases(customers))
    const { code, err } = await clientele(['analyze', 'piped.csv', '--out', 'piped'], folder, (child) =>
      child.stdout!.destroy(),
    )
    expect([code, err]).toEqual([0, ''])
    expect(await written('piped')).toEqual(['customers.csv', 'models.json', 'report.html'])
  })
})

describe('hostile ids', () => {
  const ids = [...customers, '<script>alert(1)</script>', '=1+1', '@SUM(A1)', '__proto__', '\u001b[31mred']

  test('are escaped in the page, defused in the file and harmless on the screen', async () => {
    await given('hostile.csv', purchases(ids))
    const { code, out } = await clientele(['analyze', 'hostile.csv', '--out', 'hostile'], folder)
    expect(code).toBe(0)
    expect(out).not.toContain('\u001b')
    const page = await readFile(join(folder, 'hostile', 'report.html'), 'utf8')
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).not.toContain('<script>alert(1)')
    const found = [...csvRecords(await readFile(join(folder, 'hostile', 'customers.csv'), 'utf8'), ',')].map(
      ({ fields }) => fields[0],
    )
    expect(found).toEqual(expect.arrayContaining(['<script>alert(1)</script>', "'=1+1", "'@SUM(A1)", '__proto__']))
  })

  test('--raw-ids writes them as they are', async () => {
    await given('hostile.csv', purchases(ids))
    await clientele(['analyze', 'hostile.csv', '--out', 'raw', '--raw-ids'], folder)
    expect(await readFile(join(folder, 'raw', 'customers.csv'), 'utf8')).toMatch(/^=1\+1,/m)
  })
})

describe('Ctrl-C', () => {
  // Windows ends a child at once, without a signal that it could handle.
  test.skipIf(process.platform === 'win32')('leaves nothing half-written', async () => {
    const { code, err } = await clientele(['analyze', CDNOW, '--out', 'stopped'], folder, (child) => {
      child.stdout!.once('data', () => child.kill('SIGINT'))
    })
    expect(code).toBe(130)
    expect(err).toBe('clientele: stopped; no file was changed\n')
    expect(await written('stopped')).toEqual([])
  })
})

describe('help', () => {
  test.each([
    ['clientele', ['--help'], ['Commands:', 'analyze', 'Exit codes']],
    [
      'clientele analyze',
      ['analyze', '--help'],
      ['<file>', '--customer', '--as-of', '--max-rejected', '--raw-ids', 'customers.csv', 'Example'],
    ],
  ])('%s', async (_, args, texts) => {
    const { code, out } = await clientele(args, folder)
    expect(code).toBe(0)
    for (const text of texts) expect(out).toContain(text)
  })

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
    expect((await clientele(['--version'], folder)).out).toBe(`${version}\n`)
  })
})
