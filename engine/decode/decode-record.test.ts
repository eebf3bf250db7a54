/** Decoding: every kind from both formats, and each reason for refusing at its boundary. */
import fc from 'fast-check'
import { Packr } from 'msgpackr'
import { describe, expect, it } from 'vitest'
import type { Claim, MasterData, Settlement, StayLines, StockMovement } from '../core/claim.ts'
import { sameContent, subjectKeyOf } from '../core/claim.ts'
import { maskText, shortened } from '../core/mask.ts'
import type { Format } from '../core/ports.ts'
import { startOfDay } from '../core/time.ts'
import { type Decoded, decodeRecord } from './decode-record.ts'
import {
  allExamples, type Example, exampleAdmission, exampleDiagnosis, exampleDischarge, exampleLine, exampleMaster, exampleReversal,
  exampleSettlement,
  exampleSettlementList, exampleStayLines, exampleStaySettlement, exampleStock
} from './examples.ts'
import { trimmed } from './plain-text.ts'

const packr = new Packr({ useRecords: false })
const bytesOf = (record: unknown, format: Format): Uint8Array =>
  format === 'json' ? Buffer.from(JSON.stringify(record)) : packr.pack(record)
const decode = (record: unknown, format: Format = 'json'): Decoded => {
  const bytes = bytesOf(record, format)
  return decodeRecord(bytes, 0, bytes.length, format)
}
function claimOf (record: unknown, format: Format = 'json'): Claim {
  const decoded = decode(record, format)
  if (!decoded.ok) throw new Error(JSON.stringify(decoded.rejection))
  return decoded.claim
}
function why (record: unknown, format: Format = 'json'): string {
  const decoded = decode(record, format)
  return decoded.ok ? 'accepted' : `${decoded.rejection.reason} ${decoded.rejection.field}`.trim()
}
const setl = (members: Example): Example => exampleSettlement({ setlinfo: members })
const line = (members: Example): Example => exampleSettlement({ feedetail: [exampleLine(members)] })
const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`)

describe('every kind', () => {
  it.each(allExamples().map(example => [String(example.infno ?? example.type),
    example] as const))('%s decodes, from both formats to equal claims, with nothing unknown', (_, example) => {
    const json = decode(example)
    expect(json).toMatchObject({ ok: true, unknownFields: 0 })
    expect(decode(example, 'msgpack')).toEqual(json)
  })

  it('keeps a settlement’s fields in their types', () => {
    const claim = claimOf(exampleStaySettlement()) as Settlement
    expect(claim).toMatchObject({ kind: 'settlement', infno: '2304', fixmedins_code: 'H34170200001', inf_time: at('2026-03-02 10:15:00') })
    expect(claim.version).toMatchObject({ inf_time: claim.inf_time, order: 15000001 })
    expect(claim.setlinfo).toMatchObject({
      psn_name: '张某', certno: '340000195104020020', brdy: at('1951-04-02 00:00:00'), setl_date_only: false, medfee_sumamt: 12340,
      acct_pay: 2468,
      fund_pay_sumamt: 9872, mid_setl_flag: false
    })
    expect(claim.mdtrtinfo).toMatchObject({ adm_time: at('2026-02-20 09:00:00'), dscg_date_only: false, dise_codg: '', die_date: null,
      adm_bed: 'W3-12' })
    expect(claim.diseinfo).toEqual([{
      diag_type: '1', maindiag_flag: true, diag_srt_no: 1, diag_code: 'I10.x00', diag_name: '高血压', dise_dor_no: 'D341702000123',
      diag_time: at('2026-03-02 10:05:00')
    }])
    expect(claim.feedetail[0]).toMatchObject({
      cnt: 20000, pric: 61700000, det_item_fee_sumamt: 12340, pric_uplmt_amt: 70000000, prd_days: 2800, inscp_scp_amt: 0,
      init_feedetl_sn: '',
      trace_codes: ['81234567890123456789', '81234567890123456790']
    })
  })

  it('keeps negative refund lines, and both places of trace codes', () => {
    const claim = claimOf(exampleStayLines({ feedetail: [exampleLine({ cnt: -2, init_feedetl_sn: '1', det_item_fee_sumamt: -123.4,
      drug_trac_codg: '7' })] })) as StayLines
    expect(claim.feedetail[0]).toMatchObject({ cnt: -20000, det_item_fee_sumamt: -12340, init_feedetl_sn: '1' })
    expect(claim.feedetail[0]!.trace_codes).toEqual(['7', '81234567890123456789', '81234567890123456790'])
  })

  it('gives all stock messages one shape', () => {
    expect(claimOf(exampleStock('3501'))).toMatchObject({ kind: 'inventory', cnt: 1200000, at: at('2026-03-01 00:00:00'), trace_codes: [] })
    expect(claimOf(exampleStock('3506'))).toMatchObject({ kind: 'sale', cnt: 10000, trace_codes: ['81234567890123456789'] })
    expect(claimOf(exampleStock('3507'))).toMatchObject({ inv_data_type: '3', at: at('2026-03-02 10:15:00'), cnt: 0 })
    const mapping = claimOf(exampleStock('3301')) as StockMovement
    expect(mapping).toMatchObject({ kind: 'mapping', until: null, fixmedins_bchno: '' })
    expect(Object.keys(mapping)).toEqual(Object.keys(claimOf(exampleStock('3505'))))
  })

  it('types master data and falls back for their times', () => {
    const death = claimOf(exampleMaster('death', { inf_time: null })) as MasterData
    expect(death).toMatchObject({ key: 'P9', valid_from: at('2026-01-15 00:00:00'), inf_time: at('2026-01-15 00:00:00') })
    expect(subjectKeyOf(death)).toBe('P9')
    const backTaken = claimOf(exampleMaster('death', { vali_flag: '0' })) as MasterData
    expect(new Date(backTaken.fields['die_date'] as number).getUTCFullYear()).toBe(2200) // registered by mistake: beyond every service
    expect(sameContent(backTaken.version, (claimOf(exampleMaster('death')) as MasterData).version)).toBe(false)
    expect(why(exampleMaster('death', { die_date: '2026-03-22' }))).toBe('impossible_dates die_date')
    expect(claimOf(exampleMaster('institution'))).toMatchObject({ fields: { lng: 117.48, lat: 30.66, aprv_bed_cnt: 120 }, valid_to: null })
    expect(claimOf(exampleMaster('catalogue', { age_max: 0 })))
      .toMatchObject({ fields: { age_max: 0, age_min: null, gend_limit: '', pric_uplmt_amt: 70000000, trace_required: true } })
    expect(claimOf(exampleMaster('peer_median'))).toMatchObject({ key: '05/A03/I10', fields: { day_cost: 61235, sample: 214 } })
    expect(claimOf(exampleMaster('department'))).toMatchObject({ key: 'H34170200001/A03' })
  })
})

describe('what real systems send', () => {
  it('takes numbers as numbers or texts, and absent as null, "" or "0"', () => {
    const typed = setl({ medfee_sumamt: 123.4, fund_pay_sumamt: 98.72, psn_part_amt: 24.68, hosp_part_amt: null, oth_pay: '' })
    expect(sameContent((claimOf(typed) as Settlement).version, (claimOf(exampleSettlement()) as Settlement).version)).toBe(true)
    expect((claimOf(typed) as Settlement).setlinfo).toEqual((claimOf(exampleSettlement()) as Settlement).setlinfo)
    const absent = claimOf(exampleStaySettlement({ mdtrtinfo: { die_date: '0', adm_way: '0', dise_codg: '',
      dscg_time: null } })) as Settlement
    expect(absent.mdtrtinfo).toMatchObject({ die_date: null, adm_way: '', dise_codg: '', dscg_time: null, dscg_date_only: false })
  })

  it('knows a date from a time', () => {
    const claim = claimOf(setl({ setl_time: '2026-03-02' })) as Settlement
    expect(claim.setlinfo).toMatchObject({ setl_date_only: true, setl_time: startOfDay(20514) })
    const midnight = claimOf(setl({ setl_time: '2026-03-02 00:00:00' })) as Settlement
    expect(sameContent(claim.version, midnight.version)).toBe(false)
  })

  it('ignores and counts unknown members, also nested ones, alike in both formats', () => {
    const extra = exampleSettlement({ recer_sys_code: 'X', setlinfo: { naty: '01' },
      feedetail: [exampleLine({ memo: '', ext: { a: [{ b: 1 }] } })] })
    expect(decode(extra)).toMatchObject({ ok: true, unknownFields: 6 })
    expect(decode(extra, 'msgpack')).toEqual(decode(extra))
  })

  it('reads names with and without escapes, and with a byte order mark', () => {
    const text = JSON.stringify(setl({ psn_name: ' 张é㐀😀 ' }))
    const escaped = text.replace('张', '\\u5f20').replace('é', '\\u00e9')
    for (const bytes of [Buffer.from(text), Buffer.from(escaped), Buffer.from(`\ufeff${text}`)]) {
      const decoded = decodeRecord(bytes, 0, bytes.length, 'json')
      expect(decoded.ok && (decoded.claim as Settlement).setlinfo.psn_name).toBe('张é㐀😀')
    }
    expect((claimOf(setl({ psn_name: '长'.repeat(300) })) as Settlement).setlinfo.psn_name).toBe('长'.repeat(200))
    expect((claimOf(setl({ psn_name: `${'长'.repeat(199)}😀` }), 'msgpack') as Settlement).setlinfo.psn_name).toBe('长'.repeat(199))
  })

  it('reads only its own part of the bytes', () => {
    for (const format of ['json', 'msgpack'] as const) {
      const one = bytesOf(exampleSettlement(), format)
      const bytes = Buffer.concat([Buffer.from('\u4e00xx'), one, Buffer.from([0xff, 0x7b])])
      expect(decodeRecord(bytes, 5, one.length, format)).toEqual(decodeRecord(one, 0, one.length, format))
    }
  })
})

describe('versions', () => {
  const version = (record: Example) => (claimOf(record) as Settlement).version
  it('leaves msgid and inf_time out of the content, and nothing else that is kept', () => {
    const base = version(exampleSettlement())
    expect(sameContent(version(exampleSettlement({ msgid: 'A1', inf_time: '2026-03-04 00:00:00', recer_sys_code: 'Z' })), base)).toBe(true)
    for (const change of [
      exampleSettlement({ dev_no: 'D-08' }), setl({ certno: '1' }), setl({ hifp_pay: '98.71' }), exampleSettlement({ diseinfo: [] }),
      line({ drugtracinfo: [] }),
      exampleSettlement({ diseinfo: [exampleDiagnosis({ maindiag_flag: '0' })] }), line({ trdn_flag: '1' }),
      line({ fee_ocur_time: '2026-03-02 10:12:01' })
    ]) expect(sameContent(version(change), base)).toBe(false)
  })
  it('orders by the last nine digits of msgid, or by a 30-bit hash', () => {
    expect(version(exampleSettlement({ msgid: 'X123456789' })).order).toBe(123456789)
    for (const msgid of ['12345678', 'X12345678', 'abcdefghijkl']) {
      const { order } = version(exampleSettlement({ msgid }))
      expect(order).toBeGreaterThanOrEqual(0)
      expect(order).toBeLessThan(2 ** 30)
    }
    expect(version(exampleSettlement({ msgid: 'abcdefghijkl' })).order)
      .not.toBe(version(exampleSettlement({ msgid: 'abcdefghijkm' })).order)
  })
})

describe('codes', () => {
  const header = (members: Example) => claimOf(exampleSettlement(members)) as Settlement
  const stay = (members: Example) => (claimOf(exampleStaySettlement({ mdtrtinfo: members })) as Settlement).mdtrtinfo!

  it.each(['op12', 'PC-07', '192.168.1.7:8080', '00:1A:2B:3C', 'D341702000123', 'A/3', 'op_1@h', '(03)',
    '10000000001'])('%s is one, and stays', code => {
    expect(header({ opter: code, dev_no: code })).toMatchObject({ opter: code, dev_no: code })
    expect((claimOf(line({ bilg_dr_codg: code })) as Settlement).feedetail[0]!.bilg_dr_codg).toBe(code)
  })

  it.each([
    ['张三丰', /^张\*\*~[0-9a-f]{8}$/], ['Zhang San', /^Z\*{3}~[0-9a-f]{8}$/], ['<script>alert(1)</script>', /^s\*{3}~[0-9a-f]{8}$/],
    ['收费窗口1', /^收\*{3}~[0-9a-f]{8}$/],
    ['13812345678', /^138\*{4}5678~[0-9a-f]{8}$/], ['340000195104020020', /^340000\*{10}20~[0-9a-f]{8}$/], ['"', /^~[0-9a-f]{8}$/],
    ['0', /^$/], [null, /^$/],
    ['x'.repeat(101), /^x\*{3}~[0-9a-f]{8}$/]
  ])('%s in the place of one says who it is to nobody, and refuses no claim', (text, shown) => {
    for (const format of ['json', 'msgpack'] as const) {
      const claim = claimOf(exampleSettlement({ opter: text, dev_no: text,
        feedetail: [exampleLine({ bilg_dr_codg: text, orders_dr_code: text, bilg_dept_codg: text })] }), format) as Settlement
      for (const kept of [claim.opter, claim.dev_no, claim.feedetail[0]!.bilg_dr_codg, claim.feedetail[0]!.orders_dr_code,
        claim.feedetail[0]!.bilg_dept_codg]) expect(kept).toMatch(shown)
      expect(sameContent(claim.version, header({ opter: text, dev_no: text,
        feedetail: [exampleLine({ bilg_dr_codg: text, orders_dr_code: text, bilg_dept_codg: text })] }).version)).toBe(true)
    }
    expect(stay({ adm_dept_codg: text }).adm_dept_codg).toMatch(shown)
  })

  it('tells two operators apart who share their first character', () => {
    expect(header({ opter: '张三' }).opter).not.toBe(header({ opter: '张四' }).opter)
    expect(header({ opter: '张三' }).opter).toBe(header({ opter: ' 张三 ', dev_no: 'X' }).opter)
  })

  it('of things may be of any script, and lose only markup', () => {
    expect(stay({ adm_bed: '加3床', ipt_no: '<b>Z1</b>', wardarea_codg: '内一 (3)' }))
      .toMatchObject({ adm_bed: '加3床', ipt_no: 'bZ1/b', wardarea_codg: '内一 (3)' })
    expect((claimOf(line({ rxno: '"R1"', medins_list_codg: '葡萄糖5%' })) as Settlement).feedetail[0])
      .toMatchObject({ rxno: 'R1', medins_list_codg: '葡萄糖5%' })
  })

  it('that identify a record may hold no markup; barcodes may hold what was scanned', () => {
    for (const bad of ['<b>', 'a"b', "a'b", 'a&b', 'a`b', 'a\\b']) {
      expect(why(setl({ setl_id: bad }))).toBe('bad_identifier setlinfo.setl_id')
      expect(why(setl({ psn_no: bad }), 'msgpack')).toBe('bad_identifier setlinfo.psn_no')
    }
    const scanned = `]d2010${'"&<>'}21X`
    expect((claimOf(line({ drugtracinfo: null, drug_trac_codg: scanned })) as Settlement).feedetail[0]!.trace_codes).toEqual([scanned])
  })

  it('never keep markup or a name, whatever is sent', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), text => {
      const { opter, dev_no } = header({ opter: text, dev_no: `<${text}` })
      expect(opter + dev_no).not.toMatch(/[<>"'&`\\]|\p{Script=Han}{2}/u)
    }))
  })
})

