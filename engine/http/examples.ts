/** Examples of the OpenAPI document. Persons, institutions and numbers are made up; a test holds them against the schemas. */

export const RECORD_EXAMPLE = {
  infno: '2208', msgid: 'H34170200001202603051100000001', mdtrtarea_admvs: '341702', insuplc_admdvs: '341702',
  dev_no: 'D-07', opter_type: '1',
  opter: 'op12', inf_time: '2026-03-05 11:00:00', fixmedins_code: 'H34170200001',
  setlinfo: { setl_id: 'S1', mdtrt_id: 'M1', psn_no: 'P1', refd_setl_id: 'S1R', setl_time: '2026-03-05 11:00:00' }
}

export const BRIEF_FLAG_EXAMPLE = {
  flag_id: '4f1c2a9be07d3355', revision: 197_000_000, status: 'active', rule_id: 'split-hospitalisation',
  title: { zh: '分解住院', en: 'split hospitalisation' }, severity: 2, severity_zh: '中',
  subject_kind: 'person', subject: 'P1', psn_no: 'P1', person: 'P1', fixmedins_code: 'H34170200001', area: '341702',
  service_time: '2026-03-05 09:00:00', sentence_zh: '出院后第 3 天以同类诊断再次入住同一机构。',
  sentence_en: 'Readmitted to the same institution 3 days after discharge with a like diagnosis.', settled: true,
  money: { total: 812_340, pooled: 650_000, personal: 12_340 }, evidence: '/v1/flags/4f1c2a9be07d3355/evidence'
}

/** Two signals of an unused bed in one stay. */
export const BED_STAY_EXAMPLE = {
  severity: 2, severity_zh: '中', fixmedins_code: 'H34170200001', fixmedins_name: '某某医院', psn_no: 'P1', person: 'P1',
  mdtrt_id: 'M2', area: '341702',
  signals: [
    {
      rule_id: 'bed-low-day-cost', title: { zh: '挂床住院：日均费用畸低', en: 'An unused bed: a day costs a fraction of the usual' },
      flag_id: '4f1c2a9be07d3355', evidence: '/v1/flags/4f1c2a9be07d3355/evidence'
    },
    {
      rule_id: 'bed-no-lines', title: { zh: '挂床住院：长时间无费用', en: 'An unused bed: two days without any fee' },
      flag_id: '9be07d3355aa014f', evidence: '/v1/flags/9be07d3355aa014f/evidence'
    }
  ],
  settled: true, money: BRIEF_FLAG_EXAMPLE.money, first_service: '2026-03-05 09:00:00', last_service: '2026-03-09 09:00:00'
}

export const MEDIANS_EXAMPLE = {
  month: '2026-03', from: '2025-04-01', to: '2026-03-31', valid_from: '2026-04-01', valid_to: '2026-05-01', sample_min: 30, min_los_days: 3,
  medians: [{ hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost: 61_235, sample: 214 }]
}

export const HANDED_IN_EXAMPLE = { ...MEDIANS_EXAMPLE, added: 1, corrected: 0, ended: 0, unchanged: 0, sent_in: 0, rejected: 0 }

export const LISTED_FLAG_EXAMPLE = { ...BRIEF_FLAG_EXAMPLE, fixmedins_name: '某某医院' }

const COUNTS = { accepted: 1, judged: 1, corrected: 0, late: 0, learned: 0, duplicate: 0, superseded: 0, rejected: 0 }

export const CLAIMS_EXAMPLE = {
  ...COUNTS,
  results: [{ index: 0, status: 'judged', identity: 'H34170200001/S1', flags: [BRIEF_FLAG_EXAMPLE] }]
}

export const CLAIMS_REJECTED_EXAMPLE = {
  ...COUNTS, accepted: 0, judged: 0, rejected: 1,
  results: [{
    index: 0, status: 'rejected', reason: 'money_identity', reason_zh: '金额恒等式不成立', field: 'setlinfo.medfee_sumamt', seen: '123.40'
  }]
}

