/**
 * The shape of a rule. A rule is a pure function of what it is shown: no clock, randomness, I/O, async, mutation or growth.
 * It lives in rules/monitoring/<id>/evaluate.ts as the default export; its id is the folder's name.
 */
import type { Settlement } from './claim.ts'
import type { Finding } from './flag.ts'
import type { Knowledge } from './knowledge.ts'
import type { Reference } from './masterdata.ts'
import type { Facts, SharedKind, SharedWindow, Sighting } from './shared.ts'
import type { Millis } from './time.ts'
import type { PersonWindow } from './window.ts'

/** Threshold values by name, as thresholds.yaml declares them. */
export type Limits = Readonly<Record<string, number>>

/** The rule's law at a date of service and in a pooling area. */
export interface Law<L extends Limits = Limits> {
  /**
   * Thresholds in force for `area` (insuplc_admdvs) on the date `at`; null where the rule is not in force.
   * Areas are looked up by their six digits, then the city's (4 digits + 00), the province's (2 digits + 0000), then the default.
   */
  on: (at: Millis, area: string) => L | null
}

/** Where a rule puts its findings. */
export type Report = (finding: Finding) => void

/** What surrounds an evaluation. */
export interface Setting<L extends Limits = Limits> {
  readonly law: Law<L>
  readonly reference: Reference
  /** The lists of rules/knowledge that the rule's definition names; any other is empty. */
  readonly knowledge: Knowledge
  /** Event time has come this far. Only rules that wait for an absence may read it, never into a finding's content. */
  readonly watermark: Millis
  /** Ask to be evaluated again once the watermark reaches this moment, though nothing else arrives. */
  readonly wakeAt: (at: Millis) => void
}

/** A rule about the person's window: re-evaluated whenever one of the parts it reads changed. */
export interface PersonRule<L extends Limits = Limits> {
  readonly subject: 'person'
  readonly reads: ReadonlyArray<'stays' | 'visits' | 'death'>
  readonly evaluate: (window: PersonWindow, setting: Setting<L>, report: Report) => void
}

/**
 * A rule about one settlement by itself, with all its lines: at most one finding, anchored on the settlement.
 * Judged once, when the settlement arrives; memory keeps only that it was flagged.
 */
export interface ClaimRule<L extends Limits = Limits> {
  readonly subject: 'claim'
  readonly evaluate: (claim: Settlement, setting: Setting<L>, report: (finding: ClaimFinding) => void) => void
}

/** A claim rule's finding: the engine fills in anchor, time, institution and money. */
export type ClaimFinding = Pick<Finding, 'severity' | 'values' | 'supports' | 'weakens'> & {
  /** feedetl_sn of the lines meant, with their summed amount; absent = the whole claim. */
  readonly lines?: readonly string[]
  readonly line_amount?: number
}

/**
 * A rule about what the claims of several persons share. It is judged from the store, when a settlement shows a subject that is
 * worth a look, or one that showed it is reversed or corrected.
 * The clock alone does not judge it again, nor do reference data but those about institutions, where it asks for these.
 */
export interface SharedRule<L extends Limits = Limits, F extends Facts = Facts> {
  readonly subject: 'shared'
  readonly of: SharedKind
  /** How much of one mark must be seen before the store is asked; for sightings that are counted. */
  readonly quorum?: number
  /** So many settlements of each day, the weightiest, are enough: all are summed up by days. */
  readonly ofDay?: number
  /** Whether it asks reference data about institutions: when these say something else, what their settlements show is looked at. */
  readonly asksInstitutions?: boolean
  /** Of items: the stock records (infno) that have an item looked at. Before the first of them its settlements are never worth a look. */
  readonly stock?: readonly string[]
  /** Which subjects a settlement shows. Pure, and of the claim alone. */
  readonly sight: (claim: Settlement) => ReadonlyArray<Sighting<F>>
  readonly evaluate: (window: SharedWindow<F>, setting: SharedSetting<L>, report: Report) => void
}

/** What surrounds an evaluation of a shared subject. */
export interface SharedSetting<L extends Limits = Limits> extends Pick<Setting<L>, 'law' | 'reference' | 'knowledge'> {
  /**
   * Says that settlements can change nothing before so much more weight of the subject is seen; what else causes a look does so
   * still. For sightings that are counted under the subject's own name.
   */
  readonly enough: (weight: number) => void
}

export type Rule = PersonRule | ClaimRule | SharedRule

/** Declares a person rule; exists for its types only. */
export function personRule<L extends Limits> (rule: Omit<PersonRule<L>, 'subject'>): PersonRule<L> {
  return { subject: 'person', ...rule }
}

/** Declares a claim rule; exists for its types only. */
export function claimRule<L extends Limits> (rule: Omit<ClaimRule<L>, 'subject'>): ClaimRule<L> {
  return { subject: 'claim', ...rule }
}

/** Declares a rule about a shared subject; exists for its types only. */
export function sharedRule<L extends Limits, F extends Facts> (rule: Omit<SharedRule<L, F>, 'subject'>): SharedRule {
  return { subject: 'shared', ...rule } as unknown as SharedRule
}

/** What the rule is about, as its definition and its flags say it. */
export function subjectOf (rule: Rule): 'person' | 'claim' | SharedKind {
  return rule.subject === 'shared' ? rule.of : rule.subject
}
