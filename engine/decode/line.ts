/** feedetail: the fee lines of a settlement or of a stay's day. */
import type { Line } from '../core/claim.ts'
import { MONEY_DECIMALS } from '../core/money.ts'
import { CHRGITM_LV, LIST_TYPE, MED_CHRGITM_TYPE } from './code-tables.ts'
import { addInteger } from './content.ts'
import {
  at, cameDateOnly, code, enter, fen, flag, id, leave, list, node, optionalId, orZero, price,
  requiredCount, requiredFen, requiredPrice, thing, time, touch, whose
} from './field.ts'
import { refuse } from './refusal.ts'
import type { LineNode, RecordNode } from './shapes.ts'
import { readTraceCodes } from './trace-codes.ts'

/** med_list_codg C50 */
export const MED_LIST_MAX = 50
const DEPTH = 3

/** Reads `feedetail` of a record that has been left. */
export function readLines (raw: RecordNode, linesMax: number): readonly Line[] {
  enter('')
  const all = list(raw.feedetail, 'feedetail')
  if (all.length > linesMax) refuse('too_many_lines', 'feedetail', all.length)
  addInteger(all.length)
  return all.length === 0 ? [] : all.map((value, i) => readLine(value, i, linesMax))
}

function readLine (value: unknown, i: number, tracesMax: number): Line {
  enter('feedetail', i)
  const raw = node<LineNode>(value, '') ?? refuse('missing_field', at(''), '')
  const trace_codes = readTraceCodes(raw, tracesMax)
  enter('feedetail', i)
  touch(raw.drugtracinfo)
  touch(raw.drug_trac_codg)
  const fee_ocur_time = time(raw.fee_ocur_time, 'fee_ocur_time')
  const fee_ocur_date_only = cameDateOnly()
  const line: Line = {
    feedetl_sn: id(raw.feedetl_sn, 'feedetl_sn'),
    init_feedetl_sn: optionalId(raw.init_feedetl_sn, 'init_feedetl_sn'),
    fee_ocur_time,
    fee_ocur_date_only,
    med_list_codg: id(raw.med_list_codg, 'med_list_codg', MED_LIST_MAX),
    medins_list_codg: thing(raw.medins_list_codg, 'medins_list_codg'),
    list_type: code(raw.list_type, 'list_type', LIST_TYPE),
    med_chrgitm_type: code(raw.med_chrgitm_type, 'med_chrgitm_type', MED_CHRGITM_TYPE),
    chrgitm_lv: code(raw.chrgitm_lv, 'chrgitm_lv', CHRGITM_LV),
    cnt: requiredCount(raw.cnt, 'cnt'),
    pric: requiredPrice(raw.pric, 'pric'),
    det_item_fee_sumamt: requiredFen(raw.det_item_fee_sumamt, 'det_item_fee_sumamt'),
    pric_uplmt_amt: price(raw.pric_uplmt_amt, 'pric_uplmt_amt'),
    inscp_scp_amt: fen(raw.inscp_scp_amt, 'inscp_scp_amt'),
    prd_days: orZero(raw.prd_days, 'prd_days', MONEY_DECIMALS),
    rxno: thing(raw.rxno, 'rxno'),
    bilg_dept_codg: whose(raw.bilg_dept_codg, 'bilg_dept_codg'),
    bilg_dr_codg: whose(raw.bilg_dr_codg, 'bilg_dr_codg'),
    orders_dr_code: whose(raw.orders_dr_code, 'orders_dr_code'),
    trdn_flag: flag(raw.trdn_flag, 'trdn_flag'),
    etip_flag: flag(raw.etip_flag, 'etip_flag'),
    etip_hosp_code: optionalId(raw.etip_hosp_code, 'etip_hosp_code'),
    dscg_tkdrug_flag: flag(raw.dscg_tkdrug_flag, 'dscg_tkdrug_flag'),
    trace_codes
  }
  leave(raw, DEPTH)
  return line
}
