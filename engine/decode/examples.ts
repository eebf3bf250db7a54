/** One valid record of every kind, as senders would write it, for tests. Overrides replace members; nodes are merged. */

export type Example = Record<string, unknown>

/** A record with members replaced; where both are plain objects, their members are merged. */
export function overridden (base: Example, overrides: Example): Example {
  const result: Example = { ...base }
  for (const [name, value] of Object.entries(overrides)) {
    const old = result[name]
    result[name] = isNode(old) && isNode(value) ? { ...old, ...value } : value
  }
  return result
}

const isNode = (value: unknown): value is Example => typeof value === 'object' && value !== null && !Array.isArray(value)

function header (infno: string): Example {
  return {
    infno, msgid: 'H34170200001202603021015000001', mdtrtarea_admvs: '341702', insuplc_admdvs: '341702', dev_no: 'D-07', opter_type: '1',
    opter: 'op12', inf_time: '2026-03-02 10:15:00', fixmedins_code: 'H34170200001'
  }
}

/** A fee line, 123.40 yuan. */
export function exampleLine (overrides: Example = {}): Example {
  return {
    feedetl_sn: '1', fee_ocur_time: '2026-03-02 10:12:00', med_list_codg: 'XC08CAA259A001010102180', medins_list_codg: 'Y0001',
    list_type: '101',
    med_chrgitm_type: '09', chrgitm_lv: '01', cnt: '2', pric: '61.70', det_item_fee_sumamt: '123.40', pric_uplmt_amt: '70.00',
    prd_days: '28',
    rxno: 'R1', bilg_dept_codg: 'A03', bilg_dr_codg: 'D341702000123', trdn_flag: '0',
    drugtracinfo: [{ drug_trac_codg: '81234567890123456789' }, { drug_trac_codg: '81234567890123456790' }], ...overrides
  }
}

export function exampleDiagnosis (overrides: Example = {}): Example {
  return {
    diag_type: '1', maindiag_flag: '1', diag_srt_no: '1', diag_code: 'I10.x00', diag_name: '高血压', dise_dor_no: 'D341702000123',
    diag_time: '2026-03-02 10:05:00', ...overrides
  }
}

const setlinfo: Example = {
  setl_id: 'S1', mdtrt_id: 'M1', psn_no: 'P1', psn_name: '张某', psn_cert_type: '01', certno: '340000195104020020', gend: '2',
  brdy: '1951-04-02',
  age: '74.9', insutype: '310', psn_type: '12', med_type: '11', mdtrt_cert_type: '03', pay_loc: '2', setl_time: '2026-03-02 10:15:00',
  begndate: '2026-03-02', enddate: '2026-03-02', medfee_sumamt: '123.40', fulamt_ownpay_amt: '0', overlmt_selfpay: '0', preselfpay_amt: '0',
  inscp_scp_amt: '123.40', act_pay_dedc: '0', hifp_pay: '98.72', cvlserv_pay: '0', hifes_pay: '0', hifmi_pay: '0', hifob_pay: '0',
  maf_pay: '0',
  oth_pay: '0', fund_pay_sumamt: '98.72', psn_part_amt: '24.68', acct_pay: '24.68', psn_cash_pay: '0', hosp_part_amt: '0',
  acct_mulaid_pay: '0',
  clr_type: '11', clr_way: '1', refd_setl_flag: '0', mid_setl_flag: '0', ars_year_ipt_flag: '0'
}

const stayFields: Example = {
  adm_time: '2026-02-20 09:00:00', dscg_time: '2026-03-02 10:00:00', adm_way: '2', dscg_way: '1', ipt_med_type: '1', ipt_no: 'Z1',
  adm_dept_codg: 'A03', dscg_dept_codg: 'A03', wardarea_codg: 'W3', adm_bed: 'W3-12', dscg_bed: 'W3-12', dise_codg: null,
  days_rinp_flag_31: '0', days_rinp_pup_31: null, nwb_flag: '0', etip_flag: '0', die_date: null
}

