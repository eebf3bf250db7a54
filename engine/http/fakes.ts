/** In-memory stand-ins of the ports for the tests of this folder: they answer what the test says and remember what was asked. */
import type { FastifyInstance } from 'fastify'
import type { FlagRow } from '../core/flag.ts'
import type { Checker, Format, Intake, Outcome, StoreReader } from '../core/ports.ts'
import type { LoadedRule, Rulebook } from '../core/rulebook.ts'
import { PACKAGE_ROOT, readRuleFolder } from '../core/rulebook/folders.ts'
import { namedQuery } from '../store/queries.ts'
import { boundParameters } from '../store/queries/named.ts'
import { createMetrics } from '../metrics.ts'
import type { EngineStatus, Failure, HttpSettings, ServerDeps } from './deps.ts'
import { buildServer } from './server.ts'

export const FLAG: FlagRow = {
  flag_id: '4f1c2a9be07d3355', revision: 7, status: 'active', rule_id: 'split-hospitalisation',
  rule_version: 1, severity: 2, subject_kind: 'person',
  subject: 'P1', anchor: ['H1', 'M2'], fixmedins_code: 'H1', area: '341702', service_time: Date.UTC(2026, 2, 5, 1), medfee_sumamt: 812_340,
  fund_pay_sumamt: 650_000, acct_pay: 12_340,
  persons: [],
  items: [
    {
      role: 'main', fixmedins_code: 'H1', setl_id: 'S2', mdtrt_id: 'M2', lines: [],
      medfee_sumamt: 812_340, fund_pay_sumamt: 650_000, acct_pay: 12_340
    },
    {
      role: 'involved', fixmedins_code: 'H1', setl_id: 'S1', mdtrt_id: 'M1', lines: [],
      medfee_sumamt: 500_000, fund_pay_sumamt: 400_000, acct_pay: 0
    }
  ],
  values: { gap_days: 3, disease: 'I10', previous_discharge: Date.UTC(2026, 2, 2, 1, 30) },
  thresholds: { gap_days_core: 7, gap_days_watch: 15 },
  exclusions: ['emergency', 'transfer'],
  supports: ['same_department'], weakens: ['self_discharge'], sentence_zh: '出院后第 3 天再次入院', sentence_en: 'readmitted 3 days after discharge',
  cleared_zh: '间隔不少于 16 天则不成立', cleared_en: 'cleared if the gap were 16 days'
}

const SALE = { lines: ['1'], medfee_sumamt: 12_340, fund_pay_sumamt: 0, acct_pay: 12_340 }
/** About one box in two persons' claims. */
export const SHARED_FLAG: FlagRow = {
  ...FLAG, flag_id: '7b0d2a9be07d3366', rule_id: 'trace-code-resold', severity: 1, subject_kind: 'trace', subject: '81234560000000000017',
  anchor: ['81234560000000000017'], fixmedins_code: 'P2', medfee_sumamt: 12_340, fund_pay_sumamt: 0, acct_pay: 12_340,
  persons: ['P8', 'P9'],
  items: [
    { ...SALE, role: 'main', fixmedins_code: 'P2', setl_id: 'B', mdtrt_id: 'MB' },
    { ...SALE, role: 'involved', fixmedins_code: 'P1', setl_id: 'A', mdtrt_id: 'MA' }
  ],
  values: { sales: 2 }, thresholds: { sales_max: 1 }, exclusions: [], supports: [], weakens: [],
  sentence_zh: '追溯码 81234560000000000017 已结算 2 次', sentence_en: 'settled twice'
}

export const RULE: LoadedRule = {
  id: 'split-hospitalisation', version: 1, title: { zh: '分解住院', en: 'split hospitalisation' }, official_id: 'GZ10000204001000',
  severity: 1, behaviour: 1,
  law_basis: [
    { zh: '条例第三十八条', en: 'Regulation, article 38', from: 0 },
    { zh: '实施细则', en: 'Implementing Rules', from: Date.UTC(2026, 2, 31, 16) }
  ], negative_items: { 'yangzhou-2020': '8.1.4' },
  exclusions: new Map([['emergency', { zh: '急诊入院', en: 'emergency admission' }], ['transfer', { zh: '转院', en: 'transfer' }]]),
  facts: new Map([['same_department', { zh: '同一科室', en: 'same department' }], ['self_discharge', { zh: '自动出院', en: 'left on own wish' }]]),
  to_check: [{ zh: '核对两次住院病历', en: 'compare both medical records' }],
  parameters: new Map([
    ['gap_days_core', {
      says: { zh: '核心区天数', en: 'days of the core zone' }, unit: 'days',
      basisOn: () => ({ value: 7, basis: 'local', from: 0, source: '某市文件', link: 'https://example.org', why: '' })
    }],
    ['gap_days_watch', {
      says: { zh: '关注区天数', en: 'days of the watch zone' }, unit: 'days',
      basisOn: () => ({ value: 14, basis: 'official', from: 0, source: '旧文件', link: '', why: '' })
    }]
  ]),
  value_labels: new Map([
    ['gap_days', { zh: '间隔天数', en: 'gap in days', form: 'plain', words: new Map() }],
    ['previous_discharge', { zh: '上次出院', en: 'previous discharge', form: 'time', words: new Map() }]
  ]),
  law: { on: () => null }, rule: { subject: 'person', reads: ['stays'], evaluate: () => {} },
  folder: readRuleFolder(new URL('rules/monitoring/split-hospitalisation/', PACKAGE_ROOT), 'split-hospitalisation'),
  sentence: () => ({ zh: '', en: '' }), cleared: () => ({ zh: '', en: '' })
}

