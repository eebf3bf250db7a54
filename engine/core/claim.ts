/**
 * A claim: a record that was decoded and found valid. Field names are those of the national interface
 * (sources: engine/ARCHITECTURE.md); absent text is '' and absent numbers, times and money are null or 0
 * as each field says. Every object is built with every property, in one order, so that V8 keeps one shape.
 */
import type { Fen } from './money.ts'
import type { Millis } from './time.ts'

/** What every record carries. */
export interface Header {
  readonly infno: string
  readonly msgid: string
  /** 就医地 */
  readonly mdtrtarea_admvs: string
  /** 参保地: its pooling area decides the thresholds. */
  readonly insuplc_admdvs: string
  readonly dev_no: string
  readonly opter_type: string
  readonly opter: string
  /** When the sender sent it: decides which of two versions wins. */
  readonly inf_time: Millis
  readonly fixmedins_code: string
}

/**
 * Which of two versions of one record wins, and whether they are the same. Compare with `compareVersions`.
 * `order` is the last nine digits of msgid (its time and serial); `content` covers every kept field but msgid and inf_time.
 */
export interface Version { readonly inf_time: Millis, readonly order: number, readonly contentHi: number, readonly contentLo: number }

/** Below 0 when a is older than b, 0 only for equal versions. The result never depends on arrival order. */
export function compareVersions (a: Version, b: Version): number {
  return a.inf_time - b.inf_time || a.order - b.order ||
    (a.contentHi >>> 0) - (b.contentHi >>> 0) || (a.contentLo >>> 0) - (b.contentLo >>> 0)
}

/** Whether two versions say the same (then the later one is a duplicate). */
export function sameContent (a: Version, b: Version): boolean {
  return a.contentHi === b.contentHi && a.contentLo === b.contentLo
}

export interface Diagnosis {
  readonly diag_type: string
  readonly maindiag_flag: boolean
  readonly diag_srt_no: number
  readonly diag_code: string
  readonly diag_name: string
  readonly dise_dor_no: string
  readonly diag_time: Millis | null
}

/** One fee line (feedetail). */
export interface Line {
  readonly feedetl_sn: string
  /** '' unless the line refunds another one. */
  readonly init_feedetl_sn: string
  readonly fee_ocur_time: Millis
  readonly fee_ocur_date_only: boolean
  readonly med_list_codg: string
  readonly medins_list_codg: string
  readonly list_type: string
  readonly med_chrgitm_type: string
  readonly chrgitm_lv: string
  /** Quantity × 10^4. Negative for a refund. */
  readonly cnt: number
  /** Price × 10^6 yuan. */
  readonly pric: number
  readonly det_item_fee_sumamt: Fen
  /** Price limit × 10^6 yuan; 0 when none was returned. */
  readonly pric_uplmt_amt: number
  readonly inscp_scp_amt: Fen
  /** Days of supply × 100; 0 when absent. */
  readonly prd_days: number
  readonly rxno: string
  readonly bilg_dept_codg: string
  readonly bilg_dr_codg: string
  readonly orders_dr_code: string
  readonly trdn_flag: boolean
  readonly etip_flag: boolean
  readonly etip_hosp_code: string
  readonly dscg_tkdrug_flag: boolean
  readonly trace_codes: readonly string[]
}

/** What a stay adds (mdtrtinfo of 2304, 2401, 2402, 4101). Absent times are null. */
export interface StayInfo {
  readonly adm_time: Millis | null
  readonly adm_date_only: boolean
  readonly dscg_time: Millis | null
  readonly dscg_date_only: boolean
  readonly adm_way: string
  readonly dscg_way: string
  readonly ipt_med_type: string
  readonly ipt_no: string
  readonly med_type: string
  readonly mdtrt_cert_type: string
  readonly adm_dept_codg: string
  readonly dscg_dept_codg: string
  readonly wardarea_codg: string
  readonly adm_bed: string
  readonly dscg_bed: string
  readonly dise_codg: string
  readonly days_rinp_flag_31: boolean
  readonly days_rinp_pup_31: string
  readonly nwb_flag: boolean
  readonly etip_flag: boolean
  readonly die_date: Millis | null
}

