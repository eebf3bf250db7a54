/** A finding is what a rule says of an anchor now; a flag (疑点) is a finding as it stands in the store. */
import type { Fen } from './money.ts'
import type { SharedKind, SharedSettlement } from './shared.ts'
import type { Millis } from './time.ts'
import type { Settled, Stay, Visit } from './window.ts'

/** 3101's sev_deg: 1 明确违规, 2 高度可疑, 3 轻度可疑. Screens say 高 / 中 / 低 and 疑点. */
export type Severity = 1 | 2 | 3

/** A value shown in a flag's sentence. Money in 分, moments in Millis: the template's unit says which. */
export type Value = string | number
export type Values = Readonly<Record<string, Value>>

/** The stay or settlement a finding is about, or one it involves. Lines, when only some of them are meant. */
export interface Item {
  readonly of: Stay | Settled | SharedSettlement
  /** feedetl_sn of the lines meant; empty = the whole claim. */
  readonly lines?: readonly string[]
  /** Money of those lines in 分 (medical fee); only together with `lines`. */
  readonly line_amount?: Fen
}

export type About = Stay | Visit | Settled | SharedSettlement | Item

/** What a rule reports. `anchor` must identify the finding within (rule, subject) for ever. */
export interface Finding {
  readonly anchor: readonly string[]
  /** Date of service that decided the version of law; also places the anchor in time. */
  readonly at: Millis
  readonly area: string
  /** The institution the flag is laid against. */
  readonly fixmedins_code: string
  readonly severity: Severity
  /** 主疑点项: their money is the flag's money. */
  readonly main: readonly About[]
  /** 涉及项. */
  readonly involved: readonly About[]
  /** Computed values for the sentence, the counterfactual and the evidence. */
  readonly values: Values
  /** Ids (definition.md, `facts`) of facts that speak for and against the suspicion. */
  readonly supports: readonly string[]
  readonly weakens: readonly string[]
}

export type FlagStatus = 'active' | 'retracted'

/** A reference to a claim in the store, as a flag carries it. */
export interface FlagItem {
  readonly role: 'main' | 'involved'
  readonly fixmedins_code: string
  /** '' while a stay is not settled. */
  readonly setl_id: string
  readonly mdtrt_id: string
  readonly lines: readonly string[]
  readonly medfee_sumamt: Fen
  readonly fund_pay_sumamt: Fen
  readonly acct_pay: Fen
}

/** Whom or what a flag is about. */
export interface Subject { readonly kind: 'person' | SharedKind, readonly key: string }

/** A row of the flags table. Equal knowledge gives an equal row, so replays collapse. */
export interface FlagRow {
  readonly flag_id: string
  readonly revision: number
  readonly status: FlagStatus
  readonly rule_id: string
  readonly rule_version: number
  readonly severity: Severity
  readonly subject_kind: Subject['kind']
  readonly subject: string
  readonly anchor: readonly string[]
  readonly fixmedins_code: string
  readonly area: string
  readonly service_time: Millis
  readonly medfee_sumamt: Fen
  readonly fund_pay_sumamt: Fen
  readonly acct_pay: Fen
  readonly items: readonly FlagItem[]
  /** Whose claims the items are, one an item; empty when they are all the subject's own. */
  readonly persons: readonly string[]
  readonly values: Values
  /** Threshold values in force for this judgement, by name. */
  readonly thresholds: Readonly<Record<string, number>>
  /** Exclusions of definition.md, all checked and found not to apply. */
  readonly exclusions: readonly string[]
  readonly supports: readonly string[]
  readonly weakens: readonly string[]
  readonly sentence_zh: string
  readonly sentence_en: string
  readonly cleared_zh: string
  readonly cleared_en: string
}
