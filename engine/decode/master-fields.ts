/** The fields of each type of master data, and the key under which its rows supersede one another. */
import type { MasterData, MasterType } from '../core/claim.ts'
import { COUNT_DECIMALS, PRICE_DECIMALS } from '../core/money.ts'
import type { Millis } from '../core/time.ts'
import { addText } from './content.ts'
import { CHRGITM_LV, FIX_ONLN_OPEN_FLAG, FIXMEDINS_TYPE, GEND, HOSP_LV, LIST_TYPE } from './code-tables.ts'
import {
  admdvs, at, code, coordinate, flag, id, optionalId, orNull, requiredFen, requiredInteger, text,
  time, touch
} from './field.ts'
import { FIXMEDINS_MAX } from './header.ts'
import { MED_LIST_MAX } from './line.ts'
import { refuse } from './refusal.ts'
import type { RecordNode } from './shapes.ts'

/** `from`: when it holds from, where the row does not say. */
interface Row { readonly key: string, readonly fields: MasterData['fields'], readonly from?: Millis }

/** One reader a type; called while the record is entered. */
export const MASTER_READERS: Readonly<Record<MasterType, (raw: RecordNode) => Row>> = {
  institution, department, practitioner, death, catalogue, peer_median, trace_prefix
}

function institution (raw: RecordNode): Row {
  const key = id(raw.fixmedins_code, 'fixmedins_code', FIXMEDINS_MAX)
  return {
    key,
    fields: {
      fixmedins_code: key,
      fixmedins_name: text(raw.fixmedins_name, 'fixmedins_name'),
      uscc: optionalId(raw.uscc, 'uscc'),
      fixmedins_type: code(raw.fixmedins_type, 'fixmedins_type', FIXMEDINS_TYPE),
      hosp_lv: code(raw.hosp_lv, 'hosp_lv', HOSP_LV),
      admdvs: admdvs(raw.admdvs, 'admdvs'),
      aprv_bed_cnt: orNull(raw.aprv_bed_cnt, 'aprv_bed_cnt', 0),
      lng: coordinate(raw.lng, 'lng', 180),
      lat: coordinate(raw.lat, 'lat', 90),
      fix_onln_open_flag: code(raw.fix_onln_open_flag, 'fix_onln_open_flag', FIX_ONLN_OPEN_FLAG)
    }
  }
}

function department (raw: RecordNode): Row {
  const fixmedins_code = id(raw.fixmedins_code, 'fixmedins_code', FIXMEDINS_MAX)
  const hosp_dept_codg = id(raw.hosp_dept_codg, 'hosp_dept_codg')
  return {
    key: `${fixmedins_code}/${hosp_dept_codg}`, // unique only within the institution
    fields: {
      fixmedins_code,
      hosp_dept_codg,
      hosp_dept_name: text(raw.hosp_dept_name, 'hosp_dept_name'),
      aprv_bed_cnt: orNull(raw.aprv_bed_cnt, 'aprv_bed_cnt', 0),
      hi_crtf_bed_cnt: orNull(raw.hi_crtf_bed_cnt, 'hi_crtf_bed_cnt', 0)
    }
  }
}

function practitioner (raw: RecordNode): Row {
  const key = id(raw.pract_code, 'pract_code')
  return {
    key,
    fields: {
      pract_code: key,
      name: text(raw.name, 'name'),
      kind: optionalId(raw.kind, 'kind'),
      fixmedins_code: optionalId(raw.fixmedins_code, 'fixmedins_code', FIXMEDINS_MAX)
    }
  }
}

/** A death taken back (vali_flag 0: registered by mistake) lies beyond every date of service. */
const NEVER = Date.UTC(2200, 0, 1)

function death (raw: RecordNode): Row {
  const die_date = time(raw.die_date, 'die_date')
  touch(raw.vali_flag)
  const valid = String(raw.vali_flag) !== '0'
  if (!valid) addText('taken back')
  return {
    key: id(raw.psn_no, 'psn_no'),
    from: die_date,
    fields: { die_date: valid ? die_date : NEVER, source: text(raw.source, 'source') }
  }
}

function catalogue (raw: RecordNode): Row {
  const key = id(raw.med_list_codg, 'med_list_codg', MED_LIST_MAX)
  const gend_limit = code(raw.gend_limit, 'gend_limit', GEND)
  return {
    key,
    fields: {
      med_list_codg: key,
      name: text(raw.name, 'name'),
      list_type: code(raw.list_type, 'list_type', LIST_TYPE),
      chrgitm_lv: code(raw.chrgitm_lv, 'chrgitm_lv', CHRGITM_LV),
      gend_limit: gend_limit === '0' ? '' : gend_limit,
      age_min: orNull(raw.age_min, 'age_min', 0),
      age_max: orNull(raw.age_max, 'age_max', 0), // 0 is an age: an item for infants
      pack_units: orNull(raw.pack_units, 'pack_units', COUNT_DECIMALS),
      daily_dose_units: orNull(raw.daily_dose_units, 'daily_dose_units', COUNT_DECIMALS),
      pric_uplmt_amt: orNull(raw.pric_uplmt_amt, 'pric_uplmt_amt', PRICE_DECIMALS) || null,
      trace_required: flag(raw.trace_required, 'trace_required')
    }
  }
}

function peer_median (raw: RecordNode): Row {
  const hosp_lv = code(raw.hosp_lv, 'hosp_lv', HOSP_LV)
  const dept_codg = id(raw.dept_codg, 'dept_codg')
  const diag_group = id(raw.diag_group, 'diag_group')
  if (hosp_lv === '') refuse('missing_field', at('hosp_lv'), '')
  const day_cost = requiredFen(raw.day_cost, 'day_cost')
  const sample = requiredInteger(raw.sample, 'sample')
  return {
    key: `${hosp_lv}/${dept_codg}/${diag_group}`,
    fields: { hosp_lv, dept_codg, diag_group, day_cost, sample }
  }
}

function trace_prefix (raw: RecordNode): Row {
  const key = id(raw.prefix, 'prefix')
  return { key, fields: { prefix: key, med_list_codg: id(raw.med_list_codg, 'med_list_codg', MED_LIST_MAX) } }
}
