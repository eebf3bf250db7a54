/**
 * What the findings of several rules have in common, written once: a rule writes down only what is its own.
 * All functions are pure.
 */
import type { Finding } from './flag.ts'
import type { Millis } from './time.ts'
import type { Stay, Visit } from './window.ts'

/** A rule's own part of such a finding; what it leaves out is empty. */
export type Own = Pick<Finding, 'severity' | 'values'> & Partial<Pick<Finding, 'involved' | 'supports' | 'weakens'>>

/** Ids of the facts that hold, in the order in which they are given. */
export function facts (holding: Readonly<Record<string, boolean>>): string[] {
  return Object.keys(holding).filter(id => holding[id] === true)
}

/**
 * About one stay, which is its main item and anchor; laid against the stay's institution.
 * @param at date of service that decides the version of law
 */
export function stayFinding (stay: Stay, at: Millis, own: Own): Finding {
  const { fixmedins_code, mdtrt_id, insuplc_admdvs } = stay
  return {
    anchor: [fixmedins_code, mdtrt_id],
    at,
    area: insuplc_admdvs,
    fixmedins_code,
    main: [stay],
    involved: [],
    supports: [],
    weakens: [],
    ...own
  }
}

/**
 * About a person's visits of one period; laid against no institution, dated and placed by the last of the visits.
 * @param period the anchor: a day, month or year as text
 */
export function periodFinding (period: string, visits: readonly Visit[], last: Visit, own: Own): Finding {
  return {
    anchor: [period],
    at: last.setl_time,
    area: last.insuplc_admdvs,
    fixmedins_code: '',
    main: visits,
    involved: [],
    supports: [],
    weakens: [],
    ...own
  }
}
