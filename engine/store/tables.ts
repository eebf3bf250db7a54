/**
 * The columns of every table that is written as RowBinary, in the order of its rows. The encoders write in this order,
 * the insert statement names these columns, and a test holds them against the tables that the migrations create.
 */
import type { RowTable } from '../core/ports.ts'

/** A column: its name and its ClickHouse type. */
export type Column = readonly [name: string, type: string]

/** Every table the writer inserts into. */
export type StoreTable = RowTable | 'flags' | 'dead_letters' | 'moved_settlements' | 'rule_versions' | 'progress' | 'milestones'

const TEXT = 'String'
const CODE = 'LowCardinality(String)'
const TIME = "DateTime64(3, 'Asia/Shanghai')"
const TIME_OR_NULL = "Nullable(DateTime64(3, 'Asia/Shanghai'))"
const FEN = 'Int64'

const texts = (...names: string[]): Column[] => names.map(name => [name, TEXT])
const codes = (...names: string[]): Column[] => names.map(name => [name, CODE])
const fens = (...names: string[]): Column[] => names.map(name => [name, FEN])
const flagged = (...names: string[]): Column[] => names.map(name => [name, 'Bool'])

/** An array of named tuples: stored one file a field, like Nested, and written one element after the other. */
function listOf (columns: readonly Column[]): string {
  return `Array(Tuple(${columns.map(([name, type]) => `${name} ${type}`).join(', ')}))`
}

/** Where a record came from, and the bytes it was. */
const ORIGIN: readonly Column[] = [
  ['source', CODE], ['source_partition', 'Int32'], ['source_offset', 'Int64'], ['format', CODE], ['raw', TEXT]
]

export const DIAGNOSIS_COLUMNS: readonly Column[] = [
  ['diag_type', CODE], ['maindiag_flag', 'Bool'], ['diag_srt_no', 'Int32'], ['diag_code', CODE], ['diag_name', CODE],
  ['dise_dor_no', CODE], ['diag_time', TIME_OR_NULL]
]

export const LINE_COLUMNS: readonly Column[] = [
  ['feedetl_sn', TEXT], ['init_feedetl_sn', TEXT], ['fee_ocur_time', TIME], ['fee_ocur_date_only', 'Bool'],
  ...codes('med_list_codg', 'medins_list_codg', 'list_type', 'med_chrgitm_type', 'chrgitm_lv'),
  ...fens('cnt', 'pric', 'det_item_fee_sumamt', 'pric_uplmt_amt', 'inscp_scp_amt'), ['prd_days', 'Int32'],
  ['rxno', TEXT], ...codes('bilg_dept_codg', 'bilg_dr_codg', 'orders_dr_code'),
  ...flagged('trdn_flag', 'etip_flag'), ['etip_hosp_code', CODE], ...flagged('dscg_tkdrug_flag'),
  ['trace_codes', 'Array(String)']
]

const SETLINFO_COLUMNS: readonly Column[] = [
  ...texts('psn_name'), ...codes('psn_cert_type'), ...texts('certno'), ...codes('gend'), ['brdy', 'Nullable(Date32)'],
  ...codes('insutype', 'psn_type', 'med_type', 'mdtrt_cert_type', 'pay_loc'),
  ['setl_time', TIME_OR_NULL], ['setl_date_only', 'Bool'], ['begndate', TIME_OR_NULL], ['enddate', TIME_OR_NULL],
  ...fens('medfee_sumamt', 'fulamt_ownpay_amt', 'overlmt_selfpay', 'preselfpay_amt', 'inscp_scp_amt', 'act_pay_dedc',
    'hifp_pay', 'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'maf_pay', 'oth_pay', 'fund_pay_sumamt',
    'psn_part_amt', 'acct_pay', 'psn_cash_pay', 'hosp_part_amt', 'acct_mulaid_pay'),
  ...codes('clr_type', 'clr_way'), ...flagged('refd_setl_flag', 'mid_setl_flag', 'ars_year_ipt_flag')
]

const STAY_COLUMNS: readonly Column[] = [
  ['has_stay', 'Bool'], ['adm_time', TIME_OR_NULL], ['adm_date_only', 'Bool'], ['dscg_time', TIME_OR_NULL],
  ['dscg_date_only', 'Bool'], ...codes('adm_way', 'dscg_way', 'ipt_med_type'), ...texts('ipt_no'),
  ...codes('stay_med_type', 'stay_mdtrt_cert_type', 'adm_dept_codg', 'dscg_dept_codg', 'wardarea_codg', 'adm_bed',
    'dscg_bed', 'dise_codg'), ['days_rinp_flag_31', 'Bool'], ...texts('days_rinp_pup_31'),
  ...flagged('nwb_flag', 'etip_flag'), ['die_date', TIME_OR_NULL]
]

const ITEM_COLUMNS: readonly Column[] = [
  ['role', CODE], ...texts('fixmedins_code', 'setl_id', 'mdtrt_id'), ['lines', 'Array(String)'],
  ...fens('medfee_sumamt', 'fund_pay_sumamt', 'acct_pay')
]

