/**
 * Raw records of the national interface, written the way their sender writes: amounts as text or numbers, gaps as null,
 * '', '0' or nothing.
 */
import type { Fen } from '../../engine/core/money.ts'
import type { Millis } from '../../engine/core/time.ts'
import type { Place } from './city.ts'
import type { Item } from './catalogue.ts'
import type { Fee } from './fees.ts'
import type { Funds } from './funds.ts'
import type { Person } from './people.ts'
import { dateText, timeText } from './stamp.ts'
import type { Raw } from './types.ts'
import { msgid } from './world.ts'

/** Days of a prescription in an emergency, at most. */
const EMERGENCY_DAYS = 3
/** For a chronic disease, and as a rule. */
const LONG_DAYS = 28
const ORDINARY_DAYS = 7

export type Diagnosis = readonly [code: string, name: string]

export interface Sent {
  readonly infno: string
  readonly place: Place
  readonly area: string
  readonly at: Millis
  readonly serial: number
  /** dev_no; default one of the place’s. */
  readonly device?: string
}

/** The fields every record carries. */
export function header ({ infno, place, area, at, serial, device }: Sent): Raw {
  return {
    infno, msgid: msgid(place, at, serial), mdtrtarea_admvs: place.admdvs, insuplc_admdvs: area,
    dev_no: device ?? place.devices[serial % place.devices.length]!, opter_type: serial % 9 === 0 ? '2' : '1',
    opter: place.operators[serial % place.operators.length]!, inf_time: timeText(at), fixmedins_code: place.fixmedins_code
  }
}

const CENTS = Array.from({ length: 100 }, (_, i) => `.${String(i).padStart(2, '0')}`)

/** An amount as this sender writes it. */
export function amount (place: Place, fen: Fen): string | number {
  if (place.numeric) return fen / 100
  const positive = Math.abs(fen)
  const whole = Math.floor(positive / 100)
  return (fen < 0 ? `-${whole}` : String(whole)) + CENTS[positive - whole * 100]!
}

/** A field this sender has nothing for: left out, or one of the interface's ways of saying so. */
export function blank (record: Raw, place: Place, ...fields: readonly string[]): void {
  for (const field of fields) {
    if (place.empty === 'omit') delete record[field]
    else record[field] = place.empty === 'null' ? null : ''
  }
}