describe('refusals', () => {
  const cases: ReadonlyArray<readonly [string, unknown]> = [
    ['not_an_object', []], ['not_an_object', 7], ['unknown_kind infno', {}], ['unknown_kind infno', { infno: '9999' }],
    ['unknown_kind type', { type: 'constructor' }],
    ['missing_field msgid', exampleSettlement({ msgid: '' })], ['missing_field inf_time', exampleSettlement({ inf_time: null })],
    ['missing_field inf_time', exampleStock('3501', { inf_time: '0' })],
    ['missing_field fixmedins_code', exampleReversal({ fixmedins_code: null })],
    ['missing_field insuplc_admdvs', exampleSettlement({ insuplc_admdvs: '' })],
    ['missing_field setlinfo', exampleSettlement({ setlinfo: null })],
    ['missing_field setlinfo.psn_no', setl({ psn_no: null })], ['missing_field setlinfo.medfee_sumamt', setl({ medfee_sumamt: '' })],
    ['missing_field feedetail[0].cnt', line({ cnt: null })],
    ['missing_field feedetail[1].feedetl_sn', exampleSettlement({ feedetail: [exampleLine(), exampleLine({ feedetl_sn: '0' })] })],
    ['missing_field feedetail[0]', exampleSettlement({ feedetail: [null] })],
    ['missing_field feedetail', exampleStayLines({ feedetail: [] })],
    ['missing_field mdtrtinfo', exampleStaySettlement({ mdtrtinfo: null })],
    ['missing_field mdtrtinfo.adm_time', exampleAdmission({ mdtrtinfo: { adm_time: null } })],
    ['missing_field mdtrtinfo.dscg_time', exampleDischarge({ mdtrtinfo: { dscg_time: '' } })],
    ['missing_field mdtrtinfo.dscg_time', exampleSettlementList({ mdtrtinfo: { dscg_time: '', adm_time: null } })],
    ['missing_field invinfo.inv_chg_type', exampleStock('3502', { invinfo: { inv_chg_type: null } })],
    ['missing_field valid_from', exampleMaster('catalogue', { valid_from: null })],
    ['bad_identifier setlinfo.psn_no', setl({ psn_no: 'P'.repeat(31) })], ['bad_identifier setlinfo.psn_no', setl({ psn_no: 'P 1' })],
    ['bad_identifier setlinfo.setl_id', setl({ setl_id: '张' })],
    ['bad_identifier setlinfo.psn_no', setl({ psn_no: 9007199254740992 })],
    ['bad_identifier fixmedins_code', exampleSettlement({ fixmedins_code: 'H341702000012' })],
    ['bad_identifier insuplc_admdvs', exampleSettlement({ insuplc_admdvs: '34170' })],
    ['bad_identifier feedetail[0].med_list_codg', line({ med_list_codg: 'X'.repeat(51) })],
    ['bad_identifier feedetail[0].drugtracinfo[0].drug_trac_codg', line({ drugtracinfo: [{ drug_trac_codg: '1'.repeat(101) }] })],
    ['bad_time setlinfo.setl_time', setl({ setl_time: '2026-02-30 00:00:00' })], ['bad_time setlinfo.brdy', setl({ brdy: '19510402' })],
    ['bad_time inf_time', exampleSettlement({ inf_time: 'now' })],
    ['impossible_dates setlinfo.begndate', setl({ begndate: '2026-03-03' })],
    ['impossible_dates setlinfo.brdy', setl({ brdy: '2026-03-03' })],
    ['impossible_dates setlinfo.setl_time', setl({ setl_time: '2026-03-03 10:15:01' })],
    ['impossible_dates setlinfo.setl_time', exampleReversal({ setlinfo: { setl_time: '2026-03-03 10:15:01' } })],
    ['impossible_dates mdtrtinfo.adm_time', exampleStaySettlement({ mdtrtinfo: { dscg_time: '2026-02-20 08:59:59' } })],
    ['impossible_dates mdtrtinfo.dscg_time', exampleDischarge({ mdtrtinfo: { dscg_time: '2027-03-03' } })],
    ['impossible_dates feedetail[0].fee_ocur_time', exampleStayLines({ feedetail: [exampleLine({ fee_ocur_time: '2026-04-01' })] })],
    ['impossible_dates valid_to', exampleMaster('peer_median', { valid_to: '2025-12-31' })],
    ['bad_number setlinfo.medfee_sumamt', setl({ medfee_sumamt: '12,3' })],
    ['bad_number setlinfo.hifp_pay', setl({ hifp_pay: '98.721' })], ['bad_number setlinfo.hifp_pay', setl({ hifp_pay: 1e-7 })],
    ['bad_number feedetail[0].pric', line({ pric: '1e3' })], ['bad_number lng', exampleMaster('institution', { lng: 181 })],
    ['money_identity setlinfo.medfee_sumamt', setl({ medfee_sumamt: '123.41' })],
    ['bad_number setlinfo.medfee_sumamt', setl({ medfee_sumamt: '-123.40', inscp_scp_amt: '-123.40', fund_pay_sumamt: '-98.72', hifp_pay: '-98.72', psn_part_amt: '-24.68', acct_pay: '-24.68' })],
    ['money_identity setlinfo.psn_part_amt', setl({ acct_pay: '24.67' })],
    ['unknown_code setlinfo.gend', setl({ gend: '3' })], ['unknown_code setlinfo.med_type', setl({ med_type: '77' })],
    ['unknown_code setlinfo.pay_loc', setl({ pay_loc: '9' })],
    ['unknown_code feedetail[0].trdn_flag', line({ trdn_flag: '2' })], ['unknown_code feedetail[0].list_type', line({ list_type: '999' })],
    ['hostile_value setlinfo.psn_no', setl({ psn_no: ['P1'] })], ['hostile_value setlinfo', exampleSettlement({ setlinfo: [1] })],
    ['hostile_value feedetail', exampleSettlement({ feedetail: { a: 1 } })],
    ['hostile_value setlinfo.psn_name', setl({ psn_name: { toString: 1 } })],
    ['too_many_lines feedetail', exampleSettlement({ feedetail: Array.from({ length: 5001 }, () => 1) })]
  ]
  it.each(cases)('%s', (expected, record) => {
    expect(why(record)).toBe(expected)
    expect(why(record, 'msgpack')).toBe(expected)
  })

  it('stops just outside and not just inside', () => {
    expect(why(setl({ setl_time: '2026-03-03 10:15:00' }))).toBe('accepted')
    expect(why(setl({ brdy: '2026-03-02', psn_no: 'P'.repeat(30) }))).toBe('accepted')
    expect(why(exampleStaySettlement({ mdtrtinfo: { adm_time: '2026-03-02', dscg_time: '2026-03-02 00:00:01' } }))).toBe('accepted')
    expect(why(exampleSettlement({ mdtrtarea_admvs: '360100', setlinfo: { med_type: '18' } }))).toBe('accepted')
    expect(why(setl({ med_type: '18' }))).toBe('unknown_code setlinfo.med_type')
  })

  it('says what is no JSON or MessagePack without quoting it', () => {
    const broken = Buffer.from('{"psn_name":"张三丰", "certno":340000195104020020,,}')
    const decoded = decodeRecord(broken, 0, broken.length, 'json')
    expect(decoded).toMatchObject({ ok: false, rejection: { reason: 'not_json', field: '' }, fixmedins_code: '', inf_time: 0 })
    expect(JSON.stringify(decoded)).not.toMatch(/张|3400/)
    for (const bytes of [Buffer.from([]), Buffer.from([0x81, 0xa1]), Buffer.from([0xc1]), Buffer.from([0xdd, 255, 255, 255, 255])]) {
      expect(decodeRecord(bytes, 0, bytes.length, 'msgpack')).toMatchObject({ ok: false, rejection: { reason: 'not_msgpack' } })
    }
    const latin = Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d])
    expect(decodeRecord(latin, 0, latin.length, 'json'))
      .toMatchObject({ ok: false, rejection: { reason: 'not_json', seen: '不是 UTF-8 编码 · not UTF-8' } })
  })

  it('refuses what msgpackr would make more than plain values of, and deep nesting in either format', () => {
    for (const value of [new Date(), new Set([1]), new Map([['a', 1]]), /x/, Buffer.from('x'), new Error('x'), new Float32Array(2),
      undefined]) {
      if (value instanceof Map) continue // packs as a plain map
      const bytes = new Packr({ useRecords: false, moreTypes: true }).pack({ infno: '2207', psn_no: value })
      expect(decodeRecord(bytes, 0, bytes.length, 'msgpack')).toMatchObject({ ok: false, rejection: { reason: 'hostile_value' } })
    }
    let deep: unknown = 1
    for (let i = 0; i < 13; i++) deep = { deep }
    for (const format of ['json', 'msgpack'] as const) expect(why(exampleSettlement({ deep }), format)).toBe('hostile_value')
    const inside = exampleSettlement({ deep: [[[[[[[[[[[1]]]]]]]]]]] })
    for (const format of ['json', 'msgpack'] as const) expect(why(inside, format)).toBe('accepted')
  })

  it('files a refused record under its institution and time where they can be read, and masks what it shows', () => {
    const refused = decode(setl({ gend: '7' }))
    expect(refused).toMatchObject({ ok: false, fixmedins_code: 'H34170200001', inf_time: at('2026-03-02 10:15:00') })
    const odd = decode(exampleSettlement({ fixmedins_code: '三'.repeat(3), inf_time: 5, setlinfo: { psn_no: '身份340000195104020020张三' } }))
    expect(odd).toMatchObject({ ok: false, fixmedins_code: '', inf_time: 0 })
    expect(decode(setl({ psn_no: '340000195104020020张三丰' }))).toMatchObject({ rejection: { seen: '340000**********20张**' } })
  })

  it('shows what was seen as text, from either format and however the sender escaped it', () => {
    const seen = (record: unknown, format: Format): string => {
      const decoded = decode(record, format)
      return decoded.ok ? 'accepted' : decoded.rejection.seen
    }
    for (const format of ['json', 'msgpack'] as const) {
      expect(seen(setl({ medfee_sumamt: '１２元' }), format)).toBe('１２*')
      expect(seen(setl({ setl_time: '２０２６年' }), format)).toBe('２０２６*')
      expect(seen(setl({ gend: '女性' }), format)).toBe('女*')
      expect(seen(setl({ psn_no: 'é\u0001ü' }), format)).toBe('é\\u0001ü')
      expect(seen(setl({ psn_no: 'ü'.repeat(2000) }), format)).toBe(`${'ü'.repeat(79)}…`)
      expect(seen(setl({ psn_no: '😀'.repeat(2000) }), format)).toBe(`${'😀'.repeat(39)}…`)
      expect(seen({ infno: '２２０７' }, format)).toBe('２２０７')
      expect(seen({ type: '死亡登记' }, format)).toBe('死***')
      expect(seen(exampleSettlement({ setlinfo: '张三' }), format)).toBe('张*')
    }
    const long = `${'李'.repeat(985)}340000195104020020`
    expect(seen(setl({ psn_no: long }), 'json')).not.toMatch(/1951/)
  })

  it('shows any text whole, masked and on one line', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), text => {
      const refused = setl({ brdy: text })
      const [json, packed] = [decode(refused), decode(refused, 'msgpack')]
      if (json.ok) return
      expect(packed).toMatchObject({ ok: false, rejection: json.rejection })
      expect(json.rejection.seen).toBe(shortened(maskText(trimmed(text)), 80))
    }))
  })

  it('honours its limits', () => {
    const bytes = bytesOf(exampleSettlement({ feedetail: [exampleLine(), exampleLine({ feedetl_sn: '2' })] }), 'json')
    expect(decodeRecord(bytes, 0, bytes.length, 'json', bytes.length, 2)).toMatchObject({ ok: true })
    expect(decodeRecord(bytes, 0, bytes.length, 'json', bytes.length - 1)).toMatchObject({ ok: false, rejection: { reason: 'oversized' } })
    expect(decodeRecord(bytes, 0, bytes.length, 'json', bytes.length, 1))
      .toMatchObject({ ok: false, rejection: { reason: 'too_many_lines' } })
  })
})