/** 2207, an outpatient visit. With `infno: '2102'` a pharmacy's. */
export function exampleSettlement (overrides: Example = {}): Example {
  return overridden({ ...header('2207'), setlinfo, diseinfo: [exampleDiagnosis()], feedetail: [exampleLine()] }, overrides)
}

/** 2304, a stay. */
export function exampleStaySettlement (overrides: Example = {}): Example {
  const inpatient = { infno: '2304', setlinfo: { med_type: '21', begndate: '2026-02-20', clr_type: '21' }, mdtrtinfo: stayFields }
  return overridden(exampleSettlement(inpatient), overrides)
}

/** 2301 */
export function exampleStayLines (overrides: Example = {}): Example {
  return overridden({ ...header('2301'), mdtrtinfo: { mdtrt_id: 'M1', psn_no: 'P1' }, feedetail: [exampleLine()] }, overrides)
}

/** 2401 */
export function exampleAdmission (overrides: Example = {}): Example {
  const mdtrtinfo = {
    mdtrt_id: 'M2', psn_no: 'P1', adm_time: '2026-03-01 08:30:00', adm_dept_codg: 'A03', wardarea_codg: 'W3', adm_bed: 'W3-12',
    med_type: '21',
    adm_way: '2', mdtrt_cert_type: '03'
  }
  return overridden({ ...header('2401'), mdtrtinfo, diseinfo: [exampleDiagnosis()] }, overrides)
}

/** 2402 */
export function exampleDischarge (overrides: Example = {}): Example {
  const mdtrtinfo = { mdtrt_id: 'M2', psn_no: 'P1', dscg_time: '2026-03-02 10:00:00', dscg_dept_codg: 'A03', dscg_bed: 'W3-12',
    dscg_way: '1' }
  return overridden({ ...header('2402'), mdtrtinfo, diseinfo: [exampleDiagnosis()] }, overrides)
}

/** 4101 */
export function exampleSettlementList (overrides: Example = {}): Example {
  return overridden({ ...header('4101'), setlinfo: { setl_id: 'S1', mdtrt_id: 'M1', psn_no: 'P1' }, mdtrtinfo: stayFields }, overrides)
}

/** 2208; also 2103 and 2305. */
export function exampleReversal (overrides: Example = {}): Example {
  const reversed = { setl_id: 'S1', mdtrt_id: 'M1', psn_no: 'P1', refd_setl_id: 'S1R', setl_time: '2026-03-02 10:00:00' }
  return overridden({ ...header('2208'), setlinfo: reversed }, overrides)
}

const goods: Example = {
  med_list_codg: 'XC08CAA259A001010102180', fixmedins_hilist_id: 'Y0001', fixmedins_hilist_name: '氨氯地平片', fixmedins_bchno: 'B1',
  manu_lotnum: 'L1'
}

const STOCK_NODES: Readonly<Record<string, readonly [string, Example]>> = {
  3501: ['invinfo', { ...goods, invdate: '2026-03-01', inv_cnt: '120' }],
  3502: ['invinfo', { ...goods, inv_chg_type: '103', cnt: '10.5', inv_chg_time: '2026-03-01 09:00:00', trdn_flag: '1' }],
  3503: ['purcinfo', { ...goods, spler_name: '国药', purc_retn_cnt: '100', purc_retn_stoin_time: '2026-03-01 09:00:00',
    prod_geay_flag: '0' }],
  3504: ['purcinfo', { ...goods, spler_name: '国药', purc_retn_cnt: '-4', purc_retn_stoin_time: '2026-03-01 09:00:00', prod_geay_flag: '0' }],
  3505: ['selinfo', {
    ...goods, setl_id: 'S1', psn_no: 'P1', sel_retn_cnt: '2', sel_retn_time: '2026-03-02 10:12:00', trdn_flag: '1',
    drugtracinfo: [{ drug_trac_codg: '81234567890123456789' }]
  }],
  3506: ['selinfo', { ...goods, setl_id: 'S1', psn_no: 'P1', sel_retn_cnt: '1', sel_retn_time: '2026-03-02 10:13:00', trdn_flag: '0',
    drug_trac_codg: '81234567890123456789' }],
  3507: ['data', { fixmedins_bchno: 'B1', inv_data_type: '3' }],
  3301: ['catalogcompin', { fixmedins_hilist_id: 'Y0001', fixmedins_hilist_name: '氨氯地平片', med_list_codg: 'XC08CAA259A001010102180',
    begndate: '2026-01-01', enddate: null }]
}

