import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectBalanced, outcomeOf } from './importBalance.ts'
import { type Vendor, vendors } from './vendors.ts'

/** Values that readers trip over. */
const TRAPS: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    '',
    ' ',
    0,
    -1,
    0.1 + 0.2,
    1e308,
    -1e308,
    5e-324,
    2 ** 53,
    1e15,
    '1e999',
    'NaN',
    '٣',
    '1,5',
    '\u0000',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '2024-02-30',
    '275760-09-14T00:00:00Z',
    '9'.repeat(70),
    'x'.repeat(100_000),
  ],
  ...[[], {}, [[]], [null], { id: {} }, { length: 1e9 }, 'EUR', 'eur', 'XXXX', 253_402_300_800, -1e15],
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
]
const trap = fc.oneof(fc.constantFrom(...TRAPS), fc.jsonValue({ maxDepth: 2 }))
const picks = fc.infiniteStream(fc.nat(1_000_000))

/** Copies a record with one value somewhere in it replaced, taken out, or joined by a trap. */
function mutated(record: unknown, picks: Iterator<number>, value: unknown): unknown {
  const copy = structuredClone(record)
  let place = copy
  for (;;) {
    if (typeof place !== 'object' || place === null) return value
    const object = place as Record<string, unknown>
    const names = Object.keys(object)
    if (names.length === 0) return copy
    const name = names[(picks.next().value as number) % names.length]!
    const inner = object[name]
    if (typeof inner === 'object' && inner !== null && (picks.next().value as number) % 4 > 0) {
      place = inner
      continue
    }
    const way = (picks.next().value as number) % 8
    if (way === 0) delete object[name]
    else if (way === 1) Object.defineProperty(object, '__proto__', { value, enumerable: true, configurable: true })
    else object[name] = value
    return copy
  }
}

/** Copies a text with a piece cut out, doubled or replaced. */
function mutatedText(text: string, picks: Iterator<number>, value: unknown): string {
  const from = (picks.next().value as number) % (text.length + 1)
  const to = from + ((picks.next().value as number) % 12)
  const middle = [
    typeof value === 'string' ? value : JSON.stringify(value),
    '',
    '"',
    text.slice(from, to).repeat(2),
    ',',
    '\r',
  ][(picks.next().value as number) % 6]!
  return text.slice(0, from) + middle + text.slice(to)
}

/** An array whose first element, or an object whose first field cannot be read. */
function withThrowing(value: unknown, throwing: PropertyDescriptor): unknown {
  if (typeof value !== 'object' || value === null) return value
  const first = Object.keys(value)[0]
  return first === undefined ? value : Object.defineProperty(value, first, throwing)
}

/** The way there and back of records that came one by one; the rows of a text lean on those before them. */
function expectSameBackwards(read: Vendor['read'], records: readonly unknown[]): void {
  if (typeof records[0] === 'string') return
  assert.deepEqual(outcomeOf(read(records.toReversed())), outcomeOf(read(records)))
}

describe.each(vendors)('hostile records of $name', ({ read, fixture }) => {
  const ordinary = fixture.flat()
  const isText = typeof ordinary[0] === 'string'

  test('10,000 lists of one to three arbitrary records', () => {
    fc.assert(
      fc.property(fc.array(trap, { minLength: 1, maxLength: 3 }), (records) => {
        expectBalanced(read(isText ? records.map((record) => JSON.stringify(record)) : records))
      }),
      { numRuns: 10_000 },
    )
    expectPrototypesClean()
  })

  test('10,000 lists of one to three records of the fixture, mutated, between ordinary ones', () => {
    const pick = fc.nat(ordinary.length - 1)
    const choices = fc.array(fc.tuple(pick, trap), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(choices, fc.array(pick, { maxLength: 2 }), picks, (chosen, others, stream) => {
        const records = chosen.map(([i, value]) => {
          const record = ordinary[i]!
          return typeof record === 'string' ? mutatedText(record, stream, value) : mutated(record, stream, value)
        })
        // Half of the time the record itself is there too, so that mutated ones meet what they tell of.
        const originals = (stream.next().value as number) % 2 === 0 ? chosen.map(([i]) => ordinary[i]!) : []
        const all = [...others.map((i) => ordinary[i]!), ...records, ...originals]
        expectBalanced(read(all))
        expectSameBackwards(read, all)
      }),
      { numRuns: 10_000 },
    )
    expectPrototypesClean()
  })
})

function expectPrototypesClean(): void {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect('polluted' in {}).toBe(false)
}

test('a record that throws when it is looked at is a fault of its own', () => {
  const throwing = {
    get: () => {
      throw new Error('boom')
    },
    enumerable: true,
  }
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  for (const { name, read, fixture } of vendors) {
    if (name === 'Shopify') continue // reads a text
    const ordinary = fixture.flat()
    for (const record of ordinary as object[]) {
      for (const field of Object.keys(record)) {
        const odd = Object.defineProperty({ ...record }, field, throwing)
        const { rejected, ledger } = read([proxy, odd, ...ordinary])
        expect(rejected[0]).toMatchObject({ index: 0, cause: 'fault' })
        expect(ledger.accepted + rejected.length).toBe(ordinary.length + 2)
      }
    }
    const deep = ordinary.map((record) =>
      JSON.parse(JSON.stringify(record), (_, value) => withThrowing(value, throwing)),
    )
    const { rejected, events } = read(deep)
    expect([rejected.length, events]).toEqual([deep.length, []])
  }
})