describe('any value in any field', () => {
  const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null),
    fc.constantFrom('', '0', '1', ' 7 ', '2026-03-02', '2026-03-02 10:00:00', '12.34', '-1', '张'))
  it('gives equal claims or equal refusals from JSON and MessagePack', () => {
    const examples = allExamples()
    fc.assert(fc.property(fc.nat(examples.length - 1), fc.nat(), fc.nat(), value, (which, a, b, put) => {
      const example = examples[which]!
      const names = Object.keys(example)
      const name = names[a % names.length]!
      const old = example[name]
      let record: Example = { ...example, [name]: put }
      if (typeof old === 'object' && old !== null) {
        const holder = Array.isArray(old) ? old[0] as Example : old as Example
        const inner = Object.keys(holder)[b % Object.keys(holder).length]!
        const changed = { ...holder, [inner]: put }
        record = { ...example, [name]: Array.isArray(old) ? [changed] : changed }
      }
      const json = decode(JSON.parse(JSON.stringify(record)))
      const packed = decode(JSON.parse(JSON.stringify(record)), 'msgpack')
      if (json.ok) expect(packed).toEqual(json)
      else expect(packed.ok ? 'accepted' : packed.rejection.reason).toBe(json.rejection.reason)
    }), { numRuns: 2000 })
  })
})
