/** Claims, flags and master rows as tests and benchmarks of the store need them: complete, plausible, easily varied. */
import type { Header, Line, MasterData, Reversal, SetlInfo, Settlement, StayInfo, StockMovement, Version } from '../core/claim.ts'
import type { FlagItem, FlagRow } from '../core/flag.ts'
import { HOUR, type Millis, parseMoment } from '../core/time.ts'

/** Epoch milliseconds of "yyyy-MM-dd[ HH:mm:ss]". */
export function at (text: string): Millis {
  const moment = parseMoment(text)
  if (moment === null) throw new TypeError(`${text} is not a moment`)
  return moment.at
}

export function sampleVersion (inf_time: Millis, order = 1, content = 0): Version {
  return { inf_time, order, contentHi: content, contentLo: -content | 0 }
}

export function sampleHeader (header: Partial<Header> = {}): Header {
  return {
    infno: '2207', msgid: 'H34170200001202603021015000001', mdtrtarea_admvs: '341702', insuplc_admdvs: '341702', dev_no: 'D-07',
    opter_type: '1', opter: 'op12', inf_time: at('2026-03-02 10:15:00'), fixmedins_code: 'H34170200001', ...header
  }
}

export function sampleLine (line: Partial<Line> = {}): Line {
  return {
    feedetl_sn: '1', init_feedetl_sn: '', fee_ocur_time: at('2026-03-02 10:12:00'), fee_ocur_date_only: false,
    med_list_codg: 'XC08CAA259A001010102180', medins_list_codg: 'Y0001', list_type: '101', med_chrgitm_type: '09', chrgitm_lv: '01',
    cnt: 20000, pric: 61700000, det_item_fee_sumamt: 12340, pric_uplmt_amt: 70000000, inscp_scp_amt: 12340, prd_days: 2800,
    rxno: 'R1', bilg_dept_codg: 'A03', bilg_dr_codg: 'D341702000123', orders_dr_code: 'D341702000124', trdn_flag: false,
    etip_flag: false, etip_hosp_code: '', dscg_tkdrug_flag: false, trace_codes: ['81234567890123456789'], ...line
  }
}

export function sampleSetlinfo (info: Partial<SetlInfo> = {}): SetlInfo {
  return {
    setl_id: 'S1', mdtrt_id: 'M1', psn_no: 'P1', psn_name: '张某', psn_cert_type: '01', certno: '340000195104020020', gend: '2',
    brdy: at('1951-04-02'), insutype: '310', psn_type: '12', med_type: '11', mdtrt_cert_type: '03', pay_loc: '2',
    setl_time: at('2026-03-02 10:15:00'), setl_date_only: false, begndate: at('2026-03-02'), enddate: at('2026-03-02'),
    medfee_sumamt: 12340, fulamt_ownpay_amt: 0, overlmt_selfpay: 0, preselfpay_amt: 0, inscp_scp_amt: 12340, act_pay_dedc: 0,
    hifp_pay: 9872, cvlserv_pay: 0, hifes_pay: 0, hifmi_pay: 0, hifob_pay: 0, maf_pay: 0, oth_pay: 0, fund_pay_sumamt: 9872,
    psn_part_amt: 2468, acct_pay: 2468, psn_cash_pay: 0, hosp_part_amt: 0, acct_mulaid_pay: 0, clr_type: '11', clr_way: '1',
    refd_setl_flag: false, mid_setl_flag: false, ars_year_ipt_flag: false, ...info
  }
}

export function sampleStay (stay: Partial<StayInfo> = {}): StayInfo {
  return {
    adm_time: at('2026-02-20 09:00:00'), adm_date_only: false, dscg_time: at('2026-03-02 10:00:00'), dscg_date_only: false,
    adm_way: '2', dscg_way: '1', ipt_med_type: '1', ipt_no: 'Z1', med_type: '21', mdtrt_cert_type: '03', adm_dept_codg: 'A03',
    dscg_dept_codg: 'A03', wardarea_codg: 'W3', adm_bed: 'W3-12', dscg_bed: 'W3-12', dise_codg: '', days_rinp_flag_31: false,
    days_rinp_pup_31: '', nwb_flag: false, etip_flag: false, die_date: null, ...stay
  }
}

