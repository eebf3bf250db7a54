import { describe, expect, it } from 'vitest'
import { EngineError } from '../../core/errors.ts'
import { ALL_ROWS, FLAG, harness, RULE } from '../fakes.ts'

describe('GET /v1/flags', () => {
  it('passes every filter to the store and shows what comes back', async () => {
    const { app, asked } = await harness({ rows: ALL_ROWS })
    const answer = await app.inject('/v1/flags?rule=split-hospitalisation&severity=2&institution=H1&person=P1&area=3417&from=2026-03-01&to=2026-03-31&status=all&order=money&limit=20')
    expect(answer.statusCode).toBe(200)
    expect(asked).toEqual([expect.anything(), { name: 'institutions.names', parameters: { codes: ['H1'] } }])
    expect(asked[0]).toEqual({
      name: 'flags.list',
      parameters: {
        rule_id: 'split-hospitalisation', severity: 2, fixmedins_code: 'H1', psn_no: 'P1', area: '3417', status: '', order: 'money', limit: 21,
        from_ms: Date.UTC(2026, 1, 28, 16), to_ms: Date.UTC(2026, 2, 31, 16), after_rank: Number.MAX_SAFE_INTEGER, after_id: ''
      }
    })
    expect(answer.json().flags[0]).toMatchObject({ flag_id: FLAG.flag_id, revision: 7, psn_no: 'P1', person: 'P1', fixmedins_name: '一院', settled: true, service_time: '2026-03-05 09:00:00' })
    expect(answer.json().next).toBe('')
  })

  it('shows what is to be checked, newest first, when nothing is asked', async () => {
    const { app, asked } = await harness()
    expect((await app.inject('/v1/flags?institution=')).json()).toEqual({ flags: [], next: '' })
    expect(asked[0]?.parameters).toMatchObject({ status: 'active', order: 'newest', limit: 51 })
  })

  it('leads from page to page by cursor', async () => {
    const all = Array.from({ length: 5 }, (_, i) => ({ ...FLAG, flag_id: `f${i}`, rank: 100 - i }))
    const { app } = await harness({
      rows: {
        'flags.list': ({ after_rank, after_id, limit }) =>
          all.filter(each => each.rank < Number(after_rank) || (each.rank === after_rank && each.flag_id > String(after_id))).slice(0, Number(limit))
      }
    })
    const seen: string[] = []
    let cursor = ''
    do {
      const page = (await app.inject(`/v1/flags?limit=2&cursor=${cursor}`)).json() as { flags: Array<{ flag_id: string }>, next: string }
      seen.push(...page.flags.map(flag => flag.flag_id))
      cursor = page.next
    } while (cursor !== '')
    expect(seen).toEqual(['f0', 'f1', 'f2', 'f3', 'f4'])
  })

  it.each([
    ['limits=5', '"limits" is not a parameter. Did you mean limit?'],
    ['institutoin=H1', '"institutoin" is not a parameter. Did you mean institution?'],
    ['zzz=1', '"zzz" is not a parameter of this address'],
    ['limit=0', 'limit'], ['limit=501', 'limit'], ['limit=x', 'limit'], ['severity=4', 'severity'], ['status=open', 'status'], ['order=random', 'order'],
    ['from=2026-02-30', 'from is not a date'], ['to=soon', 'to is not a date'], ['cursor=abc', 'cursor'], ['cursor=WzEsMl0', 'cursor'], ['rule=a&rule=b', 'rule'],
    [`person=${'x'.repeat(65)}`, 'person']
  ])('refuses ?%s and says why', async (query, message) => {
    const { app, asked } = await harness()
    const answer = await app.inject(`/v1/flags?${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'BAD_PARAMETER', message_zh: '参数有误' })
    expect(answer.json().message).toContain(message)
    expect(asked).toEqual([])
  })
})

describe('GET /v1/flags/:flag_id', () => {
  it('answers the flag with claims, lines, persons, law, thresholds and both sides', async () => {
    const { app } = await harness({ rows: ALL_ROWS })
    const answer = await app.inject('/v1/flags/4f1c2a9be07d3355')
    expect(answer.statusCode).toBe(200)
    const flag = answer.json()
    expect(flag).toMatchObject({
      thresholds: FLAG.thresholds, values: FLAG.values, law_basis: [{ zh: '条例第三十八条', en: 'Regulation, article 38' }], to_check: RULE.to_check, rule: { id: RULE.id, version: 1, official_id: RULE.official_id },
      exclusions_checked: [{ id: 'emergency', zh: '急诊入院' }, { id: 'transfer', zh: '转院' }], facts_for: [{ id: 'same_department' }], facts_against: [{ id: 'self_discharge' }],
      thresholds_explained: [
        { name: 'gap_days_core', value: 7, says: { zh: '核心区天数' }, shown: { zh: '7 天', en: '7 days' }, unit: 'days', basis: 'local', source: '某市文件', link: 'https://example.org' },
        { name: 'gap_days_watch', value: 15, says: { zh: '关注区天数' }, basis: '', source: '' }
      ],
      values_explained: [
        { name: 'gap_days', value: 3, label: { zh: '间隔天数', en: 'gap in days' }, shown: { zh: '3', en: '3' } },
        { name: 'previous_discharge', value: FLAG.values['previous_discharge'], shown: { zh: '2026-03-02 09:30:00' } },
        { name: 'disease', value: 'I10', label: { zh: 'disease' }, shown: { zh: 'I10' } }
      ],
      cleared: { zh: FLAG.cleared_zh, en: FLAG.cleared_en }, responsible: [{ role: 'billing_doctor', code: 'D1', name: '李**', lines: 1, amount: 12_340 }]
    })
    expect(flag.items).toHaveLength(2)
    expect(flag.items[0].claims[0]).toMatchObject({ psn_name: '张**', adm_time: '2026-03-05 09:00:00', dscg_time: '', line_count: 1 })
    expect(flag.items[0].claims[0].lines[0]).toMatchObject({ item_name: '氨氯地平片', med_chrgitm_type: '09', cnt: '2', pric: '61.7', det_item_fee_sumamt: 12_340 })
    expect(flag.items[1].claims).toEqual([])
  })

  it.each(['/v1/flags/4f1c2a9be07d3355', '/v1/flags/4f1c2a9be07d3355/evidence', '/v1/persons/P1/claims', '/v1/dead-letters'])('%s shows no name and no certificate number', async url => {
    const { app } = await harness({ rows: ALL_ROWS })
    const answer = await app.inject(url)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toMatch(/张三丰|李时珍|340000195104020020/)
    expect(answer.body).toContain('张*')
  })

  it('answers 404 to an unknown id, as JSON', async () => {
    const { app } = await harness()
    for (const url of ['/v1/flags/nothing', '/v1/flags/nothing/evidence']) {
      const answer = await app.inject(url)
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND'])
    }
  })

  it('answers 503 when the store is away, and 500 without details when a row is not what it should be', async () => {
    const away = await harness({ readError: new EngineError('STORE_UNREACHABLE', 'at 10.0.0.1') })
    const answer = await away.app.inject('/v1/flags')
    expect([answer.statusCode, answer.headers['retry-after'], answer.json().code]).toEqual([503, '2', 'STORE_UNREACHABLE'])
    const broken = await harness({ rows: { 'flags.list': [{ ...FLAG, revision: 'x', rank: 1 }] } })
    const fault = await broken.app.inject('/v1/flags')
    expect([fault.statusCode, fault.json().code]).toEqual([500, 'INTERNAL'])
    expect(fault.body).not.toContain('revision')
    expect(broken.failures).toMatchObject([{ method: 'GET', route: '/v1/flags', code: 'INTERNAL' }])
  })
})
