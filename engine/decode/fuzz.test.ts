/** Ten thousand mutated and hostile records: each is refused with a reason of the list or decodes, and none takes long. */
import { expect, it } from 'vitest'
import { maskBytesForShow } from '../core/mask.ts'
import { REJECTION_REASONS } from '../core/rejection.ts'
import { decodeRecord } from './decode-record.ts'
import { allExamples } from './examples.ts'
import { hostile, random } from './hostile.ts'
import { routeKey } from './route-key.ts'
import { splitRecords } from './split.ts'

const RUNS = 10_000
const SLOWEST_MS = 500

it(`refuses or decodes ${RUNS} hostile records, each in its turn`, () => {
  const next = random(0x5eed)
  const examples = allExamples()
  const tally = new Map<string, number>()
  let slowest = 0
  for (let run = 0; run < RUNS; run++) {
    const format = run % 2 === 0 ? 'json' : 'msgpack'
    const bytes = hostile(examples[run % examples.length]!, format, next)
    const started = performance.now()
    const decoded = decodeRecord(bytes, 0, bytes.length, format)
    routeKey(bytes, 0, bytes.length, format)
    const { count, starts, lengths } = splitRecords(bytes, format)
    for (let i = 0; i < count; i++) expect(starts[i]! + lengths[i]!).toBeLessThanOrEqual(bytes.length)
    slowest = Math.max(slowest, performance.now() - started)
    if (run % 10 === 0) expect(typeof maskBytesForShow(bytes, format)).toBe('string')
    const outcome = decoded.ok ? 'accepted' : decoded.rejection.reason
    tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
    if (decoded.ok) continue
    expect(Object.hasOwn(REJECTION_REASONS, decoded.rejection.reason)).toBe(true)
    expect(decoded.rejection.seen.length).toBeLessThanOrEqual(80)
    expect(decoded.rejection.seen).not.toMatch(/张某|340000195104020020/)
  }
  expect(slowest).toBeLessThan(SLOWEST_MS)
  expect(Object.getPrototypeOf({})).toBe(Object.prototype)
  expect('x' in {}).toBe(false)
  for (const reason of ['not_json', 'not_msgpack', 'hostile_value', 'missing_field', 'bad_number', 'bad_identifier', 'bad_time',
    'unknown_code', 'money_identity', 'unknown_kind', 'accepted']) {
    expect(tally.get(reason) ?? 0, reason).toBeGreaterThan(0)
  }
})

it('refuses deep and long input in bounded time', () => {
  const started = performance.now()
  for (const text of ['['.repeat(500_000), '{"a":'.repeat(200_000), `{"infno":"2207","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    `{"infno":"2207","msgid":"${'1'.repeat(900_000)}"}`,
    `{"infno":"2207","setlinfo":{"medfee_sumamt":"${'1'.repeat(900_000)}"}}`]) {
    const bytes = Buffer.from(text)
    expect(decodeRecord(bytes, 0, bytes.length, 'json').ok).toBe(false)
  }
  for (const byte of [0x91, 0x81, 0xdd, 0xd4, 0xc7]) {
    const bytes = new Uint8Array(1_000_000).fill(byte)
    expect(decodeRecord(bytes, 0, bytes.length, 'msgpack').ok).toBe(false)
  }
  expect(performance.now() - started).toBeLessThan(3000)
})
