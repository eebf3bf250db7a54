/** Ten thousand hostile records over HTTP into a whole engine: it lives, refuses each with a reason, and judges everybody else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Packr } from 'msgpackr'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import type { Format } from './core/ports.ts'
import { REJECTION_REASONS } from './core/rejection.ts'
import { allExamples, exampleSettlement } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import { damaged, hostile, mutated, random } from './decode/hostile.ts'
import { skipValue } from './decode/messagepack.ts'
import { startEngine } from './main.ts'
import type { Engine } from './main.ts'

const packr = new Packr({ useRecords: false })
const next = random(0xbad)
const examples = allExamples()
const some = (): Example => examples[next(examples.length)]!

interface Body { readonly type: string, readonly bytes: Uint8Array, readonly hostile: number, readonly neighbours: readonly string[] }
interface Answer { accepted: number, rejected: number, results: Array<{ status: string, identity?: string, reason?: string }> }

let serial = 0
/** A valid record of its own person, whom nobody else's records touch. */
function neighbour (): { record: Example, identity: string } {
  const setl_id = `V${++serial}`
  return { record: exampleSettlement({ setlinfo: { setl_id, mdtrt_id: `M${setl_id}`, psn_no: `N${serial}` } }), identity: `H34170200001/${setl_id}` }
}

const encoded = (record: Example, format: Format): Uint8Array => format === 'json' ? Buffer.from(JSON.stringify(record)) : packr.pack(record)
const oneLine = (bytes: Uint8Array): Uint8Array => bytes.map(byte => (byte === 0x0a ? 0x20 : byte))

function single (format: Format): Body {
  return { type: format === 'json' ? 'application/json' : 'application/msgpack', bytes: hostile(some(), format, next), hostile: 1, neighbours: [] }
}

/** Fourteen hostile records and a neighbour among them. `wrap` puts the records together. */
function several (type: string, format: Format, bad: () => Uint8Array, wrap: (records: Uint8Array[]) => Uint8Array): Body {
  const { record, identity } = neighbour()
  const records = Array.from({ length: 14 }, bad)
  records.splice(next(15), 0, encoded(record, format))
  return { type, bytes: wrap(records), hostile: 14, neighbours: [identity] }
}

/** Of one MessagePack value by the standard; msgpackr writes some types as an extension and a value behind it. */
function wholeValue (): Uint8Array {
  for (;;) {
    const bytes = mutated(some(), 'msgpack', next)
    if (skipValue(bytes, 0, bytes.length) === bytes.length) return bytes
  }
}

const line = (): Uint8Array => oneLine(next(2) === 0 ? hostile(some(), 'json', next) : damaged(Buffer.from(JSON.stringify(some())), next))

const joined = (records: readonly Uint8Array[], open: string, between: string, close: string): Uint8Array =>
  Buffer.concat([Buffer.from(open), ...records.flatMap((record, i) => i === 0 ? [record] : [Buffer.from(between), record]), Buffer.from(close)])