export const RULEBOOK: Rulebook = { rules: [RULE], digest: 'digest' }

export const RUNNING: EngineStatus = {
  phase: 'running', store_reachable: true, recovered_claims: 0, claims_to_recover: 0, lanes: 2,
  watermark: Date.UTC(2026, 2, 5, 4), version: '0.1.0'
}

export const SETTINGS: HttpSettings = {
  token: null, maxBodyBytes: 4096, maxBufferedBytes: 16_384, maxPendingBytes: 65_536,
  maxClientRequests: 8, maxCheckBytes: 2048, checkMs: 1500, retryAfterSeconds: 2
}

export interface Submitted { readonly bytes: Uint8Array, readonly format: Format, readonly source: string }
export type Parameters = Readonly<Record<string, string | number | readonly string[]>>
export interface Asked { readonly name: string, readonly parameters: Parameters }

export interface Fakes {
  outcomes?: Outcome[] | (() => Promise<Outcome[]>)
  /** Of checks. */
  checked?: Outcome[] | (() => Promise<Outcome[]>)
  pendingBytes?: number
  /** Rows by query name, or a function of the parameters. */
  rows?: Readonly<Record<string, readonly object[] | ((parameters: Parameters) => readonly object[])>>
  /** Every query fails with this. */
  readError?: Error
  status?: Partial<EngineStatus>
  settings?: Partial<HttpSettings>
  rulebook?: Rulebook
}

export interface Harness {
  readonly app: FastifyInstance
  readonly deps: ServerDeps
  readonly submitted: Submitted[]
  readonly checks: Array<Omit<Submitted, 'source'> & { readonly patienceMs: number, readonly passOver: readonly string[] }>
  readonly asked: Asked[]
  readonly failures: Failure[]
}

