/** The rules as the engine holds them: loaded once, never changed while running. The loader is engine/core/rulebook/load.ts. */
import type { Severity, Values } from './flag.ts'
import type { Knowledge } from './knowledge.ts'
import type { Law, Limits, Rule } from './rule.ts'
import type { RuleFolder } from './rulebook/folders.ts'
import type { Millis } from './time.ts'

/** A text in both languages of the product. */
export interface Bilingual { readonly zh: string, readonly en: string }

/** An article of law that a rule rests on, and the first moment at which it is in force. */
export interface LawArticle extends Bilingual { readonly from: Millis }

/** A number of a threshold and where it comes from. */
export interface ParameterValue {
  readonly value: number
  /** official: a law or the national library states it; local: an area's document does; derived: ours, with the reason. */
  readonly basis: 'official' | 'local' | 'derived'
  /** First moment at which this number holds. */
  readonly from: Millis
  /** The public source; '' when a derived number has none. */
  readonly source: string
  readonly link: string
  /** Why a derived number is what it is; '' for stated ones. */
  readonly why: string
}

/** What a threshold means, for people. */
export interface Parameter {
  readonly says: Bilingual
  /** One of the units of thresholds.yaml; `fen` is money in 分, `flag` is 0 or 1. */
  readonly unit: string
  /** The number in force for an area at a moment; null before the first. */
  readonly basisOn: (at: Millis, area: string) => ParameterValue | null
}

/** How a computed value is to be read: as it stands, as a calendar day or a moment (Millis), or as money (分). */
export type ValueForm = 'plain' | 'date' | 'time' | 'yuan'

/** What a computed value of a finding is called, and how it is written for people. */
export interface ValueLabel extends Bilingual {
  readonly form: ValueForm
  /** Spoken forms of coded values, by code; a code that is not here is written as `form` says. */
  readonly words: ReadonlyMap<string, Bilingual>
}

/** One rule folder, read, checked and ready to judge. */
export interface LoadedRule {
  /** The folder's name. */
  readonly id: string
  readonly version: number
  readonly title: Bilingual
  /** National rule code (GZ…), '' when the national library has none. */
  readonly official_id: string
  /** Gravest severity the rule can reach. */
  readonly severity: Severity
  /** 3101's vola_bhvr_type: 1 就诊类, 2 项目类. */
  readonly behaviour: 1 | 2
  /** Every article of law that it rests on, also those in force later: `lawsOn` picks those of a date. */
  readonly law_basis: readonly LawArticle[]
  /** The negative-information item a confirmed flag would fall under, per credit regime: { 'yangzhou-2020': '8.1.4' }. */
  readonly negative_items: Readonly<Record<string, string>>
  /** Exclusions that the rule checks; a flag lists them all as checked and not applying. */
  readonly exclusions: ReadonlyMap<string, Bilingual>
  /** Facts a finding may cite for (supports) or against (weakens). */
  readonly facts: ReadonlyMap<string, Bilingual>
  /** What to check by hand, in order. */
  readonly to_check: readonly Bilingual[]
  /** Thresholds by name, in the file's order. */
  readonly parameters: ReadonlyMap<string, Parameter>
  /** Computed values by name. */
  readonly value_labels: ReadonlyMap<string, ValueLabel>
  readonly law: Law
  readonly rule: Rule
  /** Fingerprint of every file that can change its judgement; absent for rules that tests make up. */
  readonly digest?: string
  /** The lists it reads; absent for a rule that names none. */
  readonly knowledge?: Knowledge
  /** What its author wrote, for the rule's page; absent for rules that tests make up. */
  readonly folder?: RuleFolder
  /** The sentence shown on the flag, placeholders filled in. */
  sentence: (values: Values, limits: Limits) => Bilingual
  /** What would have cleared it. */
  cleared: (values: Values, limits: Limits) => Bilingual
}

export interface Rulebook {
  /** By id; the order in which they judge, which no result depends on. */
  readonly rules: readonly LoadedRule[]
  /** Fingerprint of every file that can change a judgement. */
  readonly digest: string
}