/** 3501–3507 or 3301, by infno. */
export function exampleStock (infno: string, overrides: Example = {}): Example {
  const shape = STOCK_NODES[infno]
  if (shape === undefined) throw new RangeError(`no stock message ${infno}`)
  return overridden({ ...header(infno), [shape[0]]: shape[1] }, overrides)
}

const MASTERS: Readonly<Record<string, Example>> = {
  institution: {
    type: 'institution', fixmedins_code: 'H34170200001', fixmedins_name: '贵池区人民医院', uscc: '12341702000000000X', fixmedins_type: '1',
    hosp_lv: '05',
    admdvs: '341702', aprv_bed_cnt: '120', lng: '117.48', lat: '30.66', fix_onln_open_flag: '1', valid_from: '2024-01-01', valid_to: null,
    inf_time: '2024-01-01 00:00:00'
  },
  department: { type: 'department', fixmedins_code: 'H34170200001', hosp_dept_codg: 'A03', hosp_dept_name: '内科', aprv_bed_cnt: '40',
    hi_crtf_bed_cnt: '36', valid_from: '2024-01-01' },
  practitioner: { type: 'practitioner', pract_code: 'D341702000123', name: '李某', kind: 'doctor', fixmedins_code: 'H34170200001',
    valid_from: '2024-01-01' },
  death: { type: 'death', psn_no: 'P9', die_date: '2026-01-15', source: '户籍', inf_time: '2026-03-20 00:00:00' },
  catalogue: {
    type: 'catalogue', med_list_codg: 'XC08CAA259A001010102180', name: '氨氯地平片', list_type: '101', chrgitm_lv: '01', gend_limit: null,
    age_min: null,
    age_max: null, pack_units: '28', daily_dose_units: '1', pric_uplmt_amt: '70.00', trace_required: '1', valid_from: '2024-01-01'
  },
  peer_median: {
    type: 'peer_median', hosp_lv: '05', dept_codg: 'A03', diag_group: 'I10', day_cost: '612.35', sample: '214', valid_from: '2026-01-01',
    valid_to: '2026-02-01', inf_time: '2026-01-02 03:00:00'
  },
  trace_prefix: { type: 'trace_prefix', prefix: '8123456', med_list_codg: 'XC08CAA259A001010102180', valid_from: '2024-01-01' }
}

/** Master data by type. */
export function exampleMaster (type: string, overrides: Example = {}): Example {
  const base = MASTERS[type]
  if (base === undefined) throw new RangeError(`no master data ${type}`)
  return overridden(base, overrides)
}

/** One of every kind. */
export function allExamples (): Example[] {
  return [
    exampleSettlement({ infno: '2102', setlinfo: { med_type: '41', clr_type: '41' } }), exampleSettlement(), exampleStaySettlement(),
    exampleStayLines(),
    exampleAdmission(), exampleDischarge(), exampleSettlementList(), exampleReversal({ infno: '2103' }), exampleReversal(),
    exampleReversal({ infno: '2305' }),
    ...Object.keys(STOCK_NODES).map(infno => exampleStock(infno)), ...Object.keys(MASTERS).map(type => exampleMaster(type))
  ]
}
