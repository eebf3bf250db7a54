/** Dated reference data as rules read it. For overlapping validity the greatest inf_time wins. */
import type { MasterType } from './claim.ts'
import type { Fen } from './money.ts'
import type { Millis } from './time.ts'

/** Reference data about `key` say something else than before for dates of service in [from, to): what it touched is judged again. */
export interface ReferenceChange { readonly type: MasterType, readonly key: string, readonly from: Millis, readonly to: Millis }

export interface Institution {
  readonly fixmedins_code: string
  readonly fixmedins_name: string
  readonly uscc: string
  /** 1 medical institution, 2 retail pharmacy, … */
  readonly fixmedins_type: string
  /** 01–11, see domain code table. */
  readonly hosp_lv: string
  readonly admdvs: string
  readonly aprv_bed_cnt: number | null
  /** Degrees; null when unknown. */
  readonly lng: number | null
  readonly lat: number | null
  readonly fix_onln_open_flag: string
}

export interface CatalogueItem {
  readonly med_list_codg: string
  readonly name: string
  readonly list_type: string
  readonly chrgitm_lv: string
  /** A code of `gend`, '' when the item is not limited to a sex. */
  readonly gend_limit: string
  /** Full years, inclusive; null when not limited. */
  readonly age_min: number | null
  readonly age_max: number | null
  /** Price limit × 10^6 yuan; null when none. */
  readonly pric_uplmt_amt: number | null
}

/** Median cost of a day in hospital among peers, computed monthly from the store. */
export interface PeerMedian {
  readonly hosp_lv: string
  readonly dept_codg: string
  /** First three characters of the main diagnosis. */
  readonly diag_group: string
  readonly day_cost: Fen
  readonly sample: number
}

/** Reference data at a date of service. Every look-up is pure: same data, same answer. */
export interface Reference {
  institution: (fixmedins_code: string, at: Millis) => Institution | null
  catalogue: (med_list_codg: string, at: Millis) => CatalogueItem | null
  peerMedian: (hosp_lv: string, dept_codg: string, diag_group: string, at: Millis) => PeerMedian | null
  /** med_list_codg of the medicine whose box carries the trace code; null when the code's form or prefix is not known. */
  traceProduct: (drug_trac_codg: string, at: Millis) => string | null
}

/** NMPAB/T 1002—2019: a trace code of twenty characters begins with seven that identify the medicine. Others say nothing by a prefix. */
const TRACE_CODE_LENGTH = 20
export const TRACE_PREFIX_LENGTH = 7

/** The part of a trace code that identifies the medicine; '' when the code is not of the form that has one. */
export function tracePrefixOf (drug_trac_codg: string): string {
  return drug_trac_codg.length === TRACE_CODE_LENGTH ? drug_trac_codg.slice(0, TRACE_PREFIX_LENGTH) : ''
}
