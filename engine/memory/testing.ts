/** Claims for tests, short to write: every field has a harmless default. Used by tests only. */
import type { Diagnosis, Line, MasterData, Reversal, Settlement, StayEvent, StayInfo, StayLines, Version } from '../core/claim.ts'
import { fingerprint } from '../core/fingerprint.ts'
import { parseMoment } from '../core/time.ts'
import type { Millis } from '../core/time.ts'

export const PERSON_NO = 'P1'

/** A moment of tests: '03-02 10:15' is in 2026. */
export function at (text: string): Millis {
  return parseMoment(/^\d{4}-/.test(text) ? text : `2026-${text}`)!.at
}

const words = new Int32Array(4)
/** The content fingerprint covers everything but msgid and inf_time, as the decoder's does. */
function versionOf (inf_time: Millis, order: number, content: unknown): Version {
  fingerprint(JSON.stringify(content), words)
  return { inf_time, order, contentHi: words[0]!, contentLo: words[1]! }
}

interface Common { inf?: string | Millis, order?: number, fix?: string, area?: string, psn?: string }

function moment (time: string | Millis): Millis {
  return typeof time === 'number' ? time : at(time)
}

function header (infno: string, inf_time: Millis, common: Common): Omit<Settlement, 'kind' | 'version' | 'setlinfo' | 'mdtrtinfo' | 'diseinfo' | 'feedetail'> {
  return {
    infno, msgid: '', mdtrtarea_admvs: '341702', insuplc_admdvs: common.area ?? '341702', dev_no: '', opter_type: '1', opter: '', inf_time,
    fixmedins_code: common.fix ?? 'H1'
  }
}

export interface LineSpec { sn?: string, time: string | Millis, dateOnly?: boolean, charge?: string, refunds?: string, cnt?: number, amount?: number, external?: boolean }

export function line (spec: LineSpec): Line {
  return {
    feedetl_sn: spec.sn ?? '1', init_feedetl_sn: spec.refunds ?? '', fee_ocur_time: moment(spec.time), fee_ocur_date_only: spec.dateOnly ?? false,
    med_list_codg: 'X', medins_list_codg: '', list_type: '101', med_chrgitm_type: spec.charge ?? '09', chrgitm_lv: '01', cnt: (spec.cnt ?? 1) * 10_000,
    pric: 1_000_000, det_item_fee_sumamt: spec.amount ?? 100, pric_uplmt_amt: 0, inscp_scp_amt: 0, prd_days: 0, rxno: '', bilg_dept_codg: '',
    bilg_dr_codg: '', orders_dr_code: '', trdn_flag: false, etip_flag: spec.external ?? false, etip_hosp_code: '', dscg_tkdrug_flag: false, trace_codes: []
  }
}

export function diagnosis (code: string): Diagnosis {
  return { diag_type: '1', maindiag_flag: true, diag_srt_no: 1, diag_code: code, diag_name: '', dise_dor_no: '', diag_time: null }
}

export interface StaySpec {
  adm?: string | Millis | null, dscg?: string | Millis | null, dateOnly?: boolean, admWay?: string, dscgWay?: string, admDept?: string, dscgDept?: string
  disease?: string, newborn?: boolean
}

function stayInfo (spec: StaySpec): StayInfo {
  const time = (value: string | Millis | null | undefined): Millis | null => value == null ? null : moment(value)
  return {
    adm_time: time(spec.adm), adm_date_only: spec.dateOnly ?? false, dscg_time: time(spec.dscg), dscg_date_only: spec.dateOnly ?? false,
    adm_way: spec.admWay ?? '', dscg_way: spec.dscgWay ?? '', ipt_med_type: '1', ipt_no: '', med_type: '21', mdtrt_cert_type: '03',
    adm_dept_codg: spec.admDept ?? '', dscg_dept_codg: spec.dscgDept ?? '', wardarea_codg: '', adm_bed: '', dscg_bed: '', dise_codg: spec.disease ?? '',
    days_rinp_flag_31: false, days_rinp_pup_31: '', nwb_flag: spec.newborn ?? false, etip_flag: false, die_date: null
  }
}

export interface SettlementSpec extends Common {
  infno?: '2102' | '2207' | '2304', id: string, mdtrt?: string, time: string | Millis, fee?: number, payLoc?: string, medType?: string
  begin?: string | Millis, end?: string | Millis, mid?: boolean, stay?: StaySpec, diag?: string, lines?: readonly LineSpec[]
}

