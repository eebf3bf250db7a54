/**
 * What a rule about a person sees: the person's stays, visits and death in canonical order, whatever stores them.
 * Everything here is read-only for rules; the objects may be reused after `evaluate` returns.
 */
import type { Fen } from './money.ts'
import type { DayNumber, Millis } from './time.ts'

/** A settlement as a window remembers it: enough to name it, to place it and to count its money. */
export interface Settled {
  readonly fixmedins_code: string
  readonly setl_id: string
  readonly mdtrt_id: string
  readonly setl_time: Millis
  readonly medfee_sumamt: Fen
  /** Pooled money. */
  readonly fund_pay_sumamt: Fen
  /** Personal-account money. */
  readonly acct_pay: Fen
}

/** One calendar day of a stay on which fees occurred (fee_ocur_time), refunded lines left out. */
export interface StayDay {
  readonly day: DayNumber
  /** First and last fee_ocur_time of the day. */
  readonly first: Millis
  readonly last: Millis
  /** A line other than bed (01), consultation (02) and nursing (07) occurred. */
  readonly substantive: boolean
  /** A line with etip_flag: an examination at another institution was arranged for this day. */
  readonly external: boolean
  /** A day whose lines carry dates without a time. */
  readonly dateOnly: boolean
}

/**
 * One stay in hospital (fixmedins_code, mdtrt_id), put together from 2401, 2301, 2402, 4101 and its settlements
 * (several, when settled in the middle or across a year; reversed ones left out).
 */
export interface Stay {
  readonly kind: 'stay'
  readonly fixmedins_code: string
  readonly mdtrt_id: string
  readonly insuplc_admdvs: string
  readonly mdtrtarea_admvs: string
  readonly med_type: string
  readonly adm_time: Millis
  readonly adm_date_only: boolean
  /** null while the person is in hospital as far as is known. */
  readonly dscg_time: Millis | null
  readonly dscg_date_only: boolean
  readonly adm_way: string
  readonly dscg_way: string
  readonly ipt_med_type: string
  readonly adm_dept_codg: string
  readonly dscg_dept_codg: string
  readonly mdtrt_cert_type: string
  readonly dise_codg: string
  /** Main diagnosis, ICD-10 (medical-insurance edition); '' when none was sent. */
  readonly main_diag: string
  /** Which of DIAGNOSIS_GROUPS any of the stay's diagnoses belongs to. */
  readonly diag_groups: ReadonlySet<DiagnosisGroup>
  readonly days_rinp_flag_31: boolean
  /** A purpose was stated for the planned re-admission (days_rinp_pup_31 not empty). */
  readonly days_rinp_purpose: boolean
  readonly mid_setl_flag: boolean
  readonly ars_year_ipt_flag: boolean
  readonly nwb_flag: boolean
  readonly medfee_sumamt: Fen
  readonly fund_pay_sumamt: Fen
  readonly acct_pay: Fen
  /** Not voided, by setl_time then setl_id; empty before the first settlement. */
  readonly settlements: readonly Settled[]
  /** Days with fees, ascending. Of settled spans the settlement's lines, of the rest those of 2301. */
  readonly days: readonly StayDay[]
  /** Whether any fee lines of the stay have been received at all. */
  readonly has_lines: boolean
}

/** One settled outpatient (2207) or pharmacy (2102) visit. */
export interface Visit extends Settled {
  readonly kind: 'visit'
  /** 2102. */
  readonly pharmacy: boolean
  readonly insuplc_admdvs: string
  readonly mdtrtarea_admvs: string
  readonly med_type: string
  readonly mdtrt_cert_type: string
  readonly pay_loc: string
  /** Any certificate with pay_loc 1–4. */
  readonly in_person: boolean
  /** setl_time came without a time of day. */
  readonly setl_date_only: boolean
  /** Earliest fee_ocur_time of its lines; setl_time when it has none. */
  readonly service_time: Millis
  /** The lines occurred on another calendar day than setl_time: entered afterwards by hand. */
  readonly retroactive: boolean
  readonly main_diag: string
  readonly diag_groups: ReadonlySet<DiagnosisGroup>
  /** A line with etip_flag. */
  readonly external: boolean
}

/** Diagnosis groups that exclusions ask about, by ICD-10 prefix (first three characters; obstetrics by first letter). */
export const DIAGNOSIS_GROUPS = {
  tumour_therapy: /^Z51/, // chemo- and radiotherapy sessions
  dialysis: /^(Z49|N18)/,
  tumour: /^(C|D0|D3[7-9]|D4[0-8])/,
  obstetric: /^(O|Z3[3-9])/,
  psychiatric: /^F/,
  rehabilitation: /^Z50/
} as const
export type DiagnosisGroup = keyof typeof DIAGNOSIS_GROUPS

/** A registered death; service on die_date itself is allowed. */
export interface Death { readonly die_date: Millis, readonly source: string, readonly inf_time: Millis }

/** One person's window. */
export interface PersonWindow {
  readonly psn_no: string
  /** By adm_time, then fixmedins_code, then mdtrt_id. */
  readonly stays: readonly Stay[]
  /** By setl_time, then fixmedins_code, then setl_id. */
  readonly visits: readonly Visit[]
  readonly death: Death | null
}