const LAW_EXAMPLE = {
  zh: '《医疗保障基金使用监督管理条例》第三十八条第（一）项',
  en: 'Regulation on the Supervision of the Use of Medical Security Funds, article 38 (1)'
}

export const RULE_EXAMPLE = {
  id: 'split-hospitalisation', version: 1, title: { zh: '分解住院', en: 'split hospitalisation' },
  official_id: 'GZ10000204001000', severity: 1 as const, subject: 'person',
  law_basis: [{ ...LAW_EXAMPLE, from: '2021-05-01' }],
  negative_items: { 'yangzhou-2020': '8.1.4' },
  exclusions: [{ id: 'emergency', zh: '急诊入院', en: 'emergency admission' }],
  facts: [{ id: 'same_department', zh: '两次住院在同一科室', en: 'both stays in the same department' }],
  to_check: [{ zh: '核对两次住院病历', en: 'compare the records of both stays' }]
}

const MONEY = BRIEF_FLAG_EXAMPLE.money

export const CLAIM_EXAMPLE = {
  infno: '2304', reversed: false, fixmedins_code: 'H34170200001', setl_id: 'S2', mdtrt_id: 'M2',
  psn_no: 'P1', psn_name: '张*', certno: '340***********0020', gend: '2', med_type: '21',
  setl_time: '2026-03-09 10:00:00', adm_time: '2026-03-05 09:00:00', dscg_time: '2026-03-09 09:00:00',
  inf_time: '2026-03-09 10:00:05', adm_dept_codg: 'A03', dscg_dept_codg: 'A03',
  medfee_sumamt: MONEY.total, fund_pay_sumamt: MONEY.pooled, acct_pay: MONEY.personal, opter: 'op12', dev_no: 'D-07',
  diagnoses: [{ maindiag_flag: true, diag_code: 'I10.x00', diag_name: '高血压', dise_dor_no: 'D341702000123' }],
  line_count: 1,
  lines: [{
    feedetl_sn: '1', init_feedetl_sn: '', fee_ocur_time: '2026-03-05 10:12:00',
    med_list_codg: 'XC08CAA259A001010102180', item_name: '氨氯地平片', medins_list_codg: 'Y0001', med_chrgitm_type: '09',
    cnt: '2', pric: '61.7', det_item_fee_sumamt: 12_340, bilg_dept_codg: 'A03', bilg_dr_codg: 'D341702000123', orders_dr_code: ''
  }]
}

export const FLAG_DETAIL_EXAMPLE = {
  ...LISTED_FLAG_EXAMPLE,
  subject_explained: [{ label: { zh: '参保人', en: 'person' }, shown: { zh: 'P1', en: 'P1' } }],
  rule: { id: RULE_EXAMPLE.id, version: 1, official_id: RULE_EXAMPLE.official_id },
  law_basis: [LAW_EXAMPLE],
  thresholds: { gap_days_core: 7 },
  thresholds_explained: [{
    name: 'gap_days_core', value: 7,
    says: { zh: '出院到再次入院不超过多少日历日属核心区', en: 'Calendar days from discharge to re-admission, at most, for the core zone' },
    shown: { zh: '7 天', en: '7 days' }, unit: 'days', basis: 'derived', source: '', link: '', why: '国家规则不公布天数'
  }],
  values: { gap_days: 3 },
  values_explained: [{ name: 'gap_days', value: 3, label: { zh: '间隔天数', en: 'gap in days' }, shown: { zh: '3', en: '3' } }],
  items: [{
    role: 'main', fixmedins_code: 'H34170200001', fixmedins_name: '某某医院', setl_id: 'S2', mdtrt_id: 'M2', psn_no: 'P1', person: 'P1',
    money: MONEY, claims: [CLAIM_EXAMPLE]
  }],
  responsible: [{ role: 'billing_doctor', code: 'D341702000123', name: '张*', lines: 1, amount: 12_340 }],
  exclusions_checked: RULE_EXAMPLE.exclusions,
  facts_for: RULE_EXAMPLE.facts,
  facts_against: [],
  cleared: { zh: '间隔不少于 16 天则不成立', en: 'cleared if the gap were at least 16 days' },
  to_check: RULE_EXAMPLE.to_check,
  caution: { zh: '疑点仅为线索，须经核查认定。', en: 'A flag is a lead only.' }
}

