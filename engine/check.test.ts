/** Checks against the whole engine: they say what handing in then says, leave no trace, and are answered while records stream in. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { generate } from '../bench/workload/generate.ts'
import type { Raw } from '../bench/workload/types.ts'
import { loadConfig } from './config.ts'
import { exampleMaster, exampleReversal, exampleSettlement, exampleStock } from './decode/examples.ts'
import type { Example } from './decode/examples.ts'
import type { CheckAnswer } from './http/check-answer.ts'
import { startEngine } from './main.ts'
import type { Engine } from './main.ts'

const dirs: string[] = []
let engine: Engine | null = null
afterEach(async () => {
  await engine?.stop()
  engine = null
})
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })

async function start (settings: Record<string, string> = {}): Promise<Engine> {
  const dir = mkdtempSync(join(tmpdir(), 'fundwatch-check-'))
  dirs.push(dir)
  const env = { FUNDWATCH_DATA_DIR: dir, FUNDWATCH_LANES: '2', FUNDWATCH_PORT: '0', FUNDWATCH_LOG: 'error', FUNDWATCH_CHECK_MS: '10000', ...settings }
  engine = await startEngine(loadConfig(env), { listen: true, inbox: false })
  return engine
}

const lines = (records: readonly object[]): Buffer => Buffer.from(records.map(record => `${JSON.stringify(record)}\n`).join(''))

async function ask (at: Engine, path: string, records: readonly object[]): Promise<{ status: number, retryAfter: string | null, body: CheckAnswer }> {
  const response = await fetch(`${at.url}${path}`, { method: 'POST', body: new Uint8Array(lines(records)), headers: { 'content-type': 'application/x-ndjson' } })
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() as CheckAnswer }
}
const check = async (at: Engine, ...records: object[]): Promise<CheckAnswer> => (await ask(at, '/v1/claims:check', records)).body

/** What a result says of its flags, without what only a check or only a stored flag has. */
function said (results: ReadonlyArray<{ status: string, identity?: string, flags?: ReadonlyArray<{ flag_id: string, revision: number, status: string, severity: number, sentence_zh: string, money: object }> }>) {
  return results.map(({ status, identity, flags = [] }) => ({
    status, identity,
    flags: flags.map(({ flag_id, revision, status, severity, sentence_zh, money }) => ({ flag_id, revision, status, severity, sentence_zh, money }))
  }))
}

const workload = generate({ seed: 5, claims: 1200 })
const records = [...workload.records]
const PIECE = 40

/** Rows in every table, and everything that stands. */
async function trace (at: Engine): Promise<unknown> {
  await at.settle()
  return [await at.reader.query('store.counts'), await at.reader.query('flags.whole', {}), at.status()]
}

const visit = (psn_no: string, id: string, time: string): Example => exampleSettlement({
  inf_time: time, msgid: `H34170200001202603021015${id.padStart(6, '0')}`,
  setlinfo: { setl_id: `S${id}`, mdtrt_id: `M${id}`, psn_no, setl_time: time, begndate: time.slice(0, 10), enddate: time.slice(0, 10) }
})

