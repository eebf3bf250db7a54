/** 2102, 2207, 2304: settlements, and 2103, 2208, 2305: their reversals. */
import type { Reversal, SetlInfo, Settlement } from '../core/claim.ts'
import { yuan } from '../core/money.ts'
import { dayOf, formatDate } from '../core/time.ts'
import { CLR_TYPE, GEND, INSUTYPE, MDTRT_CERT_TYPE, PAY_LOC, PSN_CERT_TYPE } from './code-tables.ts'
import { readDiagnoses } from './diagnosis.ts'
import {
  cameDateOnly, code, enter, fen, flag, id, leave, node, optionalId, optionalTime, requiredFen,
  text, time, touch
} from './field.ts'
import { notAfterSending, readHeader, versionOf } from './header.ts'
import { readLines } from './line.ts'
import { readMedType } from './med-type.ts'
import { refuse } from './refusal.ts'
import type { RecordNode, SetlNode, StayNode } from './shapes.ts'
import { checkStayTimes, readStayInfo } from './stay-info.ts'

const DEPTH = 2
const INPATIENT = '2304'

/** Reads a settlement. Throws a Refusal. */
export function readSettlement (raw: RecordNode, infno: string, linesMax: number): Settlement {
  const header = readHeader(raw, infno)
  const setlNode = node<SetlNode>(raw.setlinfo, 'setlinfo') ?? refuse('missing_field', 'setlinfo', '')
  const stayNode = infno === INPATIENT
    ? node<StayNode>(raw.mdtrtinfo, 'mdtrtinfo') ?? refuse('missing_field', 'mdtrtinfo', '')
    : null
  touch(raw.diseinfo)
  touch(raw.feedetail)
  leave(raw, 1)
  const area = header.mdtrtarea_admvs || header.insuplc_admdvs
  if (header.insuplc_admdvs === '') refuse('missing_field', 'insuplc_admdvs', '')
  const setlinfo = readSetlInfo(setlNode, area)
  const mdtrtinfo = stayNode === null ? null : readStayInfo(stayNode, area)
  const diseinfo = readDiagnoses(raw, linesMax)
  const feedetail = readLines(raw, linesMax)
  checkMoney(setlinfo)
  checkDates(setlinfo, header.inf_time)
  if (mdtrtinfo !== null) {
    checkStayTimes(mdtrtinfo, header.inf_time)
    notAfterSending(setlinfo.enddate, 'setlinfo.enddate', header.inf_time)
  }
  const version = versionOf(header.inf_time, header.msgid)
  return { ...header, kind: 'settlement', version, setlinfo, mdtrtinfo, diseinfo, feedetail }
}

function readSetlInfo (raw: SetlNode, area: string): SetlInfo {
  enter('setlinfo')
  touch(raw.age) // follows from brdy
  const setl_time = time(raw.setl_time, 'setl_time')
  const setl_date_only = cameDateOnly()
  const setlinfo: SetlInfo = {
    setl_id: id(raw.setl_id, 'setl_id'),
    mdtrt_id: id(raw.mdtrt_id, 'mdtrt_id'),
    psn_no: id(raw.psn_no, 'psn_no'),
    psn_name: text(raw.psn_name, 'psn_name'),
    psn_cert_type: code(raw.psn_cert_type, 'psn_cert_type', PSN_CERT_TYPE),
    certno: text(raw.certno, 'certno'),
    gend: code(raw.gend, 'gend', GEND),
    brdy: optionalTime(raw.brdy, 'brdy'),
    insutype: code(raw.insutype, 'insutype', INSUTYPE),
    psn_type: optionalId(raw.psn_type, 'psn_type'),
    med_type: readMedType(raw.med_type, area),
    mdtrt_cert_type: code(raw.mdtrt_cert_type, 'mdtrt_cert_type', MDTRT_CERT_TYPE),
    pay_loc: code(raw.pay_loc, 'pay_loc', PAY_LOC),
    setl_time,
    setl_date_only,
    begndate: optionalTime(raw.begndate, 'begndate'),
    enddate: optionalTime(raw.enddate, 'enddate'),
    medfee_sumamt: requiredFen(raw.medfee_sumamt, 'medfee_sumamt'),
    fulamt_ownpay_amt: fen(raw.fulamt_ownpay_amt, 'fulamt_ownpay_amt'),
    overlmt_selfpay: fen(raw.overlmt_selfpay, 'overlmt_selfpay'),
    preselfpay_amt: fen(raw.preselfpay_amt, 'preselfpay_amt'),
    inscp_scp_amt: fen(raw.inscp_scp_amt, 'inscp_scp_amt'),
    act_pay_dedc: fen(raw.act_pay_dedc, 'act_pay_dedc'),
    hifp_pay: fen(raw.hifp_pay, 'hifp_pay'),
    cvlserv_pay: fen(raw.cvlserv_pay, 'cvlserv_pay'),
    hifes_pay: fen(raw.hifes_pay, 'hifes_pay'),
    hifmi_pay: fen(raw.hifmi_pay, 'hifmi_pay'),
    hifob_pay: fen(raw.hifob_pay, 'hifob_pay'),
    maf_pay: fen(raw.maf_pay, 'maf_pay'),
    oth_pay: fen(raw.oth_pay, 'oth_pay'),
    fund_pay_sumamt: fen(raw.fund_pay_sumamt, 'fund_pay_sumamt'),
    psn_part_amt: fen(raw.psn_part_amt, 'psn_part_amt'),
    acct_pay: fen(raw.acct_pay, 'acct_pay'),
    psn_cash_pay: fen(raw.psn_cash_pay, 'psn_cash_pay'),
    hosp_part_amt: fen(raw.hosp_part_amt, 'hosp_part_amt'),
    acct_mulaid_pay: fen(raw.acct_mulaid_pay, 'acct_mulaid_pay'),
    clr_type: code(raw.clr_type, 'clr_type', CLR_TYPE),
    clr_way: optionalId(raw.clr_way, 'clr_way'),
    refd_setl_flag: flag(raw.refd_setl_flag, 'refd_setl_flag'),
    mid_setl_flag: flag(raw.mid_setl_flag, 'mid_setl_flag'),
    ars_year_ipt_flag: flag(raw.ars_year_ipt_flag, 'ars_year_ipt_flag')
  }
  leave(raw, DEPTH)
  return setlinfo
}

