import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonClaim } from '../../core/claim.ts'
import type { FlagRow } from '../../core/flag.ts'
import type { LoadedRule } from '../../core/rulebook.ts'
import { encodeClaimRow } from '../../store/claim-row.ts'
import { RowWriter } from '../../store/row-binary.ts'
import * as sample from '../../store/samples.ts'
import { encodeMasterRow } from '../../store/stock-row.ts'
import { openStore, type Store } from './open.ts'

const dir = mkdtempSync(join(tmpdir(), 'fundwatch-candidates-'))
const ORIGIN = { source: 'test', partition: 0, offset: 0 }
let store: Store

const rule = (id: string, negative_items: Record<string, string>, version = 1): LoadedRule => ({
  id, version, title: { zh: id, en: id }, official_id: '', severity: 2, behaviour: 1, law_basis: [{ zh: '第三十八条', en: 'article 38', from: 0 }],
  negative_items, exclusions: new Map([['emergency', { zh: '急诊', en: 'emergency' }]]), facts: new Map(), to_check: [{ zh: '查病历', en: 'case notes' }],
  parameters: new Map(), value_labels: new Map(), law: { on: () => null }, rule: { subject: 'claim', evaluate: () => undefined }, sentence: () => ({ zh: '', en: '' }), cleared: () => ({ zh: '', en: '' })
})

/** A settlement of `fee`, `fund`, `acct` 分 at an institution; setl_id names person and claim. */
const settled = (fixmedins_code: string, setl_id: string, fee: number, fund: number, acct: number, lines = [sample.sampleLine()]): PersonClaim =>
  sample.sampleSettlement({ setl_id, psn_no: `P-${setl_id}`, medfee_sumamt: fee, fund_pay_sumamt: fund, acct_pay: acct }, { fixmedins_code }, { feedetail: lines })

let serial = 0
/** A flag laid against the institution of its one main item. */
const flagged = (rule_id: string, fixmedins_code: string, setl_id: string, lines: string[] = [], more: Partial<FlagRow> = {}): FlagRow =>
  sample.sampleFlag({
    flag_id: `flag-${++serial}`, rule_id, fixmedins_code, subject: `P-${setl_id}`, severity: 2,
    items: [sample.sampleItem({ fixmedins_code, setl_id, lines })], ...more
  })

const LINES = [
  sample.sampleLine({ feedetl_sn: '1', det_item_fee_sumamt: 3000 }), sample.sampleLine({ feedetl_sn: '2', det_item_fee_sumamt: 2000, bilg_dr_codg: 'D2' }),
  sample.sampleLine({ feedetl_sn: '3', det_item_fee_sumamt: 5000 }), sample.sampleLine({ feedetl_sn: '4', init_feedetl_sn: '2', det_item_fee_sumamt: -500 })
]
const REVERSED = sample.sampleSettlement({ setl_id: 'rev', psn_no: 'P-rev', fund_pay_sumamt: 999999 }, { fixmedins_code: 'H2' })

beforeAll(async () => {
  store = await openStore({ dir })
  await store.migrate()
  const row = new RowWriter()
  const claims = [
    settled('H2', 'a', 9500, 7001, 1000, LINES), REVERSED, sample.sampleReversal(REVERSED), settled('H2', 'b', 100, 60, 40),
    settled('H1', 'h1', 20000000, 9000000, 1000000), settled('H1x', 'h1x', 20000000, 9000000, 1000001),
    settled('H3', 'h3', 90000000, 40000000, 0), settled('P341', 'p', 1000001, 1, 1000000), settled('HU', 'u', 10, 5, 5)
  ]
  for (const claim of claims) encodeClaimRow(row, claim, ORIGIN, 'json', new Uint8Array())
  const chunk = row.takeChunk('claims')
  for (const [key, hosp_lv] of [['H1', '08'], ['H1x', '11'], ['H2', '06'], ['H3', '02']] as const) {
    encodeMasterRow(row, sample.sampleInstitution(key, { fixmedins_type: '1', hosp_lv, fixmedins_name: `${key}医院` }), ORIGIN, 'json', new Uint8Array())
  }
  await store.recordRules({
    digest: 'd', rules: [
      rule('sex', { 'yangzhou-2020': '8.1.3', 'yangzhou-2020/pharmacy': '8.2.5' }), rule('age', { 'yangzhou-2020': '8.1.3' }),
      rule('split', { 'yangzhou-2020': 'old' }), rule('split', { 'yangzhou-2020': '8.1.4' }, 2), rule('unmapped', {})
    ]
  })
  const flags = [
    flagged('sex', 'H2', 'a', ['1']), flagged('age', 'H2', 'a', ['1', '2']), flagged('split', 'H2', 'a', [], { severity: 1 }),
    flagged('split', 'H2', 'rev'), flagged('split', 'H2', 'b', [], { status: 'retracted' }), flagged('unmapped', 'H2', 'b'),
    flagged('sex', '', 'h3', [], { items: [sample.sampleItem({ fixmedins_code: 'H3', setl_id: 'h3' })] }),
    flagged('split', 'H1', 'h1', [], {
      items: [sample.sampleItem({ fixmedins_code: 'H1', setl_id: 'h1' }), sample.sampleItem({ role: 'involved', fixmedins_code: 'H2', setl_id: 'b' })]
    }),
    flagged('split', 'H1x', 'h1x'), flagged('split', 'H3', 'h3'), flagged('sex', 'P341', 'p'), flagged('split', 'HU', 'u')
  ]
  await store.writer.write({ flags, deadLetters: [], chunks: [chunk, row.takeChunk('master_data')] })
})
afterAll(async () => {
  await store.close()
  rmSync(dir, { recursive: true })
})