describe('a check', () => {
  it('says of every record what handing it in then says, piece by piece, and leaves no trace', async () => {
    const at = await start()
    let flags = 0
    for (let from = 0; from < records.length; from += PIECE) {
      const piece = records.slice(from, from + PIECE) as Raw[]
      const checked = from % 3 === 0 ? await check(at, ...piece) : null
      if (checked !== null) expect(said((await check(at, ...piece)).results)).toEqual(said(checked.results)) // the first left nothing behind
      const { body } = await ask(at, '/v1/claims', piece)
      if (checked === null) continue
      const judged = said(body.results as Parameters<typeof said>[0])
      said(checked.results as Parameters<typeof said>[0]).forEach((one, i) => {
        // What takes back a claim rule's flag is judged from the store: memory, and so a check, has no more than a bit of it.
        const takesBack = one.status === 'corrected' || ['2103', '2208', '2305'].includes(String(piece[i]!['infno']))
        if (one.status !== 'late') expect(takesBack ? { ...one, flags: [] } : one).toEqual(takesBack ? { ...judged[i]!, flags: [] } : judged[i])
      })
      flags += checked.flags
    }
    expect(flags).toBeGreaterThan(10)
  }, 60_000)

  it('changes no row, flag or watermark, and what is handed in afterwards is judged as if it had never been asked', async () => {
    const [asked, never] = [records.slice(0, 600) as Raw[], await start()]
    await ask(never, '/v1/claims', asked)
    const before = await never.reader.query('flags.whole', {})
    await never.stop()
    const at = await start()
    await check(at, ...asked)
    await check(at, ...asked)
    const empty = await trace(at)
    expect(empty).toMatchObject([expect.arrayContaining([{ table: 'claims', rows: 0 }]), [], { watermark: null }])
    await ask(at, '/v1/claims', asked)
    expect(await at.reader.query('flags.whole', {})).toEqual(before)
    const after = await trace(at)
    await check(at, ...records.slice(600) as Raw[])
    expect(await trace(at)).toEqual(after)
  }, 60_000)

  it('answers each record that would be refused with its reason, keeps no dead letter, and judges its neighbours', async () => {
    const at = await start()
    const wrong = exampleSettlement({ setlinfo: { medfee_sumamt: '1.00' } })
    const ahead = exampleMaster('death', { inf_time: '2199-01-01 00:00:00' })
    const answer = await check(at, wrong, {}, ahead, exampleStock('3505'), exampleMaster('institution'), exampleReversal(), visit('P-fine', '7', '2026-03-02 10:00:00'))
    expect(answer).toMatchObject({ recorded: false, rejected: 3, learned: 2 })
    expect(answer.results.map(result => 'reason' in result ? result.reason : result.status))
      .toEqual(['money_identity', 'unknown_kind', 'impossible_dates', 'learned', 'learned', 'late', 'judged'])
    expect((await ask(at, '/v1/claims:check', [wrong])).status).toBe(200) // one line is a list; a single object is answered 422
    expect(await at.reader.query('dead_letters.list')).toEqual([])
  })

  it('of what is older than memory reaches says that older history was not looked at', async () => {
    const at = await start()
    for (let i = 0; i < 64; i++) await ask(at, '/v1/claims', [visit(`N${i}`, `${i}`, '2026-03-20 10:00:00')])
    const [late, fresh] = (await check(at, visit('P-old', '900', '2026-01-02 10:00:00'), visit('P-new', '901', '2026-03-20 09:00:00'))).results
    expect(late).toMatchObject({ status: 'late', judged_by: 'memory', history: 'partial', history_says: { zh: expect.stringContaining('未查阅更早的历史') } })
    expect(fresh).toMatchObject({ status: 'judged', judged_by: 'memory', history: 'whole' })
  })

  it('sees what stands before it in the same request, and nothing of an earlier check', async () => {
    const at = await start()
    const month = Array.from({ length: 16 }, (_, i) => visit('P-often', `${i + 1}`, `2026-03-${String(i + 1).padStart(2, '0')} 10:00:00`))
    for (const one of month) expect(await check(at, one)).toMatchObject({ judged: 1 })
    const answer = await check(at, ...month)
    expect(answer.results.flatMap(result => 'flags' in result ? result.flags!.map(flag => `${result.index} ${flag.rule_id}`) : []))
      .toEqual(expect.arrayContaining(['14 frequent-visits-month', '15 frequent-visits-month']))
  })
})

describe('the time a check takes', () => {
  it('is short while records stream in, which go on meanwhile', async () => {
    const at = await start({ FUNDWATCH_LANES: '1' })
    const { records: many } = generate({ seed: 9, claims: 6000 })
    const all = [...many]
    const pieces: Array<Promise<unknown>> = []
    let streaming = true
    for (let from = 0; from < all.length; from += 500) pieces.push(at.submitPatiently(lines(all.slice(from, from + 500)), 'json', 'test'))
    const streamed = Promise.all(pieces).then(() => { streaming = false })
    const took: number[] = []
    while (streaming) {
      const started = performance.now()
      const { status } = await ask(at, '/v1/claims:check', [visit('P-wait', '1', '2026-03-02 10:00:00')])
      expect(status).toBe(200)
      took.push(performance.now() - started)
    }
    await streamed
    took.sort((a, b) => a - b)
    process.stdout.write(`${took.length} checks during a stream: median ${took[took.length >> 1]!.toFixed(1)} ms, longest ${took.at(-1)!.toFixed(1)} ms\n`)
    expect(took.length).toBeGreaterThan(3)
    expect(took[took.length >> 1]).toBeLessThan(500)
    const text = await (await fetch(`${at.url}/metrics`)).text()
    expect(text).toContain(`fundwatch_check_seconds_count ${took.length}`)
  }, 60_000)

  it('ends with 503 and Retry-After when the patience is at its end', async () => {
    const at = await start({ FUNDWATCH_LANES: '1', FUNDWATCH_CHECK_MS: '10' })
    const [slow, busy] = [lines(records.slice(0, 1000)), Array.from({ length: 900 }, (_, i) => visit(`P${i}`, `${i}`, '2026-03-02 10:00:00'))]
    const streamed = at.submitPatiently(slow, 'json', 'test')
    const answers = await Promise.all([1, 2, 3].map(async () => await ask(at, '/v1/claims:check', busy)))
    const late = answers.filter(answer => answer.status === 503)
    expect(late.length).toBeGreaterThan(0)
    expect(late[0]).toMatchObject({ retryAfter: '1', body: { code: 'CHECK_TIMED_OUT', message_zh: '未能在规定时间内完成预检，请稍后重试' } })
    await streamed
    expect(await (await fetch(`${at.url}/metrics`)).text()).toMatch(/fundwatch_checks_timed_out_total [1-9]/)
  }, 30_000)
})

it('is answered again after a lane has died and its memory is back', async () => {
  const at = await start({ FUNDWATCH_LANES: '1' })
  await ask(at, '/v1/claims', records.slice(0, 400) as Raw[])
  const piece = records.slice(400, 440) as Raw[]
  const before = await check(at, ...piece)
  await at.loseLane(0)
  expect(said((await check(at, ...piece)).results)).toEqual(said(before.results))
}, 30_000)
