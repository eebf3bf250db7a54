/**
 * What becomes known of a stay before and beside its settlement: 2301 lines, 2401 admission, 2402 discharge,
 * 4101 list.
 */
import type { StayEvent, StayLines } from '../core/claim.ts'
import { readDiagnoses } from './diagnosis.ts'
import { enter, id, leave, node, touch } from './field.ts'
import { notAfterSending, readHeader, versionOf } from './header.ts'
import { readLines } from './line.ts'
import { refuse } from './refusal.ts'
import type { RecordNode, SetlNode, StayNode } from './shapes.ts'
import { checkStayTimes, readStayInfo } from './stay-info.ts'

const DEPTH = 2

/** Reads a stay's daily lines; at least one. Throws a Refusal. */
export function readStayLines (raw: RecordNode, infno: string, linesMax: number): StayLines {
  const header = readHeader(raw, infno)
  const stay = node<StayNode>(raw.mdtrtinfo, 'mdtrtinfo') ?? refuse('missing_field', 'mdtrtinfo', '')
  touch(raw.feedetail)
  leave(raw, 1)
  enter('mdtrtinfo')
  const mdtrt_id = id(stay.mdtrt_id, 'mdtrt_id')
  const psn_no = id(stay.psn_no, 'psn_no')
  leave(stay, DEPTH)
  const feedetail = readLines(raw, linesMax)
  if (feedetail.length === 0) refuse('missing_field', 'feedetail', '')
  let latest = 0
  for (let i = 1; i < feedetail.length; i++) {
    if (feedetail[i]!.fee_ocur_time > feedetail[latest]!.fee_ocur_time) latest = i
  }
  notAfterSending(feedetail[latest]!.fee_ocur_time, `feedetail[${latest}].fee_ocur_time`, header.inf_time)
  const version = versionOf(header.inf_time, header.msgid)
  return { ...header, kind: 'lines', version, mdtrt_id, psn_no, feedetail }
}

/**
 * Reads an admission, a discharge or a settlement list. The time that the event is named after must be there.
 */
export function readStayEvent (raw: RecordNode, infno: string, linesMax: number): StayEvent {
  const kind = infno === '2401' ? 'admission' : infno === '2402' ? 'discharge' : 'list'
  const header = readHeader(raw, infno)
  const stay = node<StayNode>(raw.mdtrtinfo, 'mdtrtinfo') ?? refuse('missing_field', 'mdtrtinfo', '')
  const setl = kind === 'list'
    ? node<SetlNode>(raw.setlinfo, 'setlinfo') ?? refuse('missing_field', 'setlinfo', '')
    : null
  touch(raw.diseinfo)
  leave(raw, 1)
  enter(setl === null ? 'mdtrtinfo' : 'setlinfo')
  const owner = setl ?? stay
  const mdtrt_id = id(owner.mdtrt_id, 'mdtrt_id')
  const psn_no = id(owner.psn_no, 'psn_no')
  const setl_id = setl === null ? '' : id(setl.setl_id, 'setl_id')
  if (setl !== null) leave(setl, DEPTH)
  const mdtrtinfo = readStayInfo(stay, header.mdtrtarea_admvs || header.insuplc_admdvs)
  const diseinfo = readDiagnoses(raw, linesMax)
  const { adm_time, dscg_time } = mdtrtinfo
  if (kind === 'admission') {
    if (adm_time === null) refuse('missing_field', 'mdtrtinfo.adm_time', '')
  } else if (dscg_time === null && (kind === 'discharge' || adm_time === null)) {
    refuse('missing_field', 'mdtrtinfo.dscg_time', '')
  }
  checkStayTimes(mdtrtinfo, header.inf_time)
  const version = versionOf(header.inf_time, header.msgid)
  return { ...header, kind, version, mdtrt_id, psn_no, setl_id, mdtrtinfo, diseinfo }
}
