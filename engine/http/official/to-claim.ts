/**
 * An encounter of 3101/3102 as the settlement that it would become, in the form in which records are handed in. What the interface
 * does not carry stays empty; README.md beside this file lists every field. Codes that our tables do not have are left out: the
 * question is about the treatment, and another system's code must not prevent the answer.
 */
import { scaled, yuan } from '../../core/money.ts'
import { formatTime, parseMoment } from '../../core/time.ts'
import type { Millis } from '../../core/time.ts'
import { CHRGITM_LV, GEND, INSUTYPE, LIST_TYPE, MED_CHRGITM_TYPE, medTypeName } from '../../decode/code-tables.ts'
import type { Diagnose, Encounter, Order, Patient } from './input.ts'

type Json = Readonly<Record<string, unknown>>

/** trig_scen: 3 住院登记, 4 住院收费登记, 5 住院执行医嘱: the patient has not been discharged, whatever dscg_date says. */
const IN_HOSPITAL: ReadonlySet<string> = new Set(['3', '4', '5'])
const INPATIENT = /^(?:2[1-4]|52)/
/** drord_bhvr 1: 出院带药 */
const TAKEN_HOME = '1'
/** inout_dise_type 2: 出院诊断 */
const AT_DISCHARGE = '2'

export type Infno = '2102' | '2207' | '2304'

/** med_mdtrt_type says what it is (1 门诊, 2 住院, 3 购药); 4 其他 and silence leave it to med_type. */
export function infnoOf ({ med_mdtrt_type, med_type }: Pick<Encounter, 'med_mdtrt_type' | 'med_type'>): Infno {
  switch (med_mdtrt_type) {
    case '1': return '2207'
    case '2': return '2304'
    case '3': return '2102'
    default: return INPATIENT.test(med_type) ? '2304' : med_type.startsWith('41') ? '2102' : '2207'
  }
}

/** @param now wall clock: when it is asked, and the end of what has none */
export function settlementOf (patient: Patient, encounter: Encounter, trig_scen: string, now: Millis): Json {
  const infno = infnoOf(encounter)
  const stays = infno === '2304' && (encounter.dscg_date === '' || IN_HOSPITAL.has(trig_scen))
  const ends = stays ? formatTime(now) : encounter.dscg_date || encounter.adm_date || formatTime(now)
  const feedetail = lines(encounter, ends)
  return {
    infno,
    msgid: `${infno}000000000`,
    mdtrtarea_admvs: encounter.medins_admdvs,
    insuplc_admdvs: patient.poolarea.slice(0, 6),
    inf_time: formatTime(now),
    fixmedins_code: encounter.medins_id,
    setlinfo: {
      setl_id: encounter.mdtrt_id, // there is no settlement yet: the visit's own id stands for it
      mdtrt_id: encounter.mdtrt_id,
      psn_no: patient.patn_id,
      psn_name: patient.patn_name,
      gend: known(patient.gend, GEND),
      brdy: patient.brdy.slice(0, 10),
      insutype: known(encounter.insutype, INSUTYPE),
      med_type: medTypeName(encounter.med_type, encounter.medins_admdvs) === null ? '' : encounter.med_type,
      pay_loc: /^[34]$/.test(encounter.out_setl_flag) ? encounter.out_setl_flag : '2',
      setl_time: ends,
      begndate: encounter.adm_date,
      enddate: ends,
      ...money(encounter, feedetail),
      mid_setl_flag: stays ? '1' : '0'
    },
    ...(infno === '2304' ? { mdtrtinfo: stayOf(encounter, stays) } : {}),
    diseinfo: diagnoses(encounter),
    feedetail
  }
}

function stayOf (encounter: Encounter, stays: boolean): Json {
  return {
    adm_time: encounter.adm_date,
    dscg_time: stays ? '' : encounter.dscg_date,
    adm_dept_codg: encounter.adm_dept_codg,
    dscg_dept_codg: stays ? '' : encounter.dscg_dept_codg,
    wardarea_codg: encounter.wardarea_codg,
    adm_bed: encounter.bedno
  }
}