/** 3,000 alone and 7,000 in company: lines of any damage; arrays of records whose form is whole, as nobody can tell where a broken one ends. */
function bodies (): Body[] {
  const all: Body[] = []
  for (let i = 0; i < 3000; i++) all.push(single(i % 2 === 0 ? 'json' : 'msgpack'))
  for (let i = 0; i < 200; i++) all.push(several('application/x-ndjson', 'json', line, records => joined(records, '', '\n', '\n')))
  for (let i = 0; i < 150; i++) {
    all.push(several('application/json', 'json', () => mutated(some(), 'json', next), records => joined(records, '[', ',\n', ']')))
    all.push(several('application/msgpack', 'msgpack', wholeValue, records => Buffer.concat([Buffer.from([0x90 + records.length]), ...records])))
  }
  return all
}

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-hostile-'))
let engine: Engine
beforeAll(async () => {
  engine = await startEngine(loadConfig({ FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: '2', FUNDWATCH_PORT: '0', FUNDWATCH_LOG: 'error' }), { listen: true, inbox: false })
})
afterAll(async () => {
  await engine.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** What the examples say of persons; the first character of a name and the ends of a number may be shown. */
const PERSONAL = /张某|李某|340000195104020020/

async function post (body: Body): Promise<{ status: number, text: string }> {
  const response = await fetch(`${engine.url}/v1/claims`, { method: 'POST', body: new Uint8Array(body.bytes), headers: { 'content-type': body.type } })
  return { status: response.status, text: await response.text() }
}

it('lives through 10,000 of them, says of each why, and judges the 500 others', async () => {
  const all = bodies()
  expect(all.reduce((sum, body) => sum + body.hostile, 0)).toBe(10_000)
  const statuses = new Map<number, number>()
  const reasons = new Map<string, number>()
  const judged = new Set<string>()
  const wanted = new Set<string>()
  let taken = 0
  const queue = all.values()
  await Promise.all(Array.from({ length: 48 }, async () => {
    for (const body of queue) {
      const { status, text } = await post(body)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      expect(text).not.toMatch(PERSONAL)
      for (const identity of body.neighbours) wanted.add(identity)
      if (status === 400) {
        expect(JSON.parse(text)).toMatchObject({ code: 'EMPTY_BODY' })
        reasons.set('empty body', (reasons.get('empty body') ?? 0) + 1)
        continue
      }
      const answer = JSON.parse(text) as Answer
      expect(answer.results).toHaveLength(answer.accepted + answer.rejected)
      if (status === 422) expect(answer).toMatchObject({ accepted: 0, rejected: 1 })
      taken += answer.accepted
      for (const { status: outcome, identity, reason } of answer.results) {
        if (outcome === 'rejected') reasons.set(reason!, (reasons.get(reason!) ?? 0) + 1)
        else if (outcome === 'judged') judged.add(identity!)
      }
    }
  }))
  const counted = Object.fromEntries([...reasons].sort((a, b) => b[1] - a[1]))
  process.stdout.write(`answers ${JSON.stringify(Object.fromEntries(statuses))}, records taken ${taken}, refused ${JSON.stringify(counted)}\n`)
  expect([...statuses.keys()].filter(status => ![200, 400, 422].includes(status))).toEqual([])
  expect(wanted.size).toBe(500)
  expect([...wanted].filter(identity => !judged.has(identity))).toEqual([])
  for (const reason of reasons.keys()) if (reason !== 'empty body') expect(REJECTION_REASONS).toHaveProperty(reason)
  for (const reason of ['not_json', 'not_msgpack', 'hostile_value', 'missing_field', 'bad_number', 'bad_identifier', 'bad_time', 'unknown_kind']) {
    expect(counted[reason] ?? 0, reason).toBeGreaterThan(20)
  }
  expect(counted['judging_failed']).toBeUndefined()

  await engine.settle()
  const kept = Object.fromEntries((await engine.reader.query<{ reason: string, letters: number }>('dead_letters.reasons'))
    .reduce((sums, { reason, letters }) => sums.set(reason, (sums.get(reason) ?? 0) + letters), new Map<string, number>()))
  const { 'empty body': _, ...letters } = counted
  expect(kept).toEqual(letters)
}, 60_000)

it('shows none of their names or numbers in its dead letters', async () => {
  const shown: string[] = []
  for (let skip = 0; ; skip += 500) {
    const response = await fetch(`${engine.url}/v1/dead-letters?limit=500&skip=${skip}`)
    expect(response.status).toBe(200)
    const { dead_letters: page } = await response.json() as { dead_letters: unknown[] }
    if (page.length === 0) break
    shown.push(...page.map(letter => JSON.stringify(letter)))
  }
  expect(shown.length).toBeGreaterThan(3000)
  expect(shown.filter(letter => PERSONAL.test(letter)).slice(0, 5)).toEqual([])
}, 30_000)

it('still answers and judges afterwards', async () => {
  const health = await fetch(`${engine.url}/readyz`)
  expect(health.status).toBe(200)
  const { record, identity } = neighbour()
  const { status, text } = await post({ type: 'application/json', bytes: encoded(record, 'json'), hostile: 0, neighbours: [] })
  expect(status).toBe(200)
  expect((JSON.parse(text) as Answer).results).toMatchObject([{ status: 'judged', identity }])
})
