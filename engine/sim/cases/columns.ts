/** Which node of a record each field of the national interface belongs to, and the columns that are ours. */

export const HEADER = [
  'infno', 'msgid', 'mdtrtarea_admvs', 'insuplc_admdvs', 'dev_no', 'opter_type', 'opter', 'inf_time', 'fixmedins_code'
] as const

export const FUND_PARTS = ['hifp_pay', 'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'maf_pay', 'oth_pay'] as const

export const AMOUNTS = [
  'medfee_sumamt', 'fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt', 'act_pay_dedc',
  ...FUND_PARTS, 'fund_pay_sumamt', 'psn_part_amt', 'acct_pay', 'psn_cash_pay', 'hosp_part_amt', 'acct_mulaid_pay'
] as const

export const SETLINFO = [
  'setl_id', 'mdtrt_id', 'psn_no', 'psn_name', 'psn_cert_type', 'certno', 'gend', 'brdy', 'insutype', 'psn_type', 'med_type',
  'mdtrt_cert_type', 'pay_loc', 'setl_time', 'begndate', 'enddate', ...AMOUNTS, 'clr_type', 'clr_way', 'refd_setl_flag',
  'mid_setl_flag', 'ars_year_ipt_flag'
] as const

export const ADMISSION = [
  'adm_time', 'adm_way', 'adm_dept_codg', 'wardarea_codg', 'adm_bed', 'ipt_no', 'ipt_med_type', 'nwb_flag', 'dise_codg'
] as const
export const DISCHARGE = [
  'dscg_time', 'dscg_way', 'dscg_dept_codg', 'dscg_bed', 'die_date', 'days_rinp_flag_31', 'days_rinp_pup_31', 'dise_codg'
] as const
export const MDTRTINFO = [...new Set([...ADMISSION, ...DISCHARGE, 'etip_flag'])]

/** Columns that are not fields: the harness's own. */
export const OURS = [
  'kind', 'claim', 'flag', 'values', 'supports', 'weakens', 'involved', 'at', 'days', 'lines', 'diag_code', 'maindiag_flag', 'times'
] as const

/** Columns holding a moment, moved on by `times`. */
export const MOMENTS = ['setl_time', 'begndate', 'enddate', 'adm_time', 'dscg_time', 'inf_time', 'die_date', 'at_time'] as const

/** Nodes of stock records by kind of row: infno, node, and the fields of quantity and time. */
export const STOCK = {
  stocktake: { infno: '3501', node: 'invinfo', cnt: 'inv_cnt', time: 'invdate' },
  stock_change: { infno: '3502', node: 'invinfo', cnt: 'cnt', time: 'inv_chg_time' },
  purchase: { infno: '3503', node: 'purcinfo', cnt: 'purc_retn_cnt', time: 'purc_retn_stoin_time' },
  purchase_return: { infno: '3504', node: 'purcinfo', cnt: 'purc_retn_cnt', time: 'purc_retn_stoin_time' },
  sale: { infno: '3505', node: 'selinfo', cnt: 'sel_retn_cnt', time: 'sel_retn_time' },
  sale_return: { infno: '3506', node: 'selinfo', cnt: 'sel_retn_cnt', time: 'sel_retn_time' },
  deletion: { infno: '3507', node: 'data', cnt: '', time: '' },
  mapping: { infno: '3301', node: 'catalogcompin', cnt: '', time: 'begndate' }
} as const
export type StockKind = keyof typeof STOCK
/** Fields of stock records that are given under their own names; quantity and time are `cnt` and `at_time`. */
export const STOCK_FIELDS = [
  'fixmedins_bchno', 'fixmedins_hilist_id', 'fixmedins_hilist_name', 'med_list_codg', 'inv_chg_type', 'inv_data_type', 'spler_name', 'manu_lotnum',
  'prod_geay_flag', 'trdn_flag', 'setl_id', 'psn_no', 'drug_trac_codg', 'enddate'
] as const

/** Columns that a master-data row may have besides these are taken as they are. */
export const RECORD_COLUMNS: ReadonlySet<string> = new Set([
  ...HEADER, ...SETLINFO, ...MDTRTINFO, ...OURS, ...STOCK_FIELDS, 'refd_setl_id', 'cnt', 'at_time'
])