/** Rows as the store's JSON gives them: 64-bit integers as text in some, as numbers in others. */
export const ROWS = {
  'flags.list': [{ ...FLAG, revision: '7', rank: '2000000' }],
  'flag.get': [FLAG],
  'flag.claims': [{
    kind: 'settlement', reversed: 0, infno: '2304', fixmedins_code: 'H1', psn_no: 'P1', setl_id: 'S2', mdtrt_id: 'M2',
    psn_name: '张三丰', certno: '340000195104020020', gend: '2',
    med_type: '21', inf_time: FLAG.service_time, event_time: String(FLAG.service_time),
    setl_time: FLAG.service_time, adm_time: '2026-03-05 09:00:00.123', dscg_time: null,
    adm_dept_codg: 'A03', dscg_dept_codg: 'A03', medfee_sumamt: 812_340, fund_pay_sumamt: 650_000, acct_pay: 12_340,
    opter: 'op1', dev_no: 'D-1',
    diseinfo: [{ maindiag_flag: true, diag_code: 'I10', diag_name: '<script>alert(1)</script>', dise_dor_no: 'D1' }],
    feedetail: [{
      feedetl_sn: '1', init_feedetl_sn: '', fee_ocur_time: FLAG.service_time, med_list_codg: 'X1',
      medins_list_codg: 'Y1', med_chrgitm_type: '09', cnt: '20000', pric: 61_700_000,
      det_item_fee_sumamt: 12_340, bilg_dept_codg: 'A03', bilg_dr_codg: 'D1', orders_dr_code: ''
    }]
  }],
  'bed_hanging.list': [{
    psn_no: 'P1', fixmedins_code: 'H1', mdtrt_id: 'M2', area: '341702', severity: 2, signals: ['bed-low-day-cost', 'bed-no-lines'],
    flag_rules: ['bed-low-day-cost', 'bed-no-lines'], flag_ids: ['f-cost', 'f-lines'], settled: true, setl_ids: ['S2'],
    medfee_sumamt: '812340', fund_pay_sumamt: 650_000, acct_pay: 12_340,
    first_service: FLAG.service_time, last_service: FLAG.service_time + 86_400_000
  }],
  'peer_medians.computed': [{ hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost: 61_235, sample: 214 }],
  'institutions.names': [{ fixmedins_code: 'H1', fixmedins_name: '一院' }],
  'catalogue.names': [{ med_list_codg: 'X1', valid_from: 0, name: '氨氯地平片' }],
  'flag.responsible': [{ role: 'billing_doctor', code: 'D1', name: '李时珍', lines: 1, det_item_fee_sumamt: 12_340 }],
  'person.flags': [FLAG],
  'institution.summary': [{
    fixmedins_code: 'H1', fixmedins_name: '一院', institution_level: '二级', settlements: 10, persons: 9,
    medfee_sumamt: 100, fund_pay_sumamt: 60, acct_pay: 20, flags: 3, flags_high: 0,
    flags_mid: 2, flags_low: 1, suspected_claims: 2, suspected_medfee: 30, suspected_fund: 20, suspected_acct: 5
  }],
  totals: [{
    settlements: '48000', persons: 900, institutions: 12, medfee_sumamt: 1_000_000, fund_pay_sumamt: '123456789',
    acct_pay: 4_200, latest_event_time: 0, flags: 30, flags_high: 2,
    flags_mid: 18, flags_low: 10, suspected_claims: 34, suspected_medfee: 30, suspected_fund: 777_700, suspected_acct: 50
  }],
  'candidates.list': [{
    regime: 'yangzhou-2020', negative_item: '8.1.4', fixmedins_code: 'H1', fixmedins_name: '一院', level: '二级',
    hosp_lv: '05', flags: 3, flags_high: 0, flags_mid: 2, flags_low: 1, persons: 3,
    claims: 4, first_seen: FLAG.service_time, last_seen: FLAG.service_time, suspected_medfee: 100,
    suspected_fund: 60, suspected_acct: 10, suspected_loss: 70, band: 'general',
    band_zh: '候选·一般失信档', band_article: '第十条第（一）项', interpretations: []
  }],
  'scores.list': [{
    fixmedins_code: 'H1', fixmedins_name: '一院', level: '橙', score: 12.5,
    reasons: [{ level: '橙', zh: '30日内有高级别疑点' }], points: 3, flags: 3, settlements: 10,
    parts: [{ rule_id: 'split-hospitalisation', severity: 2, flags: 3, points: 3 }], suspected_money: 70,
    peers: '二级', peer_count: 4, as_of_time: FLAG.service_time, basis: 'engineering'
  }],
  'dead_letters.list': [{
    source: 'http', partition: 0, offset: '17', digest: 'd', reason: 'money_identity', field: 'setlinfo.medfee_sumamt',
    seen: '1', format: 'json', fixmedins_code: 'H1', inf_time: 0,
    stored_at: FLAG.service_time, bytes: Buffer.from('{"psn_name":"张三丰","certno":"340000195104020020"}')
  }]
}
export const ALL_ROWS = { ...ROWS, 'person.claims': ROWS['flag.claims'] }

/** A server over fakes. */
export async function harness (fakes: Fakes = {}): Promise<Harness> {
  const submitted: Submitted[] = []
  const asked: Asked[] = []
  const failures: Failure[] = []
  const intake: Intake = {
    pendingBytes: fakes.pendingBytes ?? 0,
    submit: async (bytes, format, source) => {
      submitted.push({ bytes, format, source })
      return typeof fakes.outcomes === 'function' ? fakes.outcomes() : fakes.outcomes ?? []
    }
  }
  const checks: Harness['checks'] = []
  const checker: Checker = {
    check: async (bytes, format, patienceMs, passOver = []) => {
      checks.push({ bytes, format, patienceMs, passOver })
      return typeof fakes.checked === 'function' ? fakes.checked() : fakes.checked ?? []
    }
  }
  const reader: StoreReader = {
    query: async <T>(name: string, parameters: Parameters = {}) => {
      // As the real readers do: a query or parameter that does not exist must fail in these tests too.
      const bound = boundParameters(name, namedQuery(name), parameters)
      asked.push({ name, parameters: bound })
      if (fakes.readError !== undefined) throw fakes.readError
      const rows = fakes.rows?.[name] ?? []
      return (typeof rows === 'function' ? rows(bound) : rows) as T[]
    },
    close: async () => {}
  }
  const deps: ServerDeps = {
    intake, checker, reader, rulebook: fakes.rulebook ?? RULEBOOK, metrics: createMetrics({ version: '0.1.0', rules_digest: 'digest' }),
    status: () => ({ ...RUNNING, ...fakes.status }), settings: { ...SETTINGS, ...fakes.settings },
    onFailure: failure => failures.push(failure)
  }
  const app = buildServer(deps)
  await app.ready()
  return { app, deps, submitted, checks, asked, failures }
}
