/** POST /v1/claims:check over fakes: what is taken, refused and answered. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { EngineError } from '../../core/errors.ts'
import type { Outcome } from '../../core/ports.ts'
import { FLAG, harness, SETTINGS } from '../fakes.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const JUDGED: Outcome = { status: 'judged', identity: 'H1/S2', flags: [FLAG] }
const LATE: Outcome = { status: 'late', identity: 'death/340000195104020020', flags: [{ ...FLAG, status: 'retracted' }] }
const REJECTED: Outcome = { status: 'rejected', rejection: { reason: 'money_identity', field: 'setlinfo.medfee_sumamt', seen: '1' } }

function post (payload: Buffer | string, headers: Record<string, string> = JSON_TYPE) {
  return { method: 'POST', url: '/v1/claims:check', payload, headers } as const
}

describe('POST /v1/claims:check', () => {
  it('asks with the bytes as they came and answers with the flags in full, hands nothing in and asks the store nothing', async () => {
    const { app, checks, submitted, asked } = await harness({ checked: [JUDGED] })
    const answer = await app.inject(post('{"infno": "2304"}'))
    expect(answer.statusCode).toBe(200)
    expect(checks).toMatchObject([{ format: 'json', patienceMs: SETTINGS.checkMs }])
    expect(Buffer.from(checks[0]!.bytes).toString()).toBe('{"infno": "2304"}')
    expect([submitted, asked]).toEqual([[], []])
    const body = answer.json()
    expect(body).toMatchObject({ recorded: false, checked: 1, flags: 1, judged: 1, rejected: 0 })
    expect(body.results[0]).toMatchObject({ index: 0, status: 'judged', identity: 'H1/S2', judged_by: 'memory', history: 'whole' })
    const [flag] = body.results[0].flags
    expect(flag).toMatchObject({
      flag_id: FLAG.flag_id, title: { zh: '分解住院' }, severity_zh: '中', sentence_zh: FLAG.sentence_zh, law_basis: [{ zh: '条例第三十八条' }],
      thresholds_explained: [{ name: 'gap_days_core', value: 7 }, { name: 'gap_days_watch' }], items: [{ role: 'main', setl_id: 'S2' }, { role: 'involved' }],
      exclusions_checked: [{ zh: '急诊入院' }, { zh: '转院' }], cleared: { zh: FLAG.cleared_zh }, to_check: [{ zh: '核对两次住院病历' }]
    })
    expect(Object.keys(flag)).not.toEqual(expect.arrayContaining(['evidence']))
    expect(body.caution.zh).toContain('疑点仅为线索')
  })

  it('takes lines, MessagePack and gzip as POST /v1/claims does', async () => {
    const { app, checks } = await harness({ checked: [JUDGED] })
    await app.inject(post('{}\n{}\n', { 'content-type': 'application/x-ndjson' }))
    await app.inject(post(Buffer.from([0x80]), { 'content-type': 'application/msgpack' }))
    await app.inject(post(gzipSync('{"a":1}'), { ...JSON_TYPE, 'content-encoding': 'gzip' }))
    expect(checks.map(each => each.format)).toEqual(['json', 'msgpack', 'json'])
    expect(Buffer.from(checks[2]!.bytes).toString()).toBe('{"a":1}')
  })

  it('says of a late claim that older history was not looked at, counts no retracted flag, and masks whose death it is', async () => {
    const { app } = await harness({ checked: [LATE, JUDGED] })
    const answer = (await app.inject(post('[{},{}]'))).json()
    expect(answer).toMatchObject({ checked: 2, late: 1, flags: 1 })
    expect(answer.results[0]).toMatchObject({ judged_by: 'memory', history: 'partial', history_says: { zh: expect.stringContaining('未查阅更早的历史') } })
    expect(JSON.stringify(answer)).not.toContain('340000195104020020')
  })

  it('masks a certificate number in whatever id it stands, and no id of the fund’s own', async () => {
    const identities = ['H1/340000195104020020', 'H1/340000195104020020/2401', 'practitioner/34000019510402002X', 'H34170200001/S20260211000003128']
    const outcomes = identities.map((identity): Outcome => ({ status: 'judged', identity, flags: [] }))
    const check = await (await harness({ checked: outcomes })).app.inject(post('[{},{},{},{}]'))
    const claims = await (await harness({ outcomes })).app.inject({ ...post('[{},{},{},{}]'), url: '/v1/claims' })
    for (const answer of [check, claims]) {
      expect((answer.json() as { results: Array<{ identity: string }> }).results.map(each => each.identity)).toEqual([
        'H1/340000**********20', 'H1/340000**********20/2401', 'practitioner/340000**********2X', 'H34170200001/S20260211000003128'
      ])
    }
  })

  it('answers a rejection in its place, and 422 to a single record', async () => {
    const both = await (await harness({ checked: [REJECTED, JUDGED] })).app.inject(post('[{},{}]'))
    expect([both.statusCode, both.json().results[0]]).toEqual([200, {
      index: 0, status: 'rejected', reason: 'money_identity', reason_zh: '金额恒等式不成立', field: 'setlinfo.medfee_sumamt', seen: '1'
    }])
    expect((await (await harness({ checked: [REJECTED] })).app.inject(post('{}'))).statusCode).toBe(422)
    expect((await (await harness({ checked: [REJECTED] })).app.inject(post('[{}]'))).statusCode).toBe(200)
  })

  it.each([
    ['an empty body', post(''), 400, 'EMPTY_BODY'],
    ['text', post('{}', { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA'],
    ['broken gzip', post('{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }), 400, 'BAD_ENCODING'],
    ['more than a check may have', post(Buffer.alloc(SETTINGS.maxCheckBytes + 1, 0x20)), 413, 'TOO_LARGE'],
    ['a bomb', post(gzipSync(Buffer.alloc(SETTINGS.maxCheckBytes + 1)), { ...JSON_TYPE, 'content-encoding': 'gzip' }), 413, 'TOO_LARGE'],
    ['an unknown parameter', { ...post('{}'), url: '/v1/claims:check?record=1' }, 400, 'BAD_PARAMETER'],
    ['another method', { method: 'GET', url: '/v1/claims:check' } as const, 405, 'METHOD_NOT_ALLOWED']
  ])('refuses %s', async (_, request, status, code) => {
    const { app, checks } = await harness({ checked: [JUDGED] })
    const answer = await app.inject(request)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(checks).toEqual([])
  })

  it.each([['CHECK_TIMED_OUT', 0], ['LANE_LOST', 1]] as const)('answers %s with 503 and when to come back', async (code, ours) => {
    const { app, failures } = await harness({ checked: async () => { throw new EngineError(code, 'row 张三 340000195104020020') } })
    const answer = await app.inject(post('{}'))
    expect([answer.statusCode, answer.headers['retry-after'], answer.json().code]).toEqual([503, '2', code])
    expect(answer.body).not.toContain('340000195104020020')
    expect(failures).toHaveLength(ours)
    expect((await app.inject('/metrics')).body).toContain(`fundwatch_checks_timed_out_total ${1 - ours}`)
  })

  it('is answered though records wait for the store, but not before the engine is ready', async () => {
    const full = await harness({ pendingBytes: SETTINGS.maxPendingBytes, checked: [JUDGED] })
    expect((await full.app.inject(post('{}'))).statusCode).toBe(200)
    const recovering = await harness({ status: { phase: 'recovering' } })
    const answer = await recovering.app.inject(post('{}'))
    expect([answer.statusCode, answer.headers['retry-after'], answer.json().code]).toEqual([503, '2', 'NOT_READY'])
  })

  it('keeps room for its body until it is answered, and no longer', async () => {
    let finish = (): void => {}
    const gate = new Promise<void>(resolve => { finish = resolve })
    const { app, deps, checks } = await harness({
      checked: async () => {
        await gate
        return [JUDGED]
      }
    })
    const held = app.inject(post('{ }'))
    await expect.poll(() => checks.length).toBe(1)
    const reserved = async (): Promise<number | undefined> => (await deps.metrics.httpBufferedBytes.get()).values[0]?.value
    expect(await reserved()).toBe(3)
    finish()
    await held
    expect(await reserved()).toBe(0)
  })
})