const known = (code: string, codes: ReadonlySet<string>): string => codes.has(code) ? code : ''
const fen = (amount: string): number => scaled(amount, 2) ?? 0

/** The parts add up to the whole as every settlement's must: the person pays what the funds are not said to pay. */
function money (encounter: Encounter, feedetail: readonly Json[]): Json {
  const medfee = fen(encounter.medfee_sumamt) || feedetail.reduce((sum, line) => sum + fen(String(line['det_item_fee_sumamt'])), 0)
  const hifp = Math.min(fen(encounter.hifp_payamt), medfee)
  const maf = Math.min(fen(encounter.ma_amt), medfee - hifp)
  const person = medfee - hifp - maf
  const account = Math.min(fen(encounter.acct_payamt), person)
  return {
    medfee_sumamt: yuan(medfee), hifp_pay: yuan(hifp), maf_pay: yuan(maf), fund_pay_sumamt: yuan(hifp + maf),
    psn_part_amt: yuan(person), acct_pay: yuan(account),
    psn_cash_pay: yuan(person - account)
  }
}

/** Numbered by the place of their order: rx_id is not always its own. Orders outside the national catalogue are nobody's claim. */
function lines ({ orders, adm_date }: Encounter, ends: string): Json[] {
  return orders.flatMap((order, i) => order.hilist_code === '' || !isAmount(order) ? [] : [{
    feedetl_sn: String(i + 1),
    fee_ocur_time: order.drord_begn_date || adm_date || ends,
    med_list_codg: order.hilist_code,
    medins_list_codg: order.hosplist_code,
    list_type: known(order.hilist_type, LIST_TYPE),
    med_chrgitm_type: known(order.chrg_type, MED_CHRGITM_TYPE),
    chrgitm_lv: known(order.hilist_lv, CHRGITM_LV),
    cnt: order.cnt,
    pric: order.pric,
    det_item_fee_sumamt: order.sumamt,
    rxno: order.rxno,
    bilg_dept_codg: order.drord_dept_codg,
    bilg_dr_codg: order.drord_dr_codg,
    dscg_tkdrug_flag: order.drord_bhvr === TAKEN_HOME ? '1' : '0'
  }])
}

function isAmount ({ cnt, pric, sumamt }: Order): boolean {
  return scaled(cnt, 4) !== null && scaled(pric, 6) !== null && scaled(sumamt, 2) !== null
}

/** The diagnoses at discharge, or all while there are none; the encounter's main one where none is called so. */
function diagnoses (encounter: Encounter): Json[] {
  const { dscg_main_dise_codg, dscg_main_dise_name, dr_codg } = encounter
  const final = encounter.diagnoses.filter(one => one.inout_dise_type === AT_DISCHARGE)
  const all = (final.length > 0 ? final : encounter.diagnoses).filter(one => one.dise_codg !== '').map(one => diagnosis(one, dr_codg))
  if (dscg_main_dise_codg === '' || all.some(one => one['maindiag_flag'] === '1')) return all
  const main = { diag_type: '1', maindiag_flag: '1', diag_srt_no: '1', dise_dor_no: dr_codg }
  return [{ ...main, diag_code: dscg_main_dise_codg, diag_name: dscg_main_dise_name }, ...all]
}

function diagnosis ({ maindise_flag, dias_srt_no, dise_codg, dise_name, dise_date }: Diagnose, dise_dor_no: string): Json {
  return {
    diag_type: '1',
    maindiag_flag: maindise_flag === '1' ? '1' : '0',
    diag_srt_no: /^\d{1,6}$/.test(dias_srt_no) ? dias_srt_no : '0',
    diag_code: dise_codg,
    diag_name: dise_name,
    dise_dor_no,
    diag_time: parseMoment(dise_date) === null ? '' : dise_date
  }
}
