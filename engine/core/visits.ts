/**
 * What several rules ask about visits, answered in one place: which were made in person and recorded as they
 * happened, which count towards a frequency, and how many fall into a period. All functions are pure.
 */
import type { Fen } from './money.ts'
import type { Law, Limits } from './rule.ts'
import type { Millis } from './time.ts'
import type { Visit } from './window.ts'

/** In person and settled on the day of service: exclusions `remote_settlement` and `retroactive_entry`. */
export function happenedInPerson (visit: Visit): boolean {
  return visit.in_person && !visit.retroactive
}

/** Exclusion `registration_only`: nothing but a registration was settled (med_type 12). */
export function registrationOnly (visit: Visit): boolean {
  return visit.med_type.startsWith('12')
}

/** An emergency visit (med_type 13). */
export function isEmergency (visit: Visit): boolean {
  return visit.med_type.startsWith('13')
}

/**
 * Counts towards the frequency of outpatient visits: not a pharmacy's sale, not a registration only, and not
 * treatment by the course for a chronic disease (`chronic_treatment`: med_type 14 for dialysis or a tumour).
 */
export function countsAsOutpatient (visit: Visit): boolean {
  if (visit.pharmacy || registrationOnly(visit)) return false
  const groups = visit.diag_groups
  return !visit.med_type.startsWith('14') ||
    !(groups.has('dialysis') || groups.has('tumour_therapy') || groups.has('tumour'))
}

/** Counted visits of a period. `op` outpatient, `er` emergency; costs are their medical fees. */
export interface Tally {
  readonly op: number
  readonly er: number
  readonly op_cost: Fen
  readonly er_cost: Fen
  /** The last one counted; null when none was. */
  readonly last: Visit | null
  /** Index of the period's first visit, counted or not. */
  readonly start: number
  /** Index of the first visit after the period. */
  readonly end: number
}

/** A period in which some visit counts, with the numbers in force on the last of them. */
export type CountedPeriod<L extends Limits> = Tally & { readonly last: Visit, readonly limits: L }

/**
 * The periods of a window in which visits count, in order; none from before the rule was in force.
 * @param visits in canonical order
 * @param next the first moment of the period after the one that a moment falls in
 */
export function * countedPeriods<L extends Limits> (
  visits: readonly Visit[], next: (at: Millis) => Millis, law: Law<L>
): Generator<CountedPeriod<L>> {
  for (let start = 0; start < visits.length;) {
    const { op, er, op_cost, er_cost, last, end } = tallyVisits(visits, start, next(visits[start]!.setl_time))
    const limits = last === null ? null : law.on(last.setl_time, last.insuplc_admdvs)
    if (last !== null && limits !== null) yield { op, er, op_cost, er_cost, last, start, end, limits }
    start = end
  }
}

/** The visits that a tally counted. */
export function countedVisits (visits: readonly Visit[], { start, end }: Tally): Visit[] {
  return visits.slice(start, end).filter(countsAsOutpatient)
}

/**
 * Counts the visits from index `start` up to the moment `until` (excluded).
 * @param visits in canonical order
 */
export function tallyVisits (visits: readonly Visit[], start: number, until: Millis): Tally {
  let op = 0
  let er = 0
  let op_cost = 0
  let er_cost = 0
  let last: Visit | null = null
  let end = start
  for (; end < visits.length && visits[end]!.setl_time < until; end++) {
    const visit = visits[end]!
    if (!countsAsOutpatient(visit)) continue
    last = visit
    if (isEmergency(visit)) {
      er++
      er_cost += visit.medfee_sumamt
    } else {
      op++
      op_cost += visit.medfee_sumamt
    }
  }
  return { op, er, op_cost, er_cost, last, start, end }
}

/** How many different institutions the visits were made at. */
export function institutionsOf (visits: readonly Visit[]): number {
  return new Set(visits.map(visit => visit.fixmedins_code)).size
}
