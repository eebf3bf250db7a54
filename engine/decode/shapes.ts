/**
 * The members that we read of each node, by name: the one list of them. What is not here is passed over unread,
 * and the compiler lets no reader ask for it. Each shape is a literal, so that objects built of it keep one
 * hidden class; its members take their values in the order written.
 */

type Next = () => unknown

/** A node's members. `inner`: the shapes of those that are nodes, or lists of nodes, themselves. */
export interface Shape<T = object> {
  readonly names: readonly string[]
  readonly build: (next: Next) => T
  readonly inner: Readonly<Record<string, Shape>>
}

/** A node as a reader gets it, of whatever format. */
export type Fields<S> = S extends Shape<infer T> ? Readonly<T> : never

function shape<T extends object> (build: (next: Next) => T, inner: Readonly<Record<string, Shape>> = {}): Shape<T> {
  return { names: Object.keys(build(() => undefined)), build, inner }
}

export const TRACE = shape(next => ({ drug_trac_codg: next() }))

export const LINE = shape(next => ({
  feedetl_sn: next(), init_feedetl_sn: next(), fee_ocur_time: next(), med_list_codg: next(), medins_list_codg: next(),
  list_type: next(), med_chrgitm_type: next(), chrgitm_lv: next(), cnt: next(), pric: next(),
  det_item_fee_sumamt: next(), pric_uplmt_amt: next(), inscp_scp_amt: next(), prd_days: next(), rxno: next(),
  bilg_dept_codg: next(), bilg_dr_codg: next(), orders_dr_code: next(), trdn_flag: next(), etip_flag: next(),
  etip_hosp_code: next(), dscg_tkdrug_flag: next(), drugtracinfo: next(), drug_trac_codg: next()
}), { drugtracinfo: TRACE })

export const DIAGNOSIS = shape(next => ({
  diag_type: next(), maindiag_flag: next(), diag_srt_no: next(), diag_code: next(), diag_name: next(),
  dise_dor_no: next(), diag_time: next()
}))

export const SETLINFO = shape(next => ({
  setl_id: next(), mdtrt_id: next(), psn_no: next(), refd_setl_id: next(), psn_name: next(), psn_cert_type: next(),
  certno: next(), gend: next(), brdy: next(), age: next(), insutype: next(), psn_type: next(), med_type: next(),
  mdtrt_cert_type: next(), pay_loc: next(), setl_time: next(), begndate: next(), enddate: next(),
  medfee_sumamt: next(), fulamt_ownpay_amt: next(), overlmt_selfpay: next(), preselfpay_amt: next(),
  inscp_scp_amt: next(), act_pay_dedc: next(), hifp_pay: next(), cvlserv_pay: next(), hifes_pay: next(),
  hifmi_pay: next(), hifob_pay: next(), maf_pay: next(), oth_pay: next(), fund_pay_sumamt: next(),
  psn_part_amt: next(), acct_pay: next(), psn_cash_pay: next(), hosp_part_amt: next(), acct_mulaid_pay: next(),
  clr_type: next(), clr_way: next(), refd_setl_flag: next(), mid_setl_flag: next(), ars_year_ipt_flag: next()
}))

export const STAY = shape(next => ({
  mdtrt_id: next(), psn_no: next(), adm_time: next(), dscg_time: next(), adm_way: next(), dscg_way: next(),
  ipt_med_type: next(), ipt_no: next(), med_type: next(), mdtrt_cert_type: next(), adm_dept_codg: next(),
  dscg_dept_codg: next(), wardarea_codg: next(), adm_bed: next(), dscg_bed: next(), dise_codg: next(),
  days_rinp_flag_31: next(), days_rinp_pup_31: next(), nwb_flag: next(), etip_flag: next(), die_date: next()
}))

/** All stock messages and the mapping; each has some of it. */
export const STOCK = shape(next => ({
  fixmedins_bchno: next(), fixmedins_hilist_id: next(), fixmedins_hilist_name: next(), med_list_codg: next(),
  invdate: next(), inv_cnt: next(), inv_chg_type: next(), cnt: next(), inv_chg_time: next(), inv_data_type: next(),
  purc_retn_cnt: next(), purc_retn_stoin_time: next(), spler_name: next(), manu_lotnum: next(),
  prod_geay_flag: next(), sel_retn_cnt: next(), sel_retn_time: next(), trdn_flag: next(), setl_id: next(),
  psn_no: next(), begndate: next(), enddate: next(), drugtracinfo: next(), drug_trac_codg: next()
}), { drugtracinfo: TRACE })

/** Header, nodes, the members of master data, which have none, and what a table's reader says of a record (bad-row.ts). */
export const RECORD = shape(next => ({
  infno: next(), msgid: next(), mdtrtarea_admvs: next(), insuplc_admdvs: next(), dev_no: next(), opter_type: next(),
  opter: next(), inf_time: next(), fixmedins_code: next(),
  setlinfo: next(), mdtrtinfo: next(), diseinfo: next(), feedetail: next(),
  invinfo: next(), purcinfo: next(), selinfo: next(), data: next(), catalogcompin: next(),
  type: next(), valid_from: next(), valid_to: next(), fixmedins_name: next(), uscc: next(), fixmedins_type: next(),
  hosp_lv: next(), admdvs: next(), aprv_bed_cnt: next(), lng: next(), lat: next(), fix_onln_open_flag: next(),
  hosp_dept_codg: next(), hosp_dept_name: next(), hi_crtf_bed_cnt: next(), pract_code: next(), name: next(),
  kind: next(), psn_no: next(), die_date: next(), vali_flag: next(), source: next(), med_list_codg: next(), list_type: next(),
  chrgitm_lv: next(), gend_limit: next(), age_min: next(), age_max: next(), pack_units: next(),
  daily_dose_units: next(), pric_uplmt_amt: next(), trace_required: next(), dept_codg: next(), diag_group: next(),
  day_cost: next(), sample: next(), prefix: next(),
  csv_line: next(), csv_fault: next(), csv_column: next()
}), {
  setlinfo: SETLINFO, mdtrtinfo: STAY, diseinfo: DIAGNOSIS, feedetail: LINE,
  invinfo: STOCK, purcinfo: STOCK, selinfo: STOCK, data: STOCK, catalogcompin: STOCK
})

export type RecordNode = Fields<typeof RECORD>
export type SetlNode = Fields<typeof SETLINFO>
export type StayNode = Fields<typeof STAY>
export type LineNode = Fields<typeof LINE>
export type DiagnosisNode = Fields<typeof DIAGNOSIS>
export type StockNode = Fields<typeof STOCK>
export type TraceNode = Fields<typeof TRACE>