/** Columns by table. `version` orders exactly as compareVersions does: inf_time, order, content. */
export const COLUMNS: Readonly<Record<StoreTable, readonly Column[]>> = {
  claims: [
    ...codes('kind', 'infno'), ...texts('psn_no'), ...codes('fixmedins_code'), ...texts('id'), ['version', 'UInt128'],
    ...texts('msgid'), ['event_time', TIME], ['inf_time', TIME],
    ...codes('mdtrtarea_admvs', 'insuplc_admdvs', 'dev_no', 'opter_type', 'opter'),
    ...texts('setl_id', 'mdtrt_id', 'refd_setl_id'),
    ...SETLINFO_COLUMNS, ...STAY_COLUMNS,
    ['diseinfo', listOf(DIAGNOSIS_COLUMNS)], ['feedetail', listOf(LINE_COLUMNS)], ...ORIGIN
  ],
  inventory: [
    ...codes('kind', 'infno', 'fixmedins_code'), ...texts('fixmedins_bchno', 'fixmedins_hilist_id', 'id'),
    ['version', 'UInt128'], ...texts('msgid'), ['at', TIME], ['until', TIME_OR_NULL], ['inf_time', TIME],
    ...codes('mdtrtarea_admvs', 'insuplc_admdvs', 'dev_no', 'opter_type', 'opter', 'fixmedins_hilist_name', 'med_list_codg'),
    ['cnt', 'Int64'], ...codes('inv_chg_type', 'inv_data_type', 'spler_name'), ...texts('manu_lotnum'),
    ...flagged('prod_geay_flag', 'trdn_flag'), ...texts('setl_id', 'psn_no'), ['trace_codes', 'Array(String)'], ...ORIGIN
  ],
  master_data: [
    ...codes('type'), ...texts('key'), ['version', 'UInt128'], ['inf_time', TIME], ['valid_from', TIME],
    ['valid_to', TIME_OR_NULL], ...texts('fields'), ...ORIGIN
  ],
  flags: [
    ...texts('flag_id'), ['revision', 'UInt64'], ...codes('status', 'rule_id'), ['rule_version', 'UInt32'],
    ['severity', 'UInt8'], ...codes('subject_kind'), ...texts('subject'), ['anchor', 'Array(String)'],
    ...codes('fixmedins_code', 'area'), ['service_time', TIME], ...fens('medfee_sumamt', 'fund_pay_sumamt', 'acct_pay'),
    ['items', listOf(ITEM_COLUMNS)], ['persons', 'Array(String)'], ...texts('values_json', 'thresholds_json'),
    ['exclusions', 'Array(String)'], ['supports', 'Array(String)'], ['weakens', 'Array(String)'],
    ...texts('sentence_zh', 'sentence_en', 'cleared_zh', 'cleared_en')
  ],
  dead_letters: [
    ...codes('source'), ['source_partition', 'Int32'], ['source_offset', 'Int64'], ...texts('digest'),
    ...codes('reason'), ...texts('field', 'seen'), ...codes('format', 'fixmedins_code'), ['inf_time', TIME],
    ...texts('bytes')
  ],
  sightings: [
    ...codes('rule_id'), ...texts('subject'), ...codes('fixmedins_code'), ...texts('setl_id', 'psn_no'), ['version', 'UInt128'],
    ...texts('mdtrt_id'), ...codes('insuplc_admdvs'), ['event_time', TIME], ['setl_time', TIME],
    ...fens('medfee_sumamt', 'fund_pay_sumamt', 'acct_pay'), ['marks', 'Array(String)'], ...texts('seen_as'), ['weight', 'Int64'],
    ...texts('facts'), ['received', TIME]
  ],
  moved_settlements: [...codes('fixmedins_code'), ...texts('setl_id', 'psn_no'), ['version', 'UInt128']],
  milestones: [...codes('name'), ...texts('value')],
  progress: [...codes('source'), ['source_partition', 'Int32'], ['next_offset', 'UInt64']],
  rule_versions: [
    ...codes('rule_id'), ['version', 'UInt32'], ...texts('title_zh', 'title_en', 'official_id'), ['severity', 'UInt8'],
    ['behaviour', 'UInt8'], ['negative_items', 'Map(String, String)'],
    ...texts('law_json', 'exclusions_json', 'facts_json', 'to_check_json', 'digest')
  ]
}

/** The column names of a table, as an insert statement lists them. */
export function columnNames (table: StoreTable): string {
  return COLUMNS[table].map(([name]) => name).join(', ')
}

/**
 * The structure of a table's RowBinary rows, as the file() table function takes it. Codes are read as plain text (the bytes
 * are the same) and encoded on insert: the parser's own dictionary look-ups took twice the time of the whole insert.
 */
export function structureOf (table: StoreTable): string {
  return COLUMNS[table].map(([name, type]) => `${name} ${type.replaceAll(CODE, TEXT)}`).join(', ')
}