/** The two identities that every settlement's money satisfies; the finer ones are a rule's business. */
function checkMoney (s: SetlInfo): void {
  // A refund has a reversal of its own; a settlement of less than nothing would lower what is suspected.
  if (s.medfee_sumamt < 0 && !s.refd_setl_flag) refuse('bad_number', 'setlinfo.medfee_sumamt', yuan(s.medfee_sumamt))
  if (s.medfee_sumamt !== s.fund_pay_sumamt + s.psn_part_amt + s.hosp_part_amt) {
    const parts = `${yuan(s.fund_pay_sumamt)} + ${yuan(s.psn_part_amt)} + ${yuan(s.hosp_part_amt)}`
    refuse('money_identity', 'setlinfo.medfee_sumamt', `${yuan(s.medfee_sumamt)} ≠ ${parts}`)
  }
  if (s.psn_part_amt !== s.acct_pay + s.psn_cash_pay) {
    const parts = `${yuan(s.acct_pay)} + ${yuan(s.psn_cash_pay)}`
    refuse('money_identity', 'setlinfo.psn_part_amt', `${yuan(s.psn_part_amt)} ≠ ${parts}`)
  }
}

function checkDates (s: SetlInfo, inf_time: number): void {
  if (s.begndate !== null && s.enddate !== null && dayOf(s.begndate) > dayOf(s.enddate)) {
    refuse('impossible_dates', 'setlinfo.begndate', `${formatDate(s.begndate)} > ${formatDate(s.enddate)}`)
  }
  if (s.brdy !== null && dayOf(s.brdy) > dayOf(s.setl_time)) {
    refuse('impossible_dates', 'setlinfo.brdy', `${formatDate(s.brdy)} > ${formatDate(s.setl_time)}`)
  }
  notAfterSending(s.setl_time, 'setlinfo.setl_time', inf_time)
}

/** Reads a reversal. Throws a Refusal. */
export function readReversal (raw: RecordNode, infno: string): Reversal {
  const header = readHeader(raw, infno)
  const s = node<SetlNode>(raw.setlinfo, 'setlinfo') ?? refuse('missing_field', 'setlinfo', '')
  leave(raw, 1)
  enter('setlinfo')
  const setl_id = id(s.setl_id, 'setl_id')
  const mdtrt_id = optionalId(s.mdtrt_id, 'mdtrt_id')
  const psn_no = id(s.psn_no, 'psn_no')
  const refd_setl_id = optionalId(s.refd_setl_id, 'refd_setl_id')
  const setl_time = time(s.setl_time, 'setl_time')
  leave(s, DEPTH)
  notAfterSending(setl_time, 'setlinfo.setl_time', header.inf_time)
  const version = versionOf(header.inf_time, header.msgid)
  return { ...header, kind: 'reversal', version, setl_id, mdtrt_id, psn_no, refd_setl_id, setl_time }
}