/** A settlement whose money is `fund` pooled and `acct` account money of `fee` in all. */
export function sampleSettlement (
  info: Partial<SetlInfo> = {}, header: Partial<Header> = {},
  rest: Partial<Pick<Settlement, 'mdtrtinfo' | 'feedetail' | 'diseinfo' | 'version'>> = {}
): Settlement {
  const top = sampleHeader(header)
  return {
    kind: 'settlement', ...top, version: sampleVersion(top.inf_time), setlinfo: sampleSetlinfo(info), mdtrtinfo: null,
    diseinfo: [{
      diag_type: '1', maindiag_flag: true, diag_srt_no: 1, diag_code: 'I10.x00', diag_name: '高血压', dise_dor_no: 'D341702000123',
      diag_time: at('2026-03-02 10:05:00')
    }],
    feedetail: [sampleLine()], ...rest
  }
}

export function sampleReversal (of: Settlement): Reversal {
  const inf_time = of.inf_time + 24 * HOUR
  return {
    kind: 'reversal', ...sampleHeader({ infno: '2208', msgid: `${of.msgid}R`, inf_time, fixmedins_code: of.fixmedins_code }),
    version: sampleVersion(inf_time), setl_id: of.setlinfo.setl_id, mdtrt_id: of.setlinfo.mdtrt_id, psn_no: of.setlinfo.psn_no,
    refd_setl_id: `${of.setlinfo.setl_id}R`, setl_time: inf_time
  }
}

export function sampleStock (stock: Partial<StockMovement> = {}): StockMovement {
  return {
    kind: 'sale', ...sampleHeader({ infno: '3505' }), version: sampleVersion(at('2026-03-02 10:15:00')), fixmedins_bchno: 'B1',
    fixmedins_hilist_id: 'Y0001', fixmedins_hilist_name: '氨氯地平', med_list_codg: 'XC08CAA259A001010102180', at: at('2026-03-02 10:15:00'),
    until: null, cnt: 20000, inv_chg_type: '', inv_data_type: '', spler_name: '', manu_lotnum: 'L1', prod_geay_flag: false,
    trdn_flag: false, setl_id: 'S1', psn_no: 'P1', trace_codes: ['81234567890123456789'], ...stock
  }
}

export function sampleInstitution (key: string, fields: MasterData['fields'], inf_time = at('2024-01-01')): MasterData {
  return {
    kind: 'master', type: 'institution', version: sampleVersion(inf_time), key, inf_time, valid_from: at('2024-01-01'), valid_to: null,
    fields: { fixmedins_code: key, ...fields }
  }
}

export function sampleItem (item: Partial<FlagItem> = {}): FlagItem {
  return {
    role: 'main', fixmedins_code: 'H34170200001', setl_id: 'S1', mdtrt_id: 'M1', lines: [], medfee_sumamt: 12340, fund_pay_sumamt: 9872,
    acct_pay: 2468, ...item
  }
}

export function sampleFlag (flag: Partial<FlagRow> = {}): FlagRow {
  return {
    flag_id: '00000000000000000000000000000001', revision: 194832900, status: 'active', rule_id: 'frequent-visits-month', rule_version: 1,
    severity: 3, subject_kind: 'person', subject: 'P1', anchor: ['2026-03'], fixmedins_code: 'H34170200001', area: '341702',
    service_time: at('2026-03-02 10:15:00'), medfee_sumamt: 12340, fund_pay_sumamt: 9872, acct_pay: 2468,
    items: [sampleItem()], persons: [],
    values: { op: 16, month: '2026-03' }, thresholds: { month_op: 15 }, exclusions: ['registration_only'], supports: [], weakens: [],
    sentence_zh: '3月门诊16次，达到15次', sentence_en: '16 visits in March reach 15', cleared_zh: '少于15次即不成疑点',
    cleared_en: 'Cleared below 15', ...flag
  }
}
