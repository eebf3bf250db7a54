/** 3101/3102: reading what systems send, the settlement made of it, and the answer in the interface's words. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Settlement } from '../../core/claim.ts'
import { EngineError } from '../../core/errors.ts'
import type { Outcome } from '../../core/ports.ts'
import { formatTime } from '../../core/time.ts'
import { decodeRecord } from '../../decode/decode-record.ts'
import { FLAG, harness, RULE, RULEBOOK } from '../fakes.ts'
import { readOfficial } from './input.ts'
import { isAsked, resultOf } from './result.ts'
import { OFFICIAL_REQUEST_EXAMPLE } from './schemas.ts'
import { infnoOf, settlementOf } from './to-claim.ts'

const NOW = Date.parse('2026-03-06T10:00:00+08:00')
type Json = Record<string, unknown>
const [PATIENT] = OFFICIAL_REQUEST_EXAMPLE.data.patient_dtos
const [ENCOUNTER] = PATIENT!.fsi_encounter_dtos
const [ORDER] = ENCOUNTER!.fsi_order_dtos

function request (encounter: Json = {}, patient: Json = {}, data: Json = {}): Json {
  return { data: { ...OFFICIAL_REQUEST_EXAMPLE.data, ...data, patient_dtos: [{ ...PATIENT, fsi_encounter_dtos: [{ ...ENCOUNTER, ...encounter }], ...patient }] } }
}
const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value))
const read = (value: unknown) => readOfficial(bytesOf(value))

function claimOf (message: Json, trig_scen = ''): Settlement {
  const [patient] = read(message).patients
  const bytes = bytesOf(settlementOf(patient!, patient!.encounters[0]!, trig_scen, NOW))
  const decoded = decodeRecord(bytes, 0, bytes.length, 'json')
  if (!decoded.ok) throw new Error(JSON.stringify(decoded))
  return decoded.claim as Settlement
}

describe('a message', () => {
  it('is read with and without its header, with sets as lists or as their one member', () => {
    const plain = read(OFFICIAL_REQUEST_EXAMPLE)
    expect(plain).toMatchObject({ task_id: 'T20260305100000001', trig_scen: '5', rule_ids: [], enveloped: false, patients: [{ patn_id: 'P1', curr_mdtrt_id: 'M2' }] })
    expect(read({ infno: '3101', msgid: 'm', input: OFFICIAL_REQUEST_EXAMPLE })).toEqual({ ...plain, enveloped: true })
    const single = { ...PATIENT, fsi_encounter_dtos: { ...ENCOUNTER, fsi_order_dtos: ORDER, fsi_diagnose_dtos: ENCOUNTER!.fsi_diagnose_dtos[0] } }
    expect(read({ data: { ...OFFICIAL_REQUEST_EXAMPLE.data, patient_dtos: single } })).toEqual(plain)
    expect(read({ data: { ...OFFICIAL_REQUEST_EXAMPLE.data, rule_ids: 'R1' } }).rule_ids).toEqual(['R1'])
  })

  it.each([['no JSON', 'x'], ['no data', '{}'], ['a list', '[]'], ['nobody', '{"data":{"patient_dtos":[]}}'], ['nothing of anybody', '{"data":{"patient_dtos":[{"patn_id":"P1"}]}}']])(
    'is refused when it is %s', (_, body) => { expect(() => readOfficial(Buffer.from(body))).toThrow(expect.objectContaining({ code: 'BAD_REQUEST' })) })

  it('is read or refused, whatever it holds', () => {
    fc.assert(fc.property(fc.oneof(fc.json().map(text => Buffer.from(text)), fc.uint8Array(), fc.jsonValue().map(value => bytesOf({ data: { patient_dtos: value } }))), bytes => {
      try {
        for (const patient of readOfficial(bytes).patients) for (const encounter of patient.encounters) settlementOf(patient, encounter, '', NOW)
      } catch (error) {
        expect(error).toMatchObject({ name: 'Problem' })
      }
    }), { numRuns: 500 })
  })
})

describe('an encounter', () => {
  it.each([
    [{ med_mdtrt_type: '1', med_type: '21' }, '2207'], [{ med_mdtrt_type: '2', med_type: '11' }, '2304'], [{ med_mdtrt_type: '3', med_type: '11' }, '2102'],
    [{ med_mdtrt_type: '4', med_type: '21' }, '2304'], [{ med_mdtrt_type: '', med_type: '52' }, '2304'], [{ med_mdtrt_type: '', med_type: '41' }, '2102'], [{ med_mdtrt_type: '', med_type: '' }, '2207']
  ])('%o is %s', (encounter, infno) => { expect(infnoOf(encounter)).toBe(infno) })

  it('of a patient in hospital is a stay without discharge, settled in its middle', () => {
    for (const claim of [claimOf(request(), '5'), claimOf(request({ dscg_date: '2026-03-05 23:00:00' }), '4'), claimOf(request())]) {
      expect(claim).toMatchObject({
        infno: '2304', fixmedins_code: 'H34170200001', insuplc_admdvs: '341702', setlinfo: { setl_id: 'M2', mdtrt_id: 'M2', psn_no: 'P1', mid_setl_flag: true, setl_time: NOW, gend: '2' },
        mdtrtinfo: { adm_dept_codg: 'A03', dscg_time: null, adm_bed: 'W3-12' }
      })
      expect(formatTime(claim.mdtrtinfo!.adm_time!)).toBe('2026-03-05 09:00:00')
    }
  })

  it('that is being settled has its discharge, money that adds up, its diagnoses and its orders as lines', () => {
    const claim = claimOf(request({ dscg_date: '2026-03-06 08:00:00' }), '8')
    expect(formatTime(claim.mdtrtinfo!.dscg_time!)).toBe('2026-03-06 08:00:00')
    expect(claim.setlinfo).toMatchObject({
      mid_setl_flag: false, medfee_sumamt: 812_340, hifp_pay: 650_000, fund_pay_sumamt: 650_000, psn_part_amt: 162_340, acct_pay: 12_340, psn_cash_pay: 150_000
    })
    expect(claim.diseinfo).toMatchObject([{ diag_code: 'I10.x00', maindiag_flag: true }])
    expect(claim.feedetail).toMatchObject([{
      feedetl_sn: '1', med_list_codg: 'XC08CAA259A001010102180', cnt: 20_000, pric: 61_700_000, det_item_fee_sumamt: 12_340, med_chrgitm_type: '09', list_type: '101', bilg_dr_codg: 'D341702000123'
    }])
  })

  it('of an outpatient ends when it began, where no end is told; other systems’ codes do not prevent it', () => {
    const claim = claimOf(request({ med_mdtrt_type: '1', med_type: '11', insutype: 'X', fsi_order_dtos: [{ ...ORDER, hilist_type: '105', chrg_type: 'zz', hilist_lv: '丙' }] }))
    expect(claim).toMatchObject({ infno: '2207', mdtrtinfo: null, setlinfo: { med_type: '11', insutype: '' }, feedetail: [{ list_type: '', med_chrgitm_type: '' }] })
    expect(formatTime(claim.setlinfo.setl_time)).toBe('2026-03-05 09:00:00')
    expect(claimOf(request({ med_type: '777' })).setlinfo.med_type).toBe('')
  })

  it('takes the diagnoses at discharge before those at admission, and the encounter’s main one where none is called so', () => {
    const [first] = ENCOUNTER!.fsi_diagnose_dtos
    const both = [first, { ...first, inout_dise_type: '2', dise_codg: 'I11.900' }]
    expect(claimOf(request({ fsi_diagnose_dtos: both })).diseinfo.map(one => one.diag_code)).toEqual(['I11.900'])
    expect(claimOf(request({ fsi_diagnose_dtos: [{ ...first, maindise_flag: '0', dise_codg: 'E11.900' }] })).diseinfo.map(one => [one.diag_code, one.maindiag_flag]))
      .toEqual([['I10.x00', true], ['E11.900', false]])
  })

  it('keeps the places of orders when some are outside the catalogue, and sums them where no total is told', () => {
    const claim = claimOf(request({ medfee_sumamt: '-', hifp_payamt: '', acct_payamt: null, fsi_order_dtos: [{ ...ORDER, hilist_code: '' }, { ...ORDER, cnt: '两盒' }, { ...ORDER, sumamt: 10.5 }] }))
    expect(claim.feedetail.map(line => [line.feedetl_sn, line.det_item_fee_sumamt])).toEqual([['3', 1050]])
    expect(claim.setlinfo).toMatchObject({ medfee_sumamt: 1050, fund_pay_sumamt: 0, psn_cash_pay: 1050 })
  })
})

describe('a result', () => {
  const [patient] = read(OFFICIAL_REQUEST_EXAMPLE).patients
  const [encounter] = patient!.encounters

  it('has the interface’s nodes: national code, law, severity, items with their visits, yuan with two decimals', () => {
    expect(resultOf(FLAG, RULEBOOK, patient!, encounter!, 'T1')).toEqual({
      jr_id: FLAG.flag_id, rule_id: 'GZ10000204001000', rule_name: '分解住院', vola_cont: FLAG.sentence_zh, patn_id: 'P1', mdtrt_id: 'M2',
      judge_result_detail_dtos: [
        { jrd_id: `${FLAG.flag_id}-1`, patn_id: 'P1', mdtrt_id: 'M2', rx_id: '', vola_item_type: '1', vola_amt: '8123.40' },
        { jrd_id: `${FLAG.flag_id}-2`, patn_id: 'P1', mdtrt_id: 'M1', rx_id: '', vola_item_type: '2', vola_amt: '5000.00' }
      ],
      vola_amt: '8123.40', vola_amt_stas: '1', sev_deg: '2', vola_evid: '条例第三十八条', vola_bhvr_type: '1', task_id: 'T1'
    })
  })

  it('names the orders where lines are meant, says when money is incomplete, and keeps to the lengths', () => {
    const [main] = FLAG.items
    const row = { ...FLAG, rule_id: 'own-rule', sentence_zh: '长'.repeat(600), items: [{ ...main!, setl_id: '', lines: ['1', '9'], medfee_sumamt: 12_340 }] }
    const answer = resultOf(row, { ...RULEBOOK, rules: [{ ...RULE, id: 'own-rule', official_id: '' }] }, patient!, encounter!, '')
    expect(answer).toMatchObject({ rule_id: 'own-rule', vola_amt_stas: '0', judge_result_detail_dtos: [{ rx_id: 'RX1', vola_amt: '123.40' }] })
    expect([...answer.vola_cont]).toHaveLength(500)
  })

  it('is of rules asked for: all where a scene is named, else those of rule_ids; never of rules that would find the mapping', () => {
    expect(isAsked(RULE, '', [])).toBe(true)
    expect(isAsked(RULE, '5', ['3101'])).toBe(true)
    expect(isAsked(RULE, '', ['GZ10000204001000'])).toBe(true)
    expect(isAsked(RULE, '', ['split-hospitalisation'])).toBe(true)
    expect(isAsked(RULE, '', ['R01'])).toBe(false)
    expect(isAsked({ id: 'claim-money-integrity', official_id: '' }, '5', [])).toBe(false)
  })
})

const post = (body: unknown, url = '/v1/3101', headers: Record<string, string> = {}) =>
  ({ method: 'POST', url, payload: Buffer.from(JSON.stringify(body)), headers: { 'content-type': 'application/json', ...headers } }) as const
const JUDGED: Outcome = { status: 'judged', identity: 'H34170200001/M2', flags: [FLAG, { ...FLAG, status: 'retracted' }] }
const REJECTED: Outcome = { status: 'rejected', rejection: { reason: 'missing_field', field: 'insuplc_admdvs', seen: '' } }

it('cites law in force on the date of service only', async () => {
  for (const [service_time, vola_evid] of [[FLAG.service_time, '条例第三十八条'], [Date.UTC(2026, 3, 1), '条例第三十八条；实施细则']] as const) {
    const { app } = await harness({ checked: [{ ...JUDGED, flags: [{ ...FLAG, service_time }] } as Outcome] })
    expect((await app.inject(post(request()))).json().result[0].vola_evid).toBe(vola_evid)
  }
})

describe.each(['/v1/3101', '/v1/3102'])('POST %s', url => {
  it('judges the current encounter after the others, which memory comes before, and answers active flags of the current one only', async () => {
    const encounters = [ENCOUNTER, { ...ENCOUNTER, mdtrt_id: 'M1', adm_date: '2026-02-20 09:00:00' }, { ...ENCOUNTER, mdtrt_id: 'M0', med_mdtrt_type: '1', adm_date: '2026-01-02 09:00:00' }]
    const { app, checks, submitted } = await harness({ checked: [JUDGED, JUDGED, JUDGED], settings: { maxCheckBytes: 16_384 } })
    const answer = await app.inject(post(request({}, { fsi_encounter_dtos: encounters }), url))
    expect(answer.statusCode).toBe(200)
    expect(answer.json().result.map((one: { jr_id: string }) => one.jr_id)).toEqual([FLAG.flag_id])
    expect(answer.json().notes).toEqual([])
    expect(submitted).toEqual([])
    const records = Buffer.from(checks[0]!.bytes).toString().trim().split('\n').map(line => (JSON.parse(line) as { setlinfo: { mdtrt_id: string } }).setlinfo.mdtrt_id)
    expect(records).toEqual(['M0', 'M1', 'M2'])
    expect(checks[0]!.passOver).toEqual(['history', 'history', 'never'])
  })

  it('answers a message that has a header with one', async () => {
    const { app } = await harness({ checked: [JUDGED] })
    const answer = (await app.inject(post({ infno: '3101', input: request() }, url))).json()
    expect(answer).toMatchObject({ infcode: 0, err_msg: '', output: { result: [{ task_id: 'T20260305100000001' }], notes: [] } })
    expect(answer.inf_refmsgid).toMatch(/^341702\d{24}$/)
    expect(answer.refmsg_time).toMatch(/^\d{17}$/)
    expect(answer.respond_time >= answer.refmsg_time).toBe(true)
  })

  it('says which encounter could not be judged and why, and 422 when that was all', async () => {
    const { app } = await harness({ checked: [REJECTED] })
    const bare = await app.inject(post(request(), url))
    expect([bare.statusCode, bare.json()]).toEqual([422, { result: [], notes: [{ mdtrt_id: 'M2', code: 'missing_field', field: 'insuplc_admdvs', seen: '', zh: '缺少必填字段', en: 'a required field is missing' }] }])
    expect((await app.inject(post({ input: request() }, url))).json()).toMatchObject({ infcode: -1, err_msg: 'M2 缺少必填字段 insuplc_admdvs' })
  })

  it('tells of partial history, and of a visit that is settled already', async () => {
    for (const [status, code] of [['late', 'history_partial'], ['duplicate', 'already_settled']] as const) {
      const { app } = await harness({ checked: [{ status, identity: '', flags: [] }] })
      const answer = await app.inject(post(request({ med_mdtrt_type: '1' }), url))
      expect([answer.statusCode, answer.json().notes[0].code]).toEqual([200, code])
    }
  })

  it('takes gzip, no other content type, and is 503 when it is not done in time', async () => {
    const { app } = await harness({ checked: [JUDGED] })
    const packed = gzipSync(JSON.stringify(request({ fsi_diagnose_dtos: [] })))
    expect((await app.inject({ method: 'POST', url, payload: packed, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } })).statusCode).toBe(200)
    expect((await app.inject(post(request(), url, { 'content-type': 'application/x-ndjson' }))).statusCode).toBe(415)
    const slow = await harness({ checked: async () => { throw new EngineError('CHECK_TIMED_OUT', '') } })
    const answer = await slow.app.inject(post(request(), url))
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '2'])
  })
})
