/** Rows of the named queries as this floor uses them: typed, times in Millis, money in 分. */
import type { FlagItem, FlagRow, FlagStatus, Severity } from '../core/flag.ts'
import { maskName, maskNumbers } from '../core/mask.ts'
import type { Fen } from '../core/money.ts'
import type { Millis } from '../core/time.ts'
import { type BriefSource, isSettled } from './brief-flag.ts'
import { flagCell, listCell, momentCell, momentOrNullCell, objectCell, type Row, textCell, wholeCell } from './cells.ts'

export interface StoredLine {
  readonly feedetl_sn: string
  readonly init_feedetl_sn: string
  readonly fee_ocur_time: Millis
  readonly med_list_codg: string
  readonly medins_list_codg: string
  readonly med_chrgitm_type: string
  /** Quantity × 10^4. */
  readonly cnt: number
  /** Price × 10^6 yuan. */
  readonly pric: number
  readonly det_item_fee_sumamt: Fen
  readonly bilg_dept_codg: string
  readonly bilg_dr_codg: string
  readonly orders_dr_code: string
}

/** A doctor, operator or device that the main items of a flag name. */
export interface ResponsiblePerson {
  readonly role: string
  readonly code: string
  /** Masked; empty when the master data do not know the code. */
  readonly name: string
  /** Fee lines standing in this role's name, and their amount. */
  readonly lines: number
  readonly amount: Fen
}

export interface StoredDiagnosis {
  readonly maindiag_flag: boolean
  readonly diag_code: string
  readonly diag_name: string
  readonly dise_dor_no: string
}

export interface StoredClaim {
  readonly kind: string
  /** A settlement that a reversal voids. */
  readonly reversed: boolean
  readonly infno: string
  readonly fixmedins_code: string
  readonly psn_no: string
  readonly setl_id: string
  readonly mdtrt_id: string
  /** Unmasked: mask before showing. */
  readonly psn_name: string
  /** Unmasked: mask before showing. */
  readonly certno: string
  readonly gend: string
  readonly med_type: string
  readonly inf_time: Millis
  readonly event_time: Millis
  readonly setl_time: Millis | null
  readonly adm_time: Millis | null
  readonly dscg_time: Millis | null
  readonly adm_dept_codg: string
  readonly dscg_dept_codg: string
  readonly medfee_sumamt: Fen
  readonly fund_pay_sumamt: Fen
  readonly acct_pay: Fen
  readonly opter: string
  readonly dev_no: string
  readonly diagnoses: readonly StoredDiagnosis[]
  readonly lines: readonly StoredLine[]
}

/** What lists of flags carry. */
export function briefFlagRow (row: Row): BriefSource {
  return {
    flag_id: textCell(row, 'flag_id'),
    revision: wholeCell(row, 'revision'),
    status: textCell(row, 'status') as FlagStatus,
    rule_id: textCell(row, 'rule_id'),
    severity: wholeCell(row, 'severity') as Severity,
    subject_kind: textCell(row, 'subject_kind') as FlagRow['subject_kind'],
    subject: textCell(row, 'subject'),
    fixmedins_code: textCell(row, 'fixmedins_code'),
    area: textCell(row, 'area'),
    service_time: momentCell(row, 'service_time'),
    medfee_sumamt: wholeCell(row, 'medfee_sumamt'),
    fund_pay_sumamt: wholeCell(row, 'fund_pay_sumamt'),
    acct_pay: wholeCell(row, 'acct_pay'),
    settled: !flagCell(row, 'unsettled'),
    sentence_zh: textCell(row, 'sentence_zh'),
    sentence_en: textCell(row, 'sentence_en')
  }
}

export function flagRow (row: Row): FlagRow & BriefSource {
  const items = listCell<Row>(row, 'items').map(flagItem)
  return {
    ...briefFlagRow(row),
    settled: isSettled(items),
    rule_version: wholeCell(row, 'rule_version'),
    anchor: listCell<string>(row, 'anchor'),
    items,
    persons: listCell<string>(row, 'persons'),
    values: objectCell(row, 'values'),
    thresholds: objectCell(row, 'thresholds'),
    exclusions: listCell<string>(row, 'exclusions'),
    supports: listCell<string>(row, 'supports'),
    weakens: listCell<string>(row, 'weakens'),
    cleared_zh: textCell(row, 'cleared_zh'),
    cleared_en: textCell(row, 'cleared_en')
  }
}

