/** 3501–3507 stock movements and 3301 catalogue mappings of an institution, one shape for all. */
import type { StockMovement } from '../core/claim.ts'
import type { Millis } from '../core/time.ts'
import { INV_CHG_TYPE, INV_DATA_TYPE } from './code-tables.ts'
import {
  code, enter, flag, id, leave, node, optionalId, optionalTime, requiredCount, text, thing, time,
  touch
} from './field.ts'
import { notAfterSending, readHeader, versionOf } from './header.ts'
import { MED_LIST_MAX } from './line.ts'
import { refuse } from './refusal.ts'
import type { RecordNode, StockNode } from './shapes.ts'
import { readTraceCodes } from './trace-codes.ts'

const DEPTH = 2

/**
 * Where each message keeps its fields, its quantity and its time; '' for a quantity or time it does not have.
 */
interface Shape {
  readonly kind: StockMovement['kind']
  readonly node: keyof RecordNode
  readonly cnt: keyof StockNode | ''
  readonly time: keyof StockNode | ''
}

const INVENTORY = 'inventory'
const SHAPES: Readonly<Record<string, Shape>> = {
  3501: { kind: INVENTORY, node: 'invinfo', cnt: 'inv_cnt', time: 'invdate' },
  3502: { kind: INVENTORY, node: 'invinfo', cnt: 'cnt', time: 'inv_chg_time' },
  3503: { kind: INVENTORY, node: 'purcinfo', cnt: 'purc_retn_cnt', time: 'purc_retn_stoin_time' },
  3504: { kind: INVENTORY, node: 'purcinfo', cnt: 'purc_retn_cnt', time: 'purc_retn_stoin_time' },
  3505: { kind: 'sale', node: 'selinfo', cnt: 'sel_retn_cnt', time: 'sel_retn_time' },
  3506: { kind: 'sale', node: 'selinfo', cnt: 'sel_retn_cnt', time: 'sel_retn_time' },
  3507: { kind: INVENTORY, node: 'data', cnt: '', time: '' },
  3301: { kind: 'mapping', node: 'catalogcompin', cnt: '', time: 'begndate' }
}

/** Reads a stock movement, a deletion or a mapping. Throws a Refusal. */
export function readStock (raw: RecordNode, infno: string, tracesMax: number): StockMovement {
  const shape = SHAPES[infno]!
  const header = readHeader(raw, infno)
  const s = node<StockNode>(raw[shape.node], shape.node) ?? refuse('missing_field', shape.node, '')
  leave(raw, 1)
  enter(shape.node)
  const trace_codes = readTraceCodes(s, tracesMax)
  enter(shape.node)
  touch(s.drugtracinfo)
  touch(s.drug_trac_codg)
  const deletion = infno === '3507'
  const goodsId = deletion ? optionalId : id // a deletion names only the row
  const mapping = shape.kind === 'mapping'
  const at: Millis = shape.time === '' ? header.inf_time : time(s[shape.time], shape.time)
  const until = mapping ? optionalTime(s.enddate, 'enddate') : null
  const fields = {
    fixmedins_bchno: mapping ? '' : id(s.fixmedins_bchno, 'fixmedins_bchno'),
    fixmedins_hilist_id: goodsId(s.fixmedins_hilist_id, 'fixmedins_hilist_id'),
    fixmedins_hilist_name: text(s.fixmedins_hilist_name, 'fixmedins_hilist_name'),
    med_list_codg: goodsId(s.med_list_codg, 'med_list_codg', MED_LIST_MAX),
    at,
    until,
    cnt: shape.cnt === '' ? 0 : requiredCount(s[shape.cnt], shape.cnt),
    inv_chg_type: code(s.inv_chg_type, 'inv_chg_type', INV_CHG_TYPE),
    inv_data_type: code(s.inv_data_type, 'inv_data_type', INV_DATA_TYPE),
    spler_name: text(s.spler_name, 'spler_name'),
    manu_lotnum: thing(s.manu_lotnum, 'manu_lotnum'),
    prod_geay_flag: flag(s.prod_geay_flag, 'prod_geay_flag'),
    trdn_flag: flag(s.trdn_flag, 'trdn_flag'),
    setl_id: optionalId(s.setl_id, 'setl_id'),
    psn_no: optionalId(s.psn_no, 'psn_no'),
    trace_codes
  }
  leave(s, DEPTH)
  if (infno === '3502' && fields.inv_chg_type === '') refuse('missing_field', 'invinfo.inv_chg_type', '')
  if (deletion && fields.inv_data_type === '') refuse('missing_field', 'data.inv_data_type', '')
  if (until !== null && until < at) refuse('impossible_dates', 'catalogcompin.enddate', s.enddate)
  if (!mapping) notAfterSending(at, `${shape.node}.${shape.time}`, header.inf_time)
  return { ...header, kind: shape.kind, version: versionOf(header.inf_time, header.msgid), ...fields }
}