const { evidence: _, fixmedins_name: __, responsible: ___, items, ...JUDGED_FLAG } = FLAG_DETAIL_EXAMPLE

/** The flag that a check would raise. */
const CHECKED_FLAG_EXAMPLE = {
  ...JUDGED_FLAG,
  items: items.map(({ fixmedins_name, claims, ...item }) => item)
}

export const CHECK_EXAMPLE = {
  recorded: false, checked: 1, flags: 1, judged: 1, corrected: 0, late: 0, learned: 0, duplicate: 0, superseded: 0, rejected: 0,
  results: [{
    index: 0, status: 'judged', identity: 'H34170200001/S2', judged_by: 'memory', history: 'whole',
    history_says: { zh: '已按系统内存中该参保人的全部记录研判', en: 'judged by all that memory has of the person' }, flags: [CHECKED_FLAG_EXAMPLE]
  }],
  caution: FLAG_DETAIL_EXAMPLE.caution
}

export const CHECK_REJECTED_EXAMPLE = {
  ...CHECK_EXAMPLE, checked: 0, flags: 0, judged: 0, rejected: 1, results: CLAIMS_REJECTED_EXAMPLE.results
}

const COUNTED = {
  settlements: 48_000, persons: 9_000, medfee_sumamt: 960_000_000, fund_pay_sumamt: 610_000_000, acct_pay: 150_000_000,
  flags: 30, flags_high: 2, flags_medium: 18,
  flags_low: 10, suspected_claims: 34, suspected_medfee: 9_600_000, suspected_fund: 7_100_000, suspected_acct: 400_000
}
export const TOTALS_EXAMPLE = { ...COUNTED, institutions: 12 }
export const INSTITUTION_EXAMPLE = { fixmedins_code: 'H34170200001', fixmedins_name: '某某医院', level: '二级', ...COUNTED }

export const CANDIDATE_EXAMPLE = {
  regime: 'yangzhou-2020', negative_item: '8.1.4', fixmedins_code: 'H34170200001', fixmedins_name: '某某医院',
  level: '二级', flags: 3, flags_high: 0, flags_medium: 2, flags_low: 1,
  persons: 3, claims: 4, first_seen: '2026-02-11 09:00:00', last_seen: '2026-03-05 09:00:00',
  suspected_medfee: 1_812_340, suspected_fund: 1_450_000, suspected_acct: 12_340,
  band: 'general', band_zh: '一般档', band_en: 'general band', band_article: '第十条第（一）项', interpretations: ['造成损失金额按统筹基金与个人账户合计计算，系本系统理解']
}

export const SCORE_EXAMPLE = {
  fixmedins_code: 'H34170200001', fixmedins_name: '某某医院', level: '黄', score: 12.5, reasons: [{ level: '黄', zh: '30日内中级别疑点不少于3条' }],
  parts: [{ rule_id: 'split-hospitalisation', severity: 2, flags: 3, points: 17.2 }],
  points: 17.2, flags: 3, settlements: 1_200, suspected_money: 1_462_340, peers: '二级',
  peer_count: 12, as_of: '2026-03-05 12:00:00', basis: 'engineering'
}

export const DEAD_LETTER_EXAMPLE = {
  source: 'http', partition: 0, offset: 17, reason: 'money_identity', reason_zh: '金额恒等式不成立',
  field: 'setlinfo.medfee_sumamt', seen: '123.40', format: 'json',
  fixmedins_code: 'H34170200001', inf_time: '2026-03-02 10:15:00',
  bytes: '{"infno":"2207","setlinfo":{"psn_name":"张*","medfee_sumamt":"123.40"}}'
}