interface Candidate { fixmedins_code: string, negative_item: string, suspected_fund: number, suspected_acct: number, band: string, interpretations: string[] }
const candidates = async (parameters = {}): Promise<Map<string, Candidate>> =>
  new Map((await store.reader.query<Candidate>('candidates.list', parameters)).map(row => [`${row.fixmedins_code} ${row.negative_item}`, row]))

describe('negative-information candidates', () => {
  it('group flags by institution and item, by the newest reading of each rule', async () => {
    expect([...(await candidates()).keys()].sort()).toEqual(['H1 8.1.4', 'H1x 8.1.4', 'H2 8.1.3', 'H2 8.1.4', 'H3 8.1.4', 'HU 8.1.4', 'P341 8.2.5'])
  })

  it('count each claim line once, net of refunds, pooled and account money apart, rounded down', async () => {
    // Lines 1 and 2 with refund 4: 3000 + 2000 − 500 = 4500 of 9500. 7001 × 4500 / 9500 = 3316.2…, 1000 × 4500 / 9500 = 473.6…
    expect((await candidates()).get('H2 8.1.3')).toMatchObject({
      flags: 2, flags_mid: 2, persons: 1, claims: 1, suspected_medfee: 4500, suspected_fund: 3316, suspected_acct: 473, suspected_loss: 3789,
      fixmedins_name: 'H2医院', regime: 'yangzhou-2020', first_seen: sample.at('2026-03-02 10:15:00')
    })
    expect(await store.reader.query('candidate.claims', { fixmedins_code: 'H2', negative_item: '8.1.3' })).toMatchObject([
      { psn_no: 'P-a', setl_id: 'a', settled: true, whole: false, fund_pay_sumamt: 3316, acct_pay: 473 }])
  })

  it('count a claim marked whole with all its money, a reversed one with none', async () => {
    expect((await candidates()).get('H2 8.1.4')).toMatchObject({
      flags: 2, flags_high: 1, flags_mid: 1, persons: 2, claims: 1, suspected_fund: 7001, suspected_acct: 1000 })
  })

  it('read the loss bands of articles 10 and 11, and say where the reading is ours', async () => {
    const all = await candidates()
    const band = (key: string): unknown[] => {
      const row = all.get(key) as unknown as Record<string, unknown>
      return [row['suspected_loss'], row['band_zh'], row['band_article']]
    }
    expect(band('H1 8.1.4')).toEqual([10000000, '候选·一般失信档', '第十条第（一）项'])
    expect(band('H1x 8.1.4')).toEqual([10000001, '候选·严重失信档', '第十一条第（一）项'])
    expect(band('P341 8.2.5')).toEqual([1000001, '候选·严重失信档', '第十一条第（二）项'])
    expect(band('HU 8.1.4')).toEqual([10, '候选·等级未知，未分档', ''])
    expect(all.get('H3 8.1.4')).toMatchObject({ band: 'general' })
    expect(all.get('H3 8.1.4')?.interpretations).toContain('三级机构不足50万元，第十条未列，按一般档理解')
    expect(all.get('H2 8.1.4')?.interpretations).toContain('二级机构不足10万元，第十条未列，按一般档理解')
    expect(all.get('H1x 8.1.4')?.interpretations).toContain('无等级机构按一级及以下理解')
    expect([...(await candidates({ band: 'serious' })).keys()].sort()).toEqual(['H1x 8.1.4', 'P341 8.2.5'])
  })

  it('add up to totals and an institution’s summary with each claim counted once', async () => {
    expect(await store.reader.query('institution.summary', { fixmedins_code: 'H2' })).toEqual([{
      fixmedins_code: 'H2', fixmedins_name: 'H2医院', institution_level: '二级', settlements: 2, persons: 2, medfee_sumamt: 9600, fund_pay_sumamt: 7061,
      acct_pay: 1040, flags: 5, flags_high: 1, flags_mid: 4, flags_low: 0, suspected_claims: 2, suspected_medfee: 9600, suspected_fund: 7061, suspected_acct: 1040
    }])
    expect(await store.reader.query('totals')).toMatchObject([{
      settlements: 7, institutions: 6, flags: 11, flags_high: 1, suspected_claims: 7,
      suspected_fund: 7001 + 60 + 9000000 + 9000000 + 40000000 + 1 + 5, suspected_acct: 1000 + 40 + 1000000 + 1000001 + 0 + 1000000 + 5
    }])
    expect(await store.reader.query('totals', { area: '99' })).toMatchObject([{ settlements: 0, suspected_claims: 0, suspected_fund: 0 }])
    expect(await store.reader.query('institution.rules', { fixmedins_code: 'H2' })).toMatchObject([
      { rule_id: 'split', severity: 1, flags: 1 }, { rule_id: 'age', flags: 1 }, { rule_id: 'sex', flags: 1 },
      { rule_id: 'split', severity: 2, flags: 1 }, { rule_id: 'unmapped', flags: 1 }])
    expect(await store.reader.query('institution.doctors', { fixmedins_code: 'H2' })).toEqual([
      { doctor: 'D341702000123', name: '', claims: 2, persons: 2, flags: 4 }, { doctor: 'D2', name: '', claims: 1, persons: 1, flags: 3 }])
    expect(await store.reader.query('totals.rules')).toHaveLength(5)
  })

  it('keep the rules as recorded', async () => {
    expect(await store.reader.query('rules.list', { rule_id: 'split' })).toMatchObject([
      { version: 2, negative_items: { 'yangzhou-2020': '8.1.4' }, law: [{ zh: '第三十八条', en: 'article 38' }],
        exclusions: [{ id: 'emergency', zh: '急诊', en: 'emergency' }], to_check: [{ zh: '查病历' }] },
      { version: 1 }])
  })
})