/** setlinfo of 2102, 2207, 2304. Amounts in 分. */
export interface SetlInfo {
  readonly setl_id: string
  readonly mdtrt_id: string
  readonly psn_no: string
  readonly psn_name: string
  readonly psn_cert_type: string
  readonly certno: string
  readonly gend: string
  /** Birth date; null when not sent. */
  readonly brdy: Millis | null
  readonly insutype: string
  readonly psn_type: string
  readonly med_type: string
  readonly mdtrt_cert_type: string
  readonly pay_loc: string
  readonly setl_time: Millis
  readonly setl_date_only: boolean
  readonly begndate: Millis | null
  readonly enddate: Millis | null
  readonly medfee_sumamt: Fen
  readonly fulamt_ownpay_amt: Fen
  readonly overlmt_selfpay: Fen
  readonly preselfpay_amt: Fen
  readonly inscp_scp_amt: Fen
  readonly act_pay_dedc: Fen
  readonly hifp_pay: Fen
  readonly cvlserv_pay: Fen
  readonly hifes_pay: Fen
  readonly hifmi_pay: Fen
  readonly hifob_pay: Fen
  readonly maf_pay: Fen
  readonly oth_pay: Fen
  /** Pooled money: everything the funds pay but the personal account. */
  readonly fund_pay_sumamt: Fen
  readonly psn_part_amt: Fen
  /** Personal account, the family's share (acct_mulaid_pay) included. */
  readonly acct_pay: Fen
  readonly psn_cash_pay: Fen
  readonly hosp_part_amt: Fen
  readonly acct_mulaid_pay: Fen
  readonly clr_type: string
  readonly clr_way: string
  readonly refd_setl_flag: boolean
  readonly mid_setl_flag: boolean
  readonly ars_year_ipt_flag: boolean
}

/** A settled claim. Identity (fixmedins_code, setl_id). A stay has mdtrtinfo. */
export interface Settlement extends Header {
  readonly kind: 'settlement'
  readonly version: Version
  readonly setlinfo: SetlInfo
  readonly mdtrtinfo: StayInfo | null
  readonly diseinfo: readonly Diagnosis[]
  readonly feedetail: readonly Line[]
}

/** 2301, a stay's daily lines. */
export interface StayLines extends Header {
  readonly kind: 'lines'
  readonly version: Version
  readonly mdtrt_id: string
  readonly psn_no: string
  readonly feedetail: readonly Line[]
}

/** 2401 admission, 2402 discharge, 4101 settlement list: facts about a stay. */
export interface StayEvent extends Header {
  readonly kind: 'admission' | 'discharge' | 'list'
  readonly version: Version
  readonly mdtrt_id: string
  readonly psn_no: string
  /** Only on a list. */
  readonly setl_id: string
  readonly mdtrtinfo: StayInfo
  readonly diseinfo: readonly Diagnosis[]
}

/** 2103, 2208, 2305: voids the settlement `setl_id` whole. */
export interface Reversal extends Header {
  readonly kind: 'reversal'
  readonly version: Version
  /** The original's. */
  readonly setl_id: string
  readonly mdtrt_id: string
  readonly psn_no: string
  /** The one that the reversal itself got. */
  readonly refd_setl_id: string
  readonly setl_time: Millis
}

/** 3501–3507 and 3301: key fixmedins_code. One shape for all; what a message lacks is '' or 0. */
export interface StockMovement extends Header {
  readonly kind: 'inventory' | 'sale' | 'mapping'
  readonly version: Version
  readonly fixmedins_bchno: string
  readonly fixmedins_hilist_id: string
  readonly fixmedins_hilist_name: string
  readonly med_list_codg: string
  /** invdate, inv_chg_time, purc_retn_stoin_time, sel_retn_time or begndate. */
  readonly at: Millis
  /** enddate of a mapping; null otherwise or open. */
  readonly until: Millis | null
  /** Quantity × 10^4 in the minimum pricing unit. */
  readonly cnt: number
  readonly inv_chg_type: string
  readonly inv_data_type: string
  readonly spler_name: string
  readonly manu_lotnum: string
  readonly prod_geay_flag: boolean
  readonly trdn_flag: boolean
  readonly setl_id: string
  readonly psn_no: string
  readonly trace_codes: readonly string[]
}

export type MasterType = 'institution' | 'department' | 'practitioner' | 'death' | 'catalogue' | 'peer_median' | 'trace_prefix'

/** Dated master data. `key` identifies the row; `fields` are the row’s own, checked and typed by the decoder. */
export interface MasterData {
  readonly kind: 'master'
  readonly type: MasterType
  readonly version: Version
  readonly key: string
  readonly inf_time: Millis
  readonly valid_from: Millis
  /** First moment it no longer holds; null while open. */
  readonly valid_to: Millis | null
  /** Text as sent, money in 分, flags as booleans, dates in Millis. */
  readonly fields: Readonly<Record<string, string | number | boolean | null>>
}

export type Claim = Settlement | StayLines | StayEvent | Reversal | StockMovement | MasterData
/** Claims keyed by psn_no: those a person's window is made of. */
export type PersonClaim = Settlement | StayLines | StayEvent | Reversal

/** The key that owns a claim (psn_no, fixmedins_code or a master row's own key). */
export function subjectKeyOf (claim: Claim): string {
  switch (claim.kind) {
    case 'settlement': return claim.setlinfo.psn_no
    case 'lines': case 'admission': case 'discharge': case 'list': case 'reversal': return claim.psn_no
    case 'inventory': case 'sale': case 'mapping': return claim.fixmedins_code
    case 'master': return claim.key
  }
}

/** Whether a claim is a stock movement, sale or mapping. */
export function isStock (claim: Claim): claim is StockMovement {
  return claim.kind === 'inventory' || claim.kind === 'sale' || claim.kind === 'mapping'
}
