/** One row of `claims`: header, settlement, stay, diagnoses, fee lines and the bytes as received, in the order of tables.ts. */
import type { Diagnosis, Header, Line, PersonClaim, SetlInfo, StayInfo } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import type { Format, Origin } from '../core/ports.ts'
import type { RowWriter } from './row-binary.ts'

/** What the settlement columns hold for a claim that is not a settlement. */
const NO_SETLINFO: Omit<SetlInfo, 'setl_time'> & { readonly setl_time: number | null } = {
  setl_id: '', mdtrt_id: '', psn_no: '', psn_name: '', psn_cert_type: '', certno: '', gend: '', brdy: null, insutype: '',
  psn_type: '', med_type: '', mdtrt_cert_type: '', pay_loc: '', setl_time: null, setl_date_only: false, begndate: null,
  enddate: null, medfee_sumamt: 0, fulamt_ownpay_amt: 0, overlmt_selfpay: 0, preselfpay_amt: 0, inscp_scp_amt: 0,
  act_pay_dedc: 0, hifp_pay: 0, cvlserv_pay: 0, hifes_pay: 0, hifmi_pay: 0, hifob_pay: 0, maf_pay: 0, oth_pay: 0,
  fund_pay_sumamt: 0, psn_part_amt: 0, acct_pay: 0, psn_cash_pay: 0, hosp_part_amt: 0, acct_mulaid_pay: 0, clr_type: '',
  clr_way: '', refd_setl_flag: false, mid_setl_flag: false, ars_year_ipt_flag: false
}

const NO_STAY: StayInfo = {
  adm_time: null, adm_date_only: false, dscg_time: null, dscg_date_only: false, adm_way: '', dscg_way: '', ipt_med_type: '',
  ipt_no: '', med_type: '', mdtrt_cert_type: '', adm_dept_codg: '', dscg_dept_codg: '', wardarea_codg: '', adm_bed: '',
  dscg_bed: '', dise_codg: '', days_rinp_flag_31: false, days_rinp_pup_31: '', nwb_flag: false, etip_flag: false, die_date: null
}

const NO_DIAGNOSES: readonly Diagnosis[] = []
const NO_LINES: readonly Line[] = []

/** What may be left out of a claim's row (only benchmarks and tests do). */
export interface ClaimRowOptions { readonly lines?: boolean, readonly raw?: boolean }

const NO_BYTES = new Uint8Array(0)

/**
 * Appends a claim's row. `raw` holds the bytes as received; they are copied.
 * Repeats of one claim meet on (psn_no, fixmedins_code, kind, id), where the greatest version stays.
 */
export function encodeClaimRow (
  row: RowWriter, claim: PersonClaim, origin: Origin, format: Format, raw: Uint8Array, options?: ClaimRowOptions
): void {
  const settled = claim.kind === 'settlement'
  const source = settled ? claim.setlinfo : claim
  row.text(claim.kind)
  row.text(claim.infno)
  row.text(source.psn_no)
  row.text(claim.fixmedins_code)
  row.text(claimRowId(claim))
  row.version(claim.version)
  row.text(claim.msgid)
  row.time(eventTimeOf(claim))
  writeHeader(row, claim)
  row.text(settled ? claim.setlinfo.setl_id : claim.kind === 'lines' ? '' : claim.setl_id)
  row.text(source.mdtrt_id)
  row.text(claim.kind === 'reversal' ? claim.refd_setl_id : '')
  if (settled) writeSetlinfo(row, claim.setlinfo)
  else writeSetlinfo(row, claim.kind === 'reversal' ? { ...NO_SETLINFO, setl_time: claim.setl_time } : NO_SETLINFO)
  const stay = claim.kind === 'lines' || claim.kind === 'reversal' ? null : claim.mdtrtinfo
  row.bool(stay !== null)
  writeStay(row, stay ?? NO_STAY)
  writeDiagnoses(row, claim.kind === 'lines' || claim.kind === 'reversal' ? NO_DIAGNOSES : claim.diseinfo)
  const lines = claim.kind === 'settlement' || claim.kind === 'lines' ? claim.feedetail : NO_LINES
  writeLines(row, options?.lines === false ? NO_LINES : lines)
  writeOrigin(row, origin, format, options?.raw === false ? NO_BYTES : raw)
  row.endRow()
}

/** What names a claim among its institution's of the same kind. A reversal is named by the settlement it voids. */
export function claimRowId (claim: PersonClaim): string {
  switch (claim.kind) {
    case 'settlement': return claim.setlinfo.setl_id
    case 'reversal': return claim.setl_id
    case 'lines': return claim.msgid
    default: return claim.mdtrt_id
  }
}

/** inf_time and the rest of the header that claims and stock share. */
export function writeHeader (row: RowWriter, header: Header): void {
  row.time(header.inf_time)
  row.text(header.mdtrtarea_admvs)
  row.text(header.insuplc_admdvs)
  row.text(header.dev_no)
  row.text(header.opter_type)
  row.text(header.opter)
}

