/**
 * What several rules ask about stays, answered in one place so that they cannot come to disagree:
 * which stay came before, whether two stays are for the same disease, which circumstances excuse, which visit fell
 * inside a stay.
 * All functions are pure and read nothing but their arguments.
 */
import type { Values } from './flag.ts'
import type { Law, Limits } from './rule.ts'
import { calendarDays, dayOf, type Millis } from './time.ts'
import type { Stay, StayDay, Visit } from './window.ts'

/** A stay and the one before it at the same institution, with the calendar days between discharge and admission. */
export interface Readmission {
  readonly stay: Stay
  readonly previous: Stay
  readonly previous_discharge: Millis
  readonly gap_days: number
}

/** Every re-admission of a window, with the numbers in force on its day; none from before the rule was in force. */
export function * readmissions<L extends Limits> (
  stays: readonly Stay[], law: Law<L>
): Generator<Readmission & { readonly limits: L }> {
  for (let i = 1; i < stays.length; i++) {
    const again = readmissionOf(stays, i)
    if (again === null) continue
    const { stay, previous, previous_discharge, gap_days } = again
    const limits = law.on(stay.adm_time, stay.insuplc_admdvs)
    if (limits !== null) yield { stay, previous, previous_discharge, gap_days, limits }
  }
}

/** What every rule about re-admissions says of one, around what it adds itself. */
export function readmissionValues (again: Readmission, own: Values): Values {
  const { stay, previous, previous_discharge, gap_days } = again
  return { gap_days, ...own, previous_discharge, admission: stay.adm_time, previous_mdtrt_id: previous.mdtrt_id }
}

/**
 * The stay at the same institution that ended last before `stays[index]` began.
 * Ties of the discharge: the later admission, then the greater mdtrt_id.
 * @param stays in canonical order; only earlier ones are looked at
 */
export function readmissionOf (stays: readonly Stay[], index: number): Readmission | null {
  const stay = stays[index]!
  let previous: Stay | null = null
  let discharge: Millis = -Infinity
  for (let i = 0; i < index; i++) {
    const other = stays[i]!
    if (other.fixmedins_code !== stay.fixmedins_code || other.dscg_time === null) continue
    if (!endedBefore(other, other.dscg_time, stay)) continue
    if (other.dscg_time >= discharge) { // of a tie the one later in canonical order is admitted later or has the greater mdtrt_id
      previous = other
      discharge = other.dscg_time
    }
  }
  if (previous === null) return null
  return { stay, previous, previous_discharge: discharge, gap_days: calendarDays(discharge, stay.adm_time) }
}

/** Discharged not after the next admission; by the day where either is known only by its date. */
function endedBefore (earlier: Stay, discharge: Millis, later: Stay): boolean {
  return earlier.dscg_date_only || later.adm_date_only
    ? calendarDays(discharge, later.adm_time) >= 0
    : discharge <= later.adm_time
}

/**
 * The disease two stays share: the first `prefix` characters of their main diagnoses, or else their dise_codg (病种).
 * @returns '' when they share neither
 */
export function sharedDisease (a: Stay, b: Stay, prefix: number): string {
  const diagnosis = a.main_diag.slice(0, prefix)
  if (diagnosis !== '' && diagnosis === b.main_diag.slice(0, prefix)) return diagnosis
  return a.dise_codg !== '' && a.dise_codg === b.dise_codg ? a.dise_codg : ''
}

/** Discharged from one known department, admitted to another known one. */
export function changedDepartment (from: Stay, to: Stay): boolean {
  return from.dscg_dept_codg !== '' && to.adm_dept_codg !== '' && from.dscg_dept_codg !== to.adm_dept_codg
}

/** Fact `self_discharge`: left against medical advice (dscg_way 4). */
export function selfDischarged (stay: Stay): boolean {
  return stay.dscg_way === '4'
}

/** Sent on by the earlier institution (dscg_way 2, 3) or received as a transfer (adm_way 3, med_type 23). */
export function transferred (from: Stay, to: Stay): boolean {
  return from.dscg_way === '2' || from.dscg_way === '3' || to.adm_way === '3' || to.med_type.startsWith('23')
}

/**
 * Whether circumstances that definition.md lists as exclusions explain an early re-admission: planned_therapy, dialysis,
 * emergency, transfer, obstetric, planned_readmission, long_stay_care.
 * @param longStayCare whether psychiatric and rehabilitation care is excluded here
 */
export function readmissionExcused (previous: Stay, stay: Stay, longStayCare: boolean): boolean {
  const groups = stay.diag_groups
  return groups.has('tumour_therapy') || groups.has('dialysis') ||
    stay.adm_way === '1' || stay.med_type.startsWith('24') ||
    transferred(previous, stay) ||
    stay.med_type.startsWith('52') || groups.has('obstetric') ||
    (stay.days_rinp_flag_31 && stay.days_rinp_purpose) ||
    (longStayCare && (groups.has('psychiatric') || groups.has('rehabilitation')))
}

/** Exclusions of every bed rule: day_surgery (ipt_med_type 2) and newborn (nwb_flag). */
export function bedExcused (stay: Stay): boolean {
  return stay.ipt_med_type === '2' || stay.nwb_flag
}

/** A stay whose bed is looked at, the date of service that decides the law, and the numbers in force then. */
export interface OccupiedBed<L extends Limits> { readonly stay: Stay, readonly at: Millis, readonly limits: L }

/**
 * The stays that a bed rule looks at: not excused, and dated within the time in which the rule is in force.
 * @param dated date of service of a stay; null leaves the stay out
 */
export function * occupiedBeds<L extends Limits> (
  stays: readonly Stay[], law: Law<L>, dated: (stay: Stay) => Millis | null
): Generator<OccupiedBed<L>> {
  for (const stay of stays) {
    const at = bedExcused(stay) ? null : dated(stay)
    const limits = at === null ? null : law.on(at, stay.insuplc_admdvs)
    if (at !== null && limits !== null) yield { stay, at, limits }
  }
}

/** The discharge, or the admission of one who is still in hospital. */
export function dischargeOrAdmission (stay: Stay): Millis {
  return stay.dscg_time ?? stay.adm_time
}

/**
 * Whether a visit was made in person at another institution strictly inside a stay's days: the first and the last day do
 * not count; an open stay lasts as long as is known. Exclusions of both rules that ask: remote_settlement,
 * retroactive_entry, external_examination, day_surgery, newborn.
 */
export function visitInsideStay (visit: Visit, stay: Stay, watermark: Millis): boolean {
  if (visit.fixmedins_code === stay.fixmedins_code || !visit.in_person || visit.retroactive || visit.external) return false
  const day = dayOf(visit.setl_time)
  const last = stay.dscg_time === null ? dayOf(watermark) + 1 : dayOf(stay.dscg_time)
  if (day <= dayOf(stay.adm_time) || day >= last) return false
  return !bedExcused(stay) && stayDayOf(stay, day)?.external !== true
}

/** The stay's fees of one calendar day, if there were any. */
function stayDayOf (stay: Stay, day: number): StayDay | undefined {
  return stay.days.find(each => each.day === day)
}