function flagItem (row: Row): FlagItem {
  return {
    role: textCell(row, 'role') === 'main' ? 'main' : 'involved',
    fixmedins_code: textCell(row, 'fixmedins_code'),
    setl_id: textCell(row, 'setl_id'),
    mdtrt_id: textCell(row, 'mdtrt_id'),
    lines: listCell<string>(row, 'lines'),
    medfee_sumamt: wholeCell(row, 'medfee_sumamt'),
    fund_pay_sumamt: wholeCell(row, 'fund_pay_sumamt'),
    acct_pay: wholeCell(row, 'acct_pay')
  }
}

export function storedClaim (row: Row): StoredClaim {
  return {
    kind: textCell(row, 'kind'),
    reversed: flagCell(row, 'reversed'),
    infno: textCell(row, 'infno'),
    fixmedins_code: textCell(row, 'fixmedins_code'),
    psn_no: textCell(row, 'psn_no'),
    setl_id: textCell(row, 'setl_id'),
    mdtrt_id: textCell(row, 'mdtrt_id'),
    psn_name: textCell(row, 'psn_name'),
    certno: textCell(row, 'certno'),
    gend: textCell(row, 'gend'),
    med_type: textCell(row, 'med_type'),
    inf_time: momentCell(row, 'inf_time'),
    event_time: momentCell(row, 'event_time'),
    setl_time: momentOrNullCell(row, 'setl_time'),
    adm_time: momentOrNullCell(row, 'adm_time'),
    dscg_time: momentOrNullCell(row, 'dscg_time'),
    adm_dept_codg: textCell(row, 'adm_dept_codg'),
    dscg_dept_codg: textCell(row, 'dscg_dept_codg'),
    medfee_sumamt: wholeCell(row, 'medfee_sumamt'),
    fund_pay_sumamt: wholeCell(row, 'fund_pay_sumamt'),
    acct_pay: wholeCell(row, 'acct_pay'),
    opter: textCell(row, 'opter'),
    dev_no: textCell(row, 'dev_no'),
    diagnoses: listCell<Row>(row, 'diseinfo').map(storedDiagnosis),
    lines: listCell<Row>(row, 'feedetail').map(storedLine)
  }
}

export function responsiblePerson (row: Row): ResponsiblePerson {
  return {
    role: textCell(row, 'role'),
    code: textCell(row, 'code'),
    name: maskName(textCell(row, 'name')),
    lines: wholeCell(row, 'lines'),
    amount: wholeCell(row, 'det_item_fee_sumamt')
  }
}

function storedDiagnosis (row: Row): StoredDiagnosis {
  return {
    maindiag_flag: flagCell(row, 'maindiag_flag'),
    diag_code: textCell(row, 'diag_code'),
    diag_name: maskNumbers(textCell(row, 'diag_name')), // free text: somebody may have typed a certificate number
    dise_dor_no: textCell(row, 'dise_dor_no')
  }
}

function storedLine (row: Row): StoredLine {
  return {
    feedetl_sn: textCell(row, 'feedetl_sn'),
    init_feedetl_sn: textCell(row, 'init_feedetl_sn'),
    fee_ocur_time: momentCell(row, 'fee_ocur_time'),
    med_list_codg: textCell(row, 'med_list_codg'),
    medins_list_codg: textCell(row, 'medins_list_codg'),
    med_chrgitm_type: textCell(row, 'med_chrgitm_type'),
    cnt: wholeCell(row, 'cnt'),
    pric: wholeCell(row, 'pric'),
    det_item_fee_sumamt: wholeCell(row, 'det_item_fee_sumamt'),
    bilg_dept_codg: textCell(row, 'bilg_dept_codg'),
    bilg_dr_codg: textCell(row, 'bilg_dr_codg'),
    orders_dr_code: textCell(row, 'orders_dr_code')
  }
}