/** The columns that end every row a lane writes. */
export function writeOrigin (row: RowWriter, origin: Origin, format: Format, raw: Uint8Array): void {
  row.text(origin.source)
  row.int32(origin.partition)
  row.int64(origin.offset)
  row.text(format)
  row.blob(raw)
}

function writeSetlinfo (row: RowWriter, info: typeof NO_SETLINFO): void {
  row.text(info.psn_name)
  row.text(info.psn_cert_type)
  row.text(info.certno)
  row.text(info.gend)
  row.dateOrNull(info.brdy)
  row.text(info.insutype)
  row.text(info.psn_type)
  row.text(info.med_type)
  row.text(info.mdtrt_cert_type)
  row.text(info.pay_loc)
  row.timeOrNull(info.setl_time)
  row.bool(info.setl_date_only)
  row.timeOrNull(info.begndate)
  row.timeOrNull(info.enddate)
  writeMoney(row, info)
  row.text(info.clr_type)
  row.text(info.clr_way)
  row.bool(info.refd_setl_flag)
  row.bool(info.mid_setl_flag)
  row.bool(info.ars_year_ipt_flag)
}

function writeMoney (row: RowWriter, info: typeof NO_SETLINFO): void {
  row.int64(info.medfee_sumamt)
  row.int64(info.fulamt_ownpay_amt)
  row.int64(info.overlmt_selfpay)
  row.int64(info.preselfpay_amt)
  row.int64(info.inscp_scp_amt)
  row.int64(info.act_pay_dedc)
  row.int64(info.hifp_pay)
  row.int64(info.cvlserv_pay)
  row.int64(info.hifes_pay)
  row.int64(info.hifmi_pay)
  row.int64(info.hifob_pay)
  row.int64(info.maf_pay)
  row.int64(info.oth_pay)
  row.int64(info.fund_pay_sumamt)
  row.int64(info.psn_part_amt)
  row.int64(info.acct_pay)
  row.int64(info.psn_cash_pay)
  row.int64(info.hosp_part_amt)
  row.int64(info.acct_mulaid_pay)
}

function writeStay (row: RowWriter, stay: StayInfo): void {
  row.timeOrNull(stay.adm_time)
  row.bool(stay.adm_date_only)
  row.timeOrNull(stay.dscg_time)
  row.bool(stay.dscg_date_only)
  row.text(stay.adm_way)
  row.text(stay.dscg_way)
  row.text(stay.ipt_med_type)
  row.text(stay.ipt_no)
  row.text(stay.med_type)
  row.text(stay.mdtrt_cert_type)
  row.text(stay.adm_dept_codg)
  row.text(stay.dscg_dept_codg)
  row.text(stay.wardarea_codg)
  row.text(stay.adm_bed)
  row.text(stay.dscg_bed)
  row.text(stay.dise_codg)
  row.bool(stay.days_rinp_flag_31)
  row.text(stay.days_rinp_pup_31)
  row.bool(stay.nwb_flag)
  row.bool(stay.etip_flag)
  row.timeOrNull(stay.die_date)
}

function writeDiagnoses (row: RowWriter, diagnoses: readonly Diagnosis[]): void {
  row.length32(diagnoses.length)
  for (const diagnosis of diagnoses) {
    row.text(diagnosis.diag_type)
    row.bool(diagnosis.maindiag_flag)
    row.int32(diagnosis.diag_srt_no)
    row.text(diagnosis.diag_code)
    row.text(diagnosis.diag_name)
    row.text(diagnosis.dise_dor_no)
    row.timeOrNull(diagnosis.diag_time)
  }
}

function writeLines (row: RowWriter, lines: readonly Line[]): void {
  row.length32(lines.length)
  for (const line of lines) {
    row.text(line.feedetl_sn)
    row.text(line.init_feedetl_sn)
    row.time(line.fee_ocur_time)
    row.bool(line.fee_ocur_date_only)
    row.text(line.med_list_codg)
    row.text(line.medins_list_codg)
    row.text(line.list_type)
    row.text(line.med_chrgitm_type)
    row.text(line.chrgitm_lv)
    row.int64(line.cnt)
    row.int64(line.pric)
    row.int64(line.det_item_fee_sumamt)
    row.int64(line.pric_uplmt_amt)
    row.int64(line.inscp_scp_amt)
    row.int32(line.prd_days)
    row.text(line.rxno)
    row.text(line.bilg_dept_codg)
    row.text(line.bilg_dr_codg)
    row.text(line.orders_dr_code)
    row.bool(line.trdn_flag)
    row.bool(line.etip_flag)
    row.text(line.etip_hosp_code)
    row.bool(line.dscg_tkdrug_flag)
    row.texts(line.trace_codes)
  }
}
