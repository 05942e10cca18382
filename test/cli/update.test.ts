import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { csvRecords } from '../../src/io/csvRecords.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { decodeAccumulator, type SummaryAccumulator } from '../../src/table/summaryAccumulator.ts'
import { cdnow } from '../fixtures/cdnow.ts'
import { clientele } from './clientele.ts'

const CDNOW = fileURLToPath(new URL('../../examples/data/cdnow.csv', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-update-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function given(name: string, rows: readonly string[], header = 'customer,date,amount,order'): Promise<void> {
  await writeFile(join(folder, name), `${[header, ...rows].join('\n')}\n`)
}

async function state(name = 'state.bin'): Promise<SummaryAccumulator> {
  return decodeAccumulator(await readFile(join(folder, name)))
}

const update = (...args: string[]): ReturnType<typeof clientele> => clientele(['update', ...args], folder)

const monday = ['ann,2024-05-06,30,A1', 'bob,2024-05-06,12,B1']
const tuesday = ['ann,2024-05-07,-10,A1', 'eve,2024-05-07,5,E1']

describe('the daily job', () => {
  test('makes the state, adds to it, and prints what became of the events', async () => {
    await given('monday.csv', monday)
    await given('tuesday.csv', tuesday)
    const first = await update('state.bin', 'monday.csv')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toBe(
      [
        'state.bin: new',
        'monday.csv: 2 rows, 2 added',
        'Ledger: 2 events from 1 file, 2024-05-06 to 2024-05-06',
        'Wrote state.bin\n',
      ].join('\n'),
    )
    const second = await update('state.bin', 'tuesday.csv', '--summary', 'out/all.csv', '--time-unit', 'day')
    expect(second).toMatchObject({ code: 0, err: '' })
    expect(second.out).toContain('state.bin: 2 events from 1 file, 2024-05-06 to 2024-05-06\n')
    expect(second.out).toContain('Summary as of 2024-05-07: 3 customers, 47.00 gross - 10.00 refunded = 37.00 net\n')
    expect(await readFile(join(folder, 'out/all.csv'), 'utf8')).toBe(
      [
        'customer,purchases,total,days_since_last,repeats,age_at_last_in_days,age_in_days,mean_repeat_value',
        'ann,1,20,1,0,0,1,0',
        'bob,1,12,1,0,0,1,0',
        'eve,1,5,0,0,0,0,0\n',
      ].join('\n'),
    )
    const before = await update('state.bin', 'monday.csv', '--summary', 'before.csv', '--as-of', '2024-05-06')
    expect(before.out).toContain('Summary as of 2024-05-06: 2 customers, 42.00 gross - 0.00 refunded = 42.00 net\n')
    expect((await readdir(folder)).sort()).toEqual(['before.csv', 'monday.csv', 'out', 'state.bin', 'tuesday.csv'])
  })

  test('CDNOW in three files is CDNOW in one pass', async () => {
    const [header, ...rows] = (await readFile(CDNOW, 'utf8')).trimEnd().split('\n')
    for (const k of [0, 1, 2]) await given(`${k}.csv`, rows.slice(k * 25_000, (k + 1) * 25_000), header)
    const columns = ['--customer', 'id', '--time', 'date', '--value', 'amount']
    expect((await update('state.bin', '0.csv', '1.csv', ...columns)).code).toBe(0)
    expect((await update('state.bin', '2.csv', ...columns, '--summary', 'out.csv')).code).toBe(0)
    const expected = customerSummary(cdnow(), { asOf: '1998-06-30' })
    const [, ...lines] = [...csvRecords(await readFile(join(folder, 'out.csv'), 'utf8'), ',')]
    expect(lines.map(({ fields }) => fields[0])).toEqual(expected.customers)
    expect(lines.map(({ fields }) => Number(fields[1]))).toEqual([...expected.purchases])
    expect(lines.map(({ fields }) => Number(fields[6]))).toEqual([...expected.age])
    // Both sum the same cents; one pass may round in between.
    lines.forEach(({ fields }, c) => void expect(Number(fields[2])).toBeCloseTo(expected.total[c]!, 9))
  })
})

describe('rows that come again', () => {
  test('are dropped by their id, and files may be of any format', async () => {
    await given('a.csv', ['1,ann,2024-05-06,30', '2,bob,2024-05-06,12'], 'row,customer,date,amount')
    const replay = { type: 'purchase', customer: 'bob', time: '2024-05-06', value: 12, id: '2' }
    const fresh = { type: 'purchase', customer: 'eve', time: '2024-05-07', value: 5, id: '3' }
    await writeFile(join(folder, 'b.ndjson'), `${JSON.stringify(replay)}\n${JSON.stringify(fresh)}\n`)
    await update('state.bin', 'a.csv', '--id', 'row')
    const { out, err } = await update('state.bin', 'b.ndjson')
    expect(err).toBe('')
    expect(out).toContain('Ledger: 3 events from 2 files, 2024-05-06 to 2024-05-07, 1 replay dropped')
  })
})

describe('the same file twice', () => {
  test('is skipped with a note, whatever its name, and added with --again', async () => {
    await given('monday.csv', monday)
    await given('copy.csv', monday)
    await update('state.bin', 'monday.csv')
    const skipped = await update('state.bin', 'copy.csv')
    expect(skipped.code).toBe(0)
    expect(skipped.out).toContain('copy.csv: skipped, the same content was added before; add it once more with --again')
    expect(skipped.out).not.toContain('Wrote')
    expect(skipped.out).toContain('Nothing to write: state.bin has it all')
    expect((await state()).ledger.accepted).toBe(2)
    await update('state.bin', 'copy.csv', '--again')
    expect((await state()).ledger.accepted).toBe(4)
  })
})

describe('bad input', () => {
  test('rows that cannot be read are counted, and listed where that is wanted', async () => {
    await given('monday.csv', [...monday, 'bob,never,3,B2'])
    const { code, out } = await update('state.bin', 'monday.csv', '--max-rejected', '50%', '--rejected', 'bad.csv')
    expect(code).toBe(0)
    expect(out).toContain(
      'monday.csv: 3 rows, 2 added, 1 rejected, first line 4, column "date": "never" is not a date that we know',
    )
    expect(out).toContain('Ledger: 2 events from 1 file, 2024-05-06 to 2024-05-06, 1 rejected')
    expect(await readFile(join(folder, 'bad.csv'), 'utf8')).toMatch(/^file,line,reason,text\nmonday.csv,4,/)
  })

  test('too many of them: exit 3, and the state stays as it was', async () => {
    await given('monday.csv', monday)
    await given('tuesday.csv', [...tuesday, 'bob,never,3,B2'])
    await update('state.bin', 'monday.csv')
    const before = await readFile(join(folder, 'state.bin'))
    const { code, err } = await update('state.bin', 'tuesday.csv')
    expect(code).toBe(3)
    expect(err).toContain('1 of 3 rows of tuesday.csv could not be read, more than 1 %')
    expect(await readFile(join(folder, 'state.bin'))).toEqual(before)
  })

  test.each([
    [
      'a state that is none',
      ['monday.csv', 'tuesday.csv'],
      2,
      'monday.csv is no state (these bytes are no encoded accumulator)',
    ],
    ['a state that is damaged', ['damaged.bin', 'tuesday.csv'], 2, 'damaged.bin is no state (the accumulator'],
    ['a state that is the file', ['monday.csv', 'monday.csv'], 2, 'it is the file that is read'],
    ['a file that is not there', ['state.bin', 'nothing.csv'], 2, 'cannot read nothing.csv'],
    [
      'another time zone',
      ['state.bin', 'tuesday.csv', '--time-zone', 'Asia/Tokyo'],
      2,
      '--time-zone must be UTC, as in the state, got "Asia/Tokyo"',
    ],
    [
      'another refund window',
      ['state.bin', 'tuesday.csv', '--refund-days', '7'],
      2,
      '--refund-days must be 90, as in the state, got 7',
    ],
    [
      'another currency',
      ['state.bin', 'tuesday.csv', '--currency', 'USD'],
      2,
      '--currency must be EUR, as in the state, got "USD"',
    ],
    [
      'a day that is none',
      ['state.bin', 'tuesday.csv', '--as-of', 'today'],
      2,
      '--as-of must be a day written YYYY-MM-DD',
    ],
    ['a summary of nothing', ['new.bin', 'header.csv', '--summary', 'out.csv'], 4, 'no events'],
    ['no file', ['state.bin'], 2, "missing required argument 'files'"],
  ])('%s', async (_, args, exit, text) => {
    await given('monday.csv', monday)
    await given('tuesday.csv', tuesday)
    await given('header.csv', [])
    await update('state.bin', 'monday.csv', '--currency', 'EUR')
    const bytes = await readFile(join(folder, 'state.bin'))
    await writeFile(join(folder, 'damaged.bin'), bytes.subarray(0, bytes.length - 9))
    const { code, err } = await update(...args)
    expect(err).toContain(text)
    expect(code).toBe(exit)
    expect(await readFile(join(folder, 'state.bin'))).toEqual(bytes)
    expect(await readdir(folder)).not.toContain('new.bin')
  })
})

describe('two at once', () => {
  const lock = '.state.bin.clientele-lock'

  test('one of them ends in an error, and nothing that was reported is lost', async () => {
    const rows = (name: string): string[] => Array.from({ length: 20_000 }, (_, i) => `${name}${i},2024-05-06,1,`)
    const names = ['a', 'b', 'c']
    for (const name of names) await given(`${name}.csv`, rows(name))
    const endings = await Promise.all(names.map((name) => update('state.bin', `${name}.csv`)))
    const done = endings.filter(({ code }) => code === 0)
    expect(done.length).toBeGreaterThan(0)
    expect((await state()).ledger.accepted).toBe(20_000 * done.length)
    for (const { code, err } of endings) {
      if (code !== 0)
        expect([code, err]).toEqual([2, expect.stringContaining('working on state.bin; nothing was changed')])
    }
    expect(await readdir(folder)).not.toContain(lock)
  })

  test('while another works on the state, it is refused; what a process that is no more left is taken over', async () => {
    await given('monday.csv', monday)
    await writeFile(join(folder, lock), `${process.pid} ${hostname()}`)
    const refused = await update('state.bin', 'monday.csv')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain(`another update (process ${process.pid} on ${hostname()}) is working on state.bin`)
    expect(refused.err).toContain(`or remove ${lock}`)
    // Of another machine that shares the disk nobody knows what runs there.
    const dead = spawnSync(process.execPath, ['--version']).pid
    await writeFile(join(folder, lock), `${dead} elsewhere`)
    expect((await update('state.bin', 'monday.csv')).code).toBe(2)
    await writeFile(join(folder, lock), `${dead} ${hostname()}`)
    expect((await update('state.bin', 'monday.csv')).code).toBe(0)
    expect(await readdir(folder)).toEqual(['monday.csv', 'state.bin'])
  })
})

describe('killed', () => {
  // Windows has no SIGKILL that a test could time.
  test.skipIf(process.platform === 'win32')('at any moment, the state is the old one or the new one', async () => {
    const day = (k: number): string[] =>
      Array.from(
        { length: 20_000 },
        (_, i) => `c${i % 9000},2024-05-${String(k + 1).padStart(2, '0')},${1 + (i % 50)},`,
      )
    await given('0.csv', day(0))
    const start = performance.now()
    await update('state.bin', '0.csv')
    const usual = performance.now() - start
    let killed = 0
    for (let k = 1; k <= 16; k++) {
      await given(`${k}.csv`, day(k % 28))
      const before = (await state()).ledger.accepted
      // From the start of the process to a little after its usual end; the later half meets the writing.
      const delay = usual * (k % 2 === 0 ? k / 16 : 0.6 + k / 40)
      const { code } = await clientele(['update', 'state.bin', `${k}.csv`], folder, (child) => {
        setTimeout(() => child.kill('SIGKILL'), delay)
      })
      if (code === null) killed++
      const after = await state() // decodes: its checksum is right
      expect([before, before + 20_000]).toContain(after.ledger.accepted)
      if (code === 0) expect(after.ledger.accepted).toBe(before + 20_000)
    }
    expect(killed).toBeGreaterThan(0)
  })
})
