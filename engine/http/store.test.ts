/** The read API over a real embedded store: the fakes of the other tests cannot know what the queries truly answer. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeadLetter, Origin } from '../core/ports.ts'
import { openStore, type Store } from '../io/clickhouse/open.ts'
import { encodeClaimRow } from '../store/claim-row.ts'
import { RowWriter } from '../store/row-binary.ts'
import * as sample from '../store/samples.ts'
import { encodeMasterRow } from '../store/stock-row.ts'
import { harness, RULE, RULEBOOK } from './fakes.ts'
import { buildServer } from './server.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-http-'))
const ORIGIN: Origin = { source: 'http', partition: 1, offset: 5 }
const RAW = Buffer.from('{"psn_name":"张三丰","certno":"340000195104020020"}')
const CODE = 'H34170200001'
const FLAG_ID = '0123456789abcdef0123456789abcdef'
let store: Store
let app: FastifyInstance

beforeAll(async () => {
  store = await openStore({ dir })
  await store.migrate()
  app = buildServer({ ...(await harness()).deps, reader: store.reader })
})
afterAll(async () => {
  await app.close()
  await store.close()
  rmSync(dir, { recursive: true })
})

async function fill (): Promise<void> {
  const row = new RowWriter()
  const stay = sample.sampleSettlement({ psn_name: '张三丰' }, { infno: '2304' }, { mdtrtinfo: sample.sampleStay() })
  encodeClaimRow(row, stay, ORIGIN, 'json', RAW)
  const claims = row.takeChunk('claims')
  encodeMasterRow(row, sample.sampleInstitution(CODE, { fixmedins_name: '某某医院', hosp_lv: '05', fixmedins_type: '1' }), ORIGIN, 'json', RAW)
  const item = { ...sample.sampleInstitution('XC08CAA259A001010102180', {}), type: 'catalogue' as const, fields: { name: '氨氯地平片' } }
  encodeMasterRow(row, item, ORIGIN, 'json', RAW)
  encodeMasterRow(row, { ...item, valid_from: sample.at('2026-06-01'), fields: { name: '后来的名称' } }, ORIGIN, 'json', RAW)
  const flag = sample.sampleFlag({ flag_id: FLAG_ID, rule_id: RULE.id, severity: 2, service_time: sample.at('2026-03-02 10:00:00') })
  const letter: DeadLetter = {
    reason: 'money_identity', field: 'setlinfo.medfee_sumamt', seen: '1', origin: ORIGIN, format: 'json', bytes: RAW, fixmedins_code: CODE, inf_time: 0
  }
  await store.recordRules(RULEBOOK)
  await store.writer.write({ flags: [flag], deadLetters: [letter], chunks: [claims, row.takeChunk('master_data')] })
}

async function get (url: string) {
  const answer = await app.inject(url)
  expect([url, answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([url, 200, ''])
  expect(answer.body).not.toMatch(/张三丰|340000195104020020/)
  return answer
}

describe('over the embedded store', () => {
  it('answers emptily while nothing is stored', async () => {
    expect((await get('/')).body).toContain('尚未收到结算记录')
    expect((await get('/v1/totals')).json()).toMatchObject({ settlements: 0, flags: 0, suspected_fund: 0 })
    for (const url of ['/v1/flags', '/v1/candidates', '/v1/scores', '/v1/dead-letters']) expect(JSON.stringify((await get(url)).json())).toMatch(/\[\]/)
    expect((await app.inject('/v1/institutions/nowhere')).statusCode).toBe(404)
    expect((await app.inject('/v1/flags/nothing')).statusCode).toBe(404)
  })

  it('answers every read from what was stored', async () => {
    await fill()
    expect((await get('/v1/totals?area=3417&from=2026-01-01&to=2026-12-31')).json()).toMatchObject({ settlements: 1, institutions: 1, flags: 1, flags_medium: 1, suspected_fund: 9872, suspected_acct: 2468 })
    expect((await get('/v1/flags?order=money&severity=2')).json().flags).toMatchObject([{ flag_id: FLAG_ID, money: { total: 12_340, pooled: 9872, personal: 2468 } }])
    const flag = (await get(`/v1/flags/${FLAG_ID}`)).json()
    expect(flag.items[0].claims[0]).toMatchObject({ infno: '2304', psn_name: '张**', adm_time: '2026-02-20 09:00:00', line_count: 1, diagnoses: [{ diag_code: 'I10.x00', maindiag_flag: true }] })
    expect(flag.items[0].claims[0].lines[0]).toMatchObject({ item_name: '氨氯地平片', cnt: '2', pric: '61.7', bilg_dr_codg: 'D341702000123' })
    expect(flag.responsible.map((each: { role: string }) => each.role)).toEqual(expect.arrayContaining(['billing_doctor', 'ordering_doctor', 'diagnosing_doctor', 'operator', 'device']))
    expect(flag).toMatchObject({ values: { op: 16 }, thresholds: { month_op: 15 }, title: RULE.title })
    const person = (await get('/v1/persons/P1/claims')).json()
    expect([person.claims.length, person.flags.length]).toEqual([1, 1])
    expect((await get(`/v1/institutions/${CODE}`)).json()).toMatchObject({ fixmedins_name: '某某医院', level: '二级', settlements: 1, flags: 1 })
    expect((await get('/v1/candidates')).json().candidates).toMatchObject([{ negative_item: '8.1.4', fixmedins_code: CODE, suspected_fund: 9872, first_seen: '2026-03-02 10:00:00' }])
    expect((await get('/v1/scores')).json().scores).toMatchObject([{ fixmedins_code: CODE, flags: 1, basis: 'engineering', parts: [{ rule_id: RULE.id }] }])
    expect((await get('/v1/dead-letters?reason=money_identity')).json().dead_letters).toMatchObject([{ offset: 5, reason: 'money_identity', inf_time: '' }])
  })

  it('names catalogue items by codes that look like anything', async () => {
    const codes = ["it's", '\\', ',', '[]', '', '中', '{codes:Array(String)}', 'XC08CAA259A001010102180']
    const rows = await store.reader.query<{ name: string }>('catalogue.names', { codes })
    expect(rows.map(row => row.name)).toEqual(['氨氯地平片', '后来的名称'])
    expect(await store.reader.query('catalogue.names', { codes: [] })).toEqual([])
  })

  it('renders every page from what was stored', async () => {
    for (const url of ['/', '/flags', `/institutions/${CODE}`, `/v1/flags/${FLAG_ID}/evidence`]) expect((await get(url)).body).toContain('分解住院')
  })

  it('finds a person by a flag where the number is one of a certificate, and never shows it', async () => {
    const psn_no = '340000195104020020'
    const items = sample.sampleFlag().items.map(item => ({ ...item, setl_id: '', medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0 }))
    const flags = ['aa', 'ab'].map(id => sample.sampleFlag({ flag_id: id.repeat(16), subject: psn_no, items, medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0 }))
    await store.writer.write({ flags, deadLetters: [], chunks: [] })
    const [first] = (await get(`/v1/flags?person=${psn_no}`)).json().flags
    expect(first).toMatchObject({ psn_no: '340000**********20', settled: false, fixmedins_name: '某某医院' })
    expect((await get(`/v1/flags?person=${encodeURIComponent(first.person)}`)).json().flags).toHaveLength(2)
    expect((await get(`/v1/persons/${encodeURIComponent(first.person)}/claims`)).json()).toMatchObject({ psn_no: '340000**********20', flags: [{}, {}] })
    expect((await get(`/flags?person=${psn_no}`)).body).toContain('尚未结算')
    expect((await get('/v1/flags?person=flag%3Anothing')).json().flags).toEqual([])
  })

  it('pages through flags by cursor without losing or repeating one', async () => {
    const flags = Array.from({ length: 7 }, (_, i) => sample.sampleFlag({ flag_id: `f${i}`, subject: 'P7', fund_pay_sumamt: 100 * (i % 3), acct_pay: 0 }))
    await store.writer.write({ flags, deadLetters: [], chunks: [] })
    for (const order of ['money', 'newest']) {
      const seen: string[] = []
      let cursor = ''
      do {
        const page = (await get(`/v1/flags?person=P7&limit=3&order=${order}&cursor=${cursor}`)).json() as { flags: Array<{ flag_id: string }>, next: string }
        seen.push(...page.flags.map(flag => flag.flag_id))
        cursor = page.next
      } while (cursor !== '')
      expect(seen.toSorted()).toEqual(flags.map(flag => flag.flag_id))
    }
  })

  it.each(["' OR 1=1 --", '\u0000', '{x:String}', '\\', '张三', '%'])('binds %j as a value, whatever it looks like', async text => {
    expect((await get(`/v1/flags?person=${encodeURIComponent(text)}`)).json().flags).toEqual([])
    expect((await app.inject(`/v1/institutions/${encodeURIComponent(text)}`)).statusCode).toBe(404)
  })
})