/** A decimal scaled by 10^places without trailing zeros. */
export function decimal (value: number, places: number): string {
  const whole = value / 10 ** places
  if (Number.isInteger(whole)) return String(whole)
  const digits = String(Math.abs(value)).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${digits.slice(0, -places)}${fraction === '' ? '' : `.${fraction}`}`
}

interface Sold { readonly setl_id: string, readonly daysMax?: number | undefined }
const IN_HOSPITAL: Sold = { setl_id: '' }

/** Lines as feedetail. `inpatient` lines may be refunds and carry no prescription; others are for at most `daysMax` days. */
export function feedetail (
  place: Place, fees: readonly Fee[], dept: string, doctor: string, inpatient: boolean, sold: Sold = IN_HOSPITAL
): Raw[] {
  return fees.map(fee => {
    const { item } = fee
    const drug = item.list_type === '101'
    const line: Raw = {
      feedetl_sn: place.numeric && fee.sn.length < 15 ? Number(fee.sn) : fee.sn,
      fee_ocur_time: fee.dateOnly ? dateText(fee.at) : timeText(fee.at),
      med_list_codg: item.med_list_codg, medins_list_codg: item.medins_list_codg, list_type: item.list_type,
      med_chrgitm_type: item.med_chrgitm_type, chrgitm_lv: item.chrgitm_lv,
      cnt: place.numeric ? fee.cnt / 10_000 : decimal(fee.cnt, 4),
      pric: place.numeric ? fee.pric / 1_000_000 : fee.pric % 10_000 === 0 ? amount(place, fee.pric / 10_000) : decimal(fee.pric, 6),
      det_item_fee_sumamt: amount(place, fee.fee), bilg_dept_codg: dept, bilg_dr_codg: doctor, trdn_flag: '0'
    }
    if (fee.init !== '') line.init_feedetl_sn = fee.init
    else if (inpatient && place.empty === 'zero') line.init_feedetl_sn = '0'
    if (fee.external) line.etip_flag = '1'
    if (drug && !inpatient) {
      line.prd_days = String(Math.max(1, Math.min(sold.daysMax ?? ORDINARY_DAYS, Math.round(item.pack_units / item.daily_dose_units))))
      line.rxno = `R${fee.sn}`
      if (item.trace && fee.cnt > 0 && fee.cnt <= 40_000) line.drugtracinfo = traces(fee, sold.setl_id)
    }
    if (inpatient && drug) line.orders_dr_code = doctor
    return line
  })
}

/** What identifies the medicine at the beginning of its trace codes. */
export function tracePrefix (item: Item): string {
  return String(8_100_000 + item.serial)
}

/** One trace code of 20 digits a box: product, then what makes the box unlike any other. */
function traces (fee: Fee, setl_id: string): Raw[] {
  const box = tracePrefix(fee.item) + setl_id.slice(-9).padStart(9, '0') + fee.sn.slice(-2).padStart(2, '0')
  const codes: Raw[] = []
  for (let i = 0; i < fee.cnt / 10_000; i++) codes.push({ drug_trac_codg: `${box}0${i}` })
  return codes
}

/** Diagnoses, the first one the main one. */
export function diseinfo (diagnoses: readonly Diagnosis[], doctor: string, at: Millis): Raw[] {
  return diagnoses.map(([diag_code, diag_name], i) => ({
    diag_type: '1', maindiag_flag: i === 0 ? '1' : '0', diag_srt_no: String(i + 1), diag_code, diag_name,
    dise_dor_no: doctor, diag_time: timeText(at)
  }))
}

export interface Settlement extends Sent {
  readonly person: Person
  readonly setl_id: string
  readonly mdtrt_id: string
  readonly setl_time: Millis
  readonly setlDateOnly?: boolean
  readonly begin: Millis
  readonly finish: Millis
  readonly med_type: string
  readonly pay_loc: string
  readonly cert: string
  readonly clr_type: string
  readonly funds: Funds
  readonly fees: readonly Fee[]
  readonly diagnoses: readonly Diagnosis[]
  readonly dept: string
  readonly doctor: string
  /** mdtrtinfo of a stay. */
  readonly stay?: Raw
}

/** 2102, 2207 or 2304. */
export function settlementRecord (one: Settlement): Raw {
  const record = header(one)
  record.setlinfo = setlinfo(one)
  if (one.stay !== undefined) record.mdtrtinfo = one.stay
  record.diseinfo = diseinfo(one.diagnoses, one.doctor, one.begin)
  const daysMax = one.med_type.startsWith('13') ? EMERGENCY_DAYS : /^(14|9901)/.test(one.med_type) ? LONG_DAYS : undefined
  record.feedetail = feedetail(one.place, one.fees, one.dept, one.doctor, one.infno === '2304', { setl_id: one.setl_id, daysMax })
  return record
}

function setlinfo (one: Settlement): Raw {
  const { person, place, funds } = one
  const yuanOf = (fen: Fen): string | number => amount(place, fen)
  const none = place.empty === 'zero' ? '0' : yuanOf(0)
  const rare = (fen: Fen): string | number => fen === 0 ? none : yuanOf(fen)
  const info: Raw = {
    setl_id: one.setl_id, mdtrt_id: one.mdtrt_id, psn_no: person.psn_no, psn_name: person.psn_name, psn_cert_type: person.psn_cert_type,
    certno: person.certno, gend: person.gend, brdy: person.brdy, age: place.numeric ? person.age : String(person.age),
    insutype: person.insutype, psn_type: person.psn_type, med_type: one.med_type, mdtrt_cert_type: one.cert, pay_loc: one.pay_loc,
    setl_time: one.setlDateOnly === true ? dateText(one.setl_time) : timeText(one.setl_time),
    begndate: dateText(one.begin), enddate: dateText(one.finish),
    medfee_sumamt: yuanOf(funds.medfee), fulamt_ownpay_amt: rare(funds.ownpay), overlmt_selfpay: rare(funds.overlimit),
    preselfpay_amt: rare(funds.preself), inscp_scp_amt: yuanOf(funds.inscp), act_pay_dedc: rare(funds.deductible),
    hifp_pay: yuanOf(funds.hifp), cvlserv_pay: rare(funds.cvlserv), hifes_pay: rare(funds.hifes), hifmi_pay: rare(funds.hifmi),
    hifob_pay: rare(funds.hifob), maf_pay: rare(funds.maf), oth_pay: rare(funds.oth), fund_pay_sumamt: yuanOf(funds.fund),
    psn_part_amt: yuanOf(funds.part), acct_pay: rare(funds.acct), psn_cash_pay: rare(funds.cash), hosp_part_amt: rare(funds.hosp),
    acct_mulaid_pay: rare(funds.family), clr_type: one.clr_type, clr_way: one.infno === '2304' ? '40' : '1',
    refd_setl_flag: '0', mid_setl_flag: '0', ars_year_ipt_flag: '0'
  }
  if (person.brdy === '') blank(info, place, 'brdy', 'age')
  return info
}

/** mdtrtinfo, as 2304, 2401, 2402 and 4101 carry it. */
export function stayRecord (infno: '2401' | '2402' | '4101', sent: Omit<Sent, 'infno'>, ids: Raw, info: Raw, diagnoses: Raw[]): Raw {
  const record = header({ ...sent, infno })
  if (infno === '4101') {
    record.setlinfo = ids
    record.mdtrtinfo = info
  } else {
    record.mdtrtinfo = { ...ids, ...info }
  }
  if (diagnoses.length > 0) record.diseinfo = diagnoses
  return record
}

/** 2301: the lines of one day or so. */
export function linesRecord (sent: Omit<Sent, 'infno'>, mdtrt_id: string, psn_no: string, lines: Raw[]): Raw {
  const record = header({ ...sent, infno: '2301' })
  record.mdtrtinfo = { mdtrt_id, psn_no }
  record.feedetail = lines
  return record
}

/** 2103, 2208 or 2305, as the settlement voided was a 2102, 2207 or 2304. */
export function reversalRecord (sent: Omit<Sent, 'infno'>, original: string, info: Raw): Raw {
  const record = header({ ...sent, infno: original === '2102' ? '2103' : original === '2207' ? '2208' : '2305' })
  record.setlinfo = info
  return record
}

/** A registered death. */
export function deathRecord (psn_no: string, died: Millis, registered: Millis): Raw {
  return { type: 'death', psn_no, die_date: dateText(died), source: '户籍', inf_time: timeText(registered) }
}
