import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EngineError } from '../../core/errors.ts'
import type { Outcome } from '../../core/ports.ts'
import { FLAG, harness, SETTINGS } from '../fakes.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const JUDGED: Outcome = { status: 'judged', identity: 'H1/S2', flags: [FLAG] }
const REJECTED: Outcome = { status: 'rejected', rejection: { reason: 'money_identity', field: 'setlinfo.medfee_sumamt', seen: '1' } }

function post (payload: Buffer | string, headers: Record<string, string> = JSON_TYPE) {
  return { method: 'POST', url: '/v1/claims', payload, headers } as const
}

describe('POST /v1/claims', () => {
  it('hands the bytes over as they came and answers with the flags', async () => {
    const { app, submitted } = await harness({ outcomes: [JUDGED] })
    const body = '{"infno": "2304"}'
    const answer = await app.inject(post(body))
    expect(answer.statusCode).toBe(200)
    expect(submitted).toHaveLength(1)
    expect(Buffer.from(submitted[0]!.bytes).toString()).toBe(body)
    expect(submitted[0]).toMatchObject({ format: 'json', source: 'http' })
    expect(answer.json()).toMatchObject({ accepted: 1, judged: 1, rejected: 0 })
    expect(answer.json().results[0]).toMatchObject({ index: 0, status: 'judged', identity: 'H1/S2' })
    expect(answer.json().results[0].flags[0]).toMatchObject({
      flag_id: FLAG.flag_id, title: { zh: '分解住院' }, severity_zh: '中', money: { total: 812_340, pooled: 650_000, personal: 12_340 }
    })
  })

  it('takes lines of JSON and MessagePack under their own types', async () => {
    const { app, submitted } = await harness({ outcomes: [JUDGED] })
    await app.inject(post('{}\n{}\n', { 'content-type': 'application/x-ndjson; charset=utf-8' }))
    await app.inject(post(Buffer.from([0x80]), { 'content-type': 'application/msgpack' }))
    expect(submitted.map(each => each.format)).toEqual(['json', 'msgpack'])
  })

  it('unpacks gzip, also of several members', async () => {
    const { app, submitted } = await harness({ outcomes: [JUDGED] })
    const answer = await app.inject(post(Buffer.concat([gzipSync('{"a":'), gzipSync('1}')]), { ...JSON_TYPE, 'content-encoding': 'gzip' }))
    expect(answer.statusCode).toBe(200)
    expect(Buffer.from(submitted[0]!.bytes).toString()).toBe('{"a":1}')
  })

  it('stops unpacking a bomb at the limit', async () => {
    const { app, submitted } = await harness()
    const bomb = gzipSync(Buffer.alloc(SETTINGS.maxBodyBytes + 1))
    const answer = await app.inject(post(bomb, { ...JSON_TYPE, 'content-encoding': 'gzip' }))
    expect(answer.statusCode).toBe(413)
    expect(answer.json()).toMatchObject({ code: 'TOO_LARGE', message_zh: '请求体超过大小上限' })
    expect(submitted).toEqual([])
  })

  it('answers 422 to a single record that is rejected, and 200 when others are accepted', async () => {
    const alone = await (await harness({ outcomes: [REJECTED] })).app.inject(post('{}'))
    expect(alone.statusCode).toBe(422)
    expect(alone.json()).toMatchObject({
      accepted: 0, rejected: 1, results: [{ index: 0, status: 'rejected', reason: 'money_identity', reason_zh: '金额恒等式不成立', field: 'setlinfo.medfee_sumamt', seen: '1' }]
    })
    const both = await (await harness({ outcomes: [REJECTED, JUDGED] })).app.inject(post('[{},{}]'))
    expect(both.statusCode).toBe(200)
    expect(both.json()).toMatchObject({ accepted: 1, rejected: 1, judged: 1 })
  })

  it.each([
    ['an object', ' {}', 'application/json', 422],
    ['something that is no JSON at all', 'x', 'application/json', 422],
    ['an array of one', ' [{}]', 'application/json', 200],
    ['one line', '{}', 'application/x-ndjson', 200],
    ['a map', Buffer.from([0x80]), 'application/msgpack', 422],
    ['a MessagePack array of one', Buffer.from([0x91, 0x80]), 'application/msgpack', 200],
    ['a long MessagePack array', Buffer.from([0xdc, 0, 1, 0x80]), 'application/msgpack', 200]
  ])('tells by its form whether %s is a request of a single record', async (_, body, type, status) => {
    const { app } = await harness({ outcomes: [REJECTED] })
    expect((await app.inject(post(body, { 'content-type': type }))).statusCode).toBe(status)
  })

  it.each([
    ['an empty body', post(''), 400, 'EMPTY_BODY'],
    ['no body at all', { method: 'POST', url: '/v1/claims' } as const, 400, 'EMPTY_BODY'],
    ['text', post('{}', { 'content-type': 'text/plain' }), 415, 'UNSUPPORTED_MEDIA'],
    ['an unknown encoding', post('{}', { ...JSON_TYPE, 'content-encoding': 'br' }), 415, 'UNSUPPORTED_MEDIA'],
    ['broken gzip', post('{}', { ...JSON_TYPE, 'content-encoding': 'gzip' }), 400, 'BAD_ENCODING'],
    ['too many bytes', post(Buffer.alloc(SETTINGS.maxBodyBytes + 1, 0x20)), 413, 'TOO_LARGE'],
    ['an unknown parameter', { ...post('{}'), url: '/v1/claims?dry_run=1' }, 400, 'BAD_PARAMETER']
  ])('refuses %s', async (_, request, status, code) => {
    const { app, submitted } = await harness({ outcomes: [JUDGED] })
    const answer = await app.inject(request)
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(submitted).toEqual([])
  })

  it.each(['OVERLOADED', 'STORE_UNREACHABLE', 'STORE_WRITE_FAILED', 'LANE_LOST'] as const)('answers %s with 503 and when to come back', async code => {
    const { app, failures } = await harness({ outcomes: async () => { throw new EngineError(code, 'row 张三 340000195104020020') } })
    const answer = await app.inject(post('{}'))
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBe('2')
    expect(answer.json()).toMatchObject({ code })
    expect(answer.body).not.toContain('340000195104020020')
    expect(failures).toHaveLength(code === 'OVERLOADED' ? 0 : 1)
  })

  it('refuses before reading when the engine is full or not running', async () => {
    const full = await harness({ pendingBytes: SETTINGS.maxPendingBytes })
    expect((await full.app.inject(post('{}'))).json().code).toBe('OVERLOADED')
    const recovering = await harness({ status: { phase: 'recovering' } })
    const answer = await recovering.app.inject(post('{}'))
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'NOT_READY'])
    expect([...full.submitted, ...recovering.submitted]).toEqual([])
  })

  it('answers 429 to a client with too many requests under way, and lets it in again afterwards', async () => {
    let finish = (): void => {}
    const gate = new Promise<void>(resolve => { finish = resolve })
    const { app, submitted } = await harness({
      settings: { maxClientRequests: 3 },
      outcomes: async () => {
        await gate
        return [JUDGED]
      }
    })
    const held = [1, 2, 3].map(() => app.inject(post('{}')))
    await expect.poll(() => submitted.length).toBe(3)
    const refused = await app.inject(post('{}'))
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '2'])
    finish()
    expect((await Promise.all(held)).map(each => each.statusCode)).toEqual([200, 200, 200])
    expect((await app.inject(post('{}'))).statusCode).toBe(200)
  })

  it('keeps no room reserved once bodies were handed over', async () => {
    const { app, deps } = await harness({ outcomes: [JUDGED] })
    for (let i = 0; i < 20; i++) await app.inject(post(gzipSync('{}'), { ...JSON_TYPE, 'content-encoding': 'gzip' }))
    expect((await deps.metrics.httpBufferedBytes.get()).values[0]?.value).toBe(0)
  })

  it('never answers 500, whatever the bytes and headers', async () => {
    const { app } = await harness({ outcomes: [JUDGED] })
    const types = fc.constantFrom('application/json', 'application/x-ndjson', 'application/msgpack', 'text/plain', '', 'application/json;;', 'x')
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 6000 }), types, fc.constantFrom('gzip', 'identity', 'deflate', ''), fc.webQueryParameters(), async (bytes, type, encoding, query) => {
      const headers = { 'content-type': type, 'content-encoding': encoding }
      const answer = await app.inject({ method: 'POST', url: `/v1/claims?${query}`, payload: Buffer.from(bytes), headers })
      expect([200, 400, 413, 415, 422]).toContain(answer.statusCode)
      if (answer.statusCode !== 200) expect(Object.keys(answer.json())).toEqual(['code', 'message', 'message_zh', 'advice'])
    }), { numRuns: 200 })
  })
})