/** A visit (2207 unless said), or with infno 2304 a stay. */
export function settlement (spec: SettlementSpec): Settlement {
  const setl_time = moment(spec.time)
  const fee = spec.fee ?? 10_000
  const infno = spec.infno ?? '2207'
  const inf_time = spec.inf === undefined ? setl_time : moment(spec.inf)
  const body = {
    setlinfo: {
      setl_id: spec.id, mdtrt_id: spec.mdtrt ?? `M${spec.id}`, psn_no: spec.psn ?? PERSON_NO, psn_name: '', psn_cert_type: '01', certno: '', gend: '1', brdy: null,
      insutype: '310', psn_type: '11', med_type: spec.medType ?? '11', mdtrt_cert_type: '03', pay_loc: spec.payLoc ?? '2', setl_time, setl_date_only: false,
      begndate: spec.begin === undefined ? null : moment(spec.begin), enddate: spec.end === undefined ? null : moment(spec.end), medfee_sumamt: fee,
      fulamt_ownpay_amt: 0, overlmt_selfpay: 0, preselfpay_amt: 0, inscp_scp_amt: fee, act_pay_dedc: 0, hifp_pay: fee / 2, cvlserv_pay: 0, hifes_pay: 0,
      hifmi_pay: 0, hifob_pay: 0, maf_pay: 0, oth_pay: 0, fund_pay_sumamt: fee / 2, psn_part_amt: fee / 2, acct_pay: fee / 4, psn_cash_pay: fee / 4,
      hosp_part_amt: 0, acct_mulaid_pay: 0, clr_type: '', clr_way: '', refd_setl_flag: false, mid_setl_flag: spec.mid ?? false, ars_year_ipt_flag: false
    },
    mdtrtinfo: infno === '2304' && spec.stay !== undefined ? stayInfo(spec.stay) : null,
    diseinfo: spec.diag === undefined ? [] : [diagnosis(spec.diag)],
    feedetail: (spec.lines ?? []).map((one, i) => line({ sn: String(i + 1), ...one }))
  }
  return { ...header(infno, inf_time, spec), kind: 'settlement', version: versionOf(inf_time, spec.order ?? 0, [infno, spec.area, body]), ...body }
}

export interface EventSpec extends Common { mdtrt: string, stay: StaySpec, diag?: string }

/** An admission (2401), a discharge (2402) or a settlement list (4101); inf defaults to the moment it tells of. */
export function stayEvent (kind: StayEvent['kind'], spec: EventSpec): StayEvent {
  const mdtrtinfo = stayInfo(spec.stay)
  const inf_time = spec.inf === undefined ? (mdtrtinfo.dscg_time ?? mdtrtinfo.adm_time)! : moment(spec.inf)
  const infno = { admission: '2401', discharge: '2402', list: '4101' }[kind]
  const diseinfo = spec.diag === undefined ? [] : [diagnosis(spec.diag)]
  const version = versionOf(inf_time, spec.order ?? 0, [infno, mdtrtinfo, diseinfo])
  return { ...header(infno, inf_time, spec), kind, version, mdtrt_id: spec.mdtrt, psn_no: spec.psn ?? PERSON_NO, setl_id: '', mdtrtinfo, diseinfo }
}

export function stayLines (spec: Common & { mdtrt: string, lines: readonly LineSpec[] }): StayLines {
  const feedetail = spec.lines.map((one, i) => line({ sn: String(i + 1), ...one }))
  const inf_time = spec.inf === undefined ? Math.max(...feedetail.map(one => one.fee_ocur_time)) : moment(spec.inf)
  const version = versionOf(inf_time, spec.order ?? 0, [spec.fix, spec.mdtrt, feedetail])
  return { ...header('2301', inf_time, spec), kind: 'lines', version, mdtrt_id: spec.mdtrt, psn_no: spec.psn ?? PERSON_NO, feedetail }
}

/** Voids settlement `id`. */
export function reversal (spec: Common & { id: string, mdtrt?: string, time: string | Millis }): Reversal {
  const setl_time = moment(spec.time)
  const inf_time = spec.inf === undefined ? setl_time : moment(spec.inf)
  const body = { setl_id: spec.id, mdtrt_id: spec.mdtrt ?? `M${spec.id}`, psn_no: spec.psn ?? PERSON_NO, refd_setl_id: `${spec.id}R`, setl_time }
  return { ...header('2208', inf_time, spec), kind: 'reversal', version: versionOf(inf_time, spec.order ?? 0, body), ...body }
}

export function death (spec: { die: string | Millis, inf: string | Millis, psn?: string }): MasterData {
  const die_date = moment(spec.die)
  const inf_time = moment(spec.inf)
  const fields = { die_date, source: '户籍' }
  const key = spec.psn ?? PERSON_NO
  return { kind: 'master', type: 'death', version: versionOf(inf_time, 0, fields), key, inf_time, valid_from: die_date, valid_to: null, fields }
}
