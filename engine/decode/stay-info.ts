/** mdtrtinfo: what 2304, 2401, 2402 and 4101 say of a stay. */
import type { StayInfo } from '../core/claim.ts'
import { dayOf, formatTime, type Millis } from '../core/time.ts'
import { ADM_WAY, DSCG_WAY, IPT_MED_TYPE, MDTRT_CERT_TYPE } from './code-tables.ts'
import {
  cameDateOnly, code, enter, flag, leave, optionalId, optionalTime, text, thing, touch,
  whose
} from './field.ts'
import { notAfterSending } from './header.ts'
import { readMedType } from './med-type.ts'
import { refuse } from './refusal.ts'
import type { StayNode } from './shapes.ts'

const DEPTH = 2

/** Reads mdtrtinfo. Its mdtrt_id and psn_no are counted as known: the caller reads those it needs. */
export function readStayInfo (raw: StayNode, area: string): StayInfo {
  enter('mdtrtinfo')
  touch(raw.mdtrt_id)
  touch(raw.psn_no)
  const adm_time = optionalTime(raw.adm_time, 'adm_time')
  const adm_date_only = cameDateOnly()
  const dscg_time = optionalTime(raw.dscg_time, 'dscg_time')
  const dscg_date_only = cameDateOnly()
  const stay: StayInfo = {
    adm_time,
    adm_date_only,
    dscg_time,
    dscg_date_only,
    adm_way: code(raw.adm_way, 'adm_way', ADM_WAY),
    dscg_way: code(raw.dscg_way, 'dscg_way', DSCG_WAY),
    ipt_med_type: code(raw.ipt_med_type, 'ipt_med_type', IPT_MED_TYPE),
    ipt_no: thing(raw.ipt_no, 'ipt_no'),
    med_type: readMedType(raw.med_type, area),
    mdtrt_cert_type: code(raw.mdtrt_cert_type, 'mdtrt_cert_type', MDTRT_CERT_TYPE),
    adm_dept_codg: whose(raw.adm_dept_codg, 'adm_dept_codg'),
    dscg_dept_codg: whose(raw.dscg_dept_codg, 'dscg_dept_codg'),
    wardarea_codg: thing(raw.wardarea_codg, 'wardarea_codg'),
    adm_bed: thing(raw.adm_bed, 'adm_bed'),
    dscg_bed: thing(raw.dscg_bed, 'dscg_bed'),
    dise_codg: optionalId(raw.dise_codg, 'dise_codg'),
    days_rinp_flag_31: flag(raw.days_rinp_flag_31, 'days_rinp_flag_31'),
    days_rinp_pup_31: text(raw.days_rinp_pup_31, 'days_rinp_pup_31'),
    nwb_flag: flag(raw.nwb_flag, 'nwb_flag'),
    etip_flag: flag(raw.etip_flag, 'etip_flag'),
    die_date: optionalTime(raw.die_date, 'die_date')
  }
  leave(raw, DEPTH)
  return stay
}

/**
 * Refuses a stay that ends before it begins (by the day where either has no time), or that lies after it was
 * sent.
 */
export function checkStayTimes (stay: StayInfo, inf_time: Millis): void {
  const { adm_time, dscg_time } = stay
  if (adm_time !== null && dscg_time !== null) {
    const byDay = stay.adm_date_only || stay.dscg_date_only
    if (byDay ? dayOf(adm_time) > dayOf(dscg_time) : adm_time > dscg_time) {
      refuse('impossible_dates', 'mdtrtinfo.adm_time', `${formatTime(adm_time)} > ${formatTime(dscg_time)}`)
    }
  }
  notAfterSending(adm_time, 'mdtrtinfo.adm_time', inf_time)
  notAfterSending(dscg_time, 'mdtrtinfo.dscg_time', inf_time)
}
