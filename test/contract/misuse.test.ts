import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ClienteleError } from '../../src/core/errors.ts'
import { ENTRIES, ROOT } from '../docs/publicNames.ts'
import { BASE_CALLS, type BaseCall, ODD_VALUES, type OddName } from './baseCalls.ts'

type Work = (...args: readonly unknown[]) => unknown

const modules = new Map(
  await Promise.all(
    Object.entries(ENTRIES).map(async ([entry, path]) => [entry, await import(join(ROOT, path))] as const),
  ),
)

/** The functions of an entry; of those that two of them have, in both. */
function functionsOf(entry: string): [name: string, work: Work][] {
  return Object.entries<unknown>(modules.get(entry)).filter(
    (pair): pair is [string, Work] => typeof pair[1] === 'function' && pair[1] !== ClienteleError,
  )
}

function baseCallOf(entry: string, name: string): BaseCall | undefined {
  return BASE_CALLS[entry]?.[name] ?? BASE_CALLS['clientele/clv']![name] ?? BASE_CALLS.clientele![name]
}

/** Does all the work: waits for promises, reads iterables to their end. */
async function answerOf(work: Work, args: readonly unknown[]): Promise<unknown> {
  const answer = await work(...args)
  if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
    for await (const _ of answer as AsyncIterable<unknown>);
  }
  return answer
}

/** What is wrong with how a call was refused, or nothing. */
async function complaint(name: string, work: Work, args: readonly unknown[]): Promise<string> {
  try {
    await answerOf(work, args)
    return 'was accepted'
  } catch (error) {
    if (!(error instanceof ClienteleError)) return `threw ${error}`
    return error.message.startsWith(`${name}: `) ? '' : `says "${error.message}"`
  }
}

async function complaints(
  name: string,
  work: Work,
  calls: readonly (readonly [what: string, args: readonly unknown[]])[],
): Promise<string[]> {
  const wrong: string[] = []
  for (const [what, args] of calls) {
    const said = await complaint(name, work, args)
    if (said !== '') wrong.push(`${what} ${said}`)
  }
  return wrong
}

/** Every call that differs from a right one in one argument, by what differs. */
function misuses({ args, options, accepted }: BaseCall): [what: string, args: readonly unknown[]][] {
  const odd = args.flatMap((_, i) =>
    (Object.keys(ODD_VALUES) as OddName[])
      .filter((value) => !accepted[i]?.includes(value))
      .map((value): [string, unknown[]] => [`argument ${i} = ${value}`, args.with(i, ODD_VALUES[value])]),
  )
  const throughJson = args.flatMap((arg, i): [string, unknown[]][] =>
    holdsColumns(arg) ? [[`argument ${i} from JSON`, args.with(i, JSON.parse(JSON.stringify(arg)))]] : [],
  )
  if (options === undefined) return [...odd, ...throughJson]
  const misspelt = { ...(args[options] as object), timeunit: 'week' }
  return [...odd, ...throughJson, ['an option "timeunit"', args.with(options, misspelt)]]
}

/** Whether typed arrays are among the fields, of which JSON makes objects. */
function holdsColumns(arg: unknown): boolean {
  return typeof arg === 'object' && arg !== null && Object.values(arg).some((field) => ArrayBuffer.isView(field))
}

/** Every call with a model, or options to make one, in which a parameter is missing or no number. */
function brokenParams({ args }: BaseCall): [what: string, args: readonly unknown[]][] {
  return args.flatMap((arg, i) => {
    const { params = {} } = (arg ?? {}) as { readonly params?: object }
    return Object.keys(params).flatMap((name): [string, unknown[]][] =>
      [Number.NaN, undefined].map((value) => [
        `${name} = ${value}`,
        args.with(i, { ...(arg as object), params: { ...params, [name]: value } }),
      ]),
    )
  })
}

describe.each(Object.keys(ENTRIES))('%s', (entry) => {
  test.each(functionsOf(entry))(
    '%s answers a right call and refuses wrong ones in its own name',
    async (name, work) => {
      const base = baseCallOf(entry, name)
      if (base === undefined) throw new Error(`${name} needs a right call among the base calls`)
      await answerOf(work, base.args)
      expect(await complaints(name, work, misuses(base))).toEqual([])
    },
  )
})

/** They compare likelihoods, whatever the parameters. */
const PARAMETERS_UNREAD = ['compareModels', 'likelihoodRatioTest']

test.each(functionsOf('clientele/clv').filter(([name]) => !PARAMETERS_UNREAD.includes(name)))(
  '%s refuses a model without one of its parameters',
  async (name, work) => {
    expect(await complaints(name, work, brokenParams(baseCallOf('clientele/clv', name)!))).toEqual([])
  },
)
