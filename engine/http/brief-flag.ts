/** A flag as lists show it. */
import type { FlagItem, FlagRow } from '../core/flag.ts'
import { maskPersonNo } from '../core/mask.ts'
import type { Bilingual, Rulebook } from '../core/rulebook.ts'
import { formatTime } from '../core/time.ts'
import { codesIn, type InstitutionName, withNames } from './institution-names.ts'
import { personHandle } from './person.ts'
import { shownSubject } from './subject.ts'
import { SEVERITIES } from './words.ts'

export type BriefSource = Pick<FlagRow, 'flag_id' | 'revision' | 'status' | 'rule_id' | 'severity' | 'subject_kind' |
  'subject' | 'fixmedins_code' |
  'area' | 'service_time' | 'sentence_zh' | 'sentence_en' | 'medfee_sumamt' | 'fund_pay_sumamt' | 'acct_pay'> & {
  /** False while a stay it is about is not settled. */
  readonly settled: boolean
}

export type BriefFlag = ReturnType<typeof briefFlag>

/** A flag with its institution's name. `told` is its sentence with names beside codes, for pages: answers keep it as it was judged. */
export interface ListedFlag extends BriefFlag { readonly fixmedins_name: string, readonly told: Bilingual }

/** The title of a rule; a flag may be older than the rulebook, so an unknown rule is shown by its id. */
export function ruleTitle (rulebook: Rulebook, id: string): Bilingual {
  return rulebook.rules.find(rule => rule.id === id)?.title ?? { zh: id, en: id }
}

export function briefFlag (row: BriefSource, rulebook: Rulebook) {
  return {
    flag_id: row.flag_id,
    revision: row.revision,
    status: row.status,
    rule_id: row.rule_id,
    title: ruleTitle(rulebook, row.rule_id),
    severity: row.severity,
    severity_zh: SEVERITIES[row.severity].zh,
    subject_kind: row.subject_kind,
    subject: shownSubject({ kind: row.subject_kind, key: row.subject }),
    psn_no: row.subject_kind === 'person' ? maskPersonNo(row.subject) : '',
    person: row.subject_kind === 'person' ? personHandle(row.subject, row.flag_id) : '',
    fixmedins_code: row.fixmedins_code,
    area: row.area,
    service_time: formatTime(row.service_time),
    sentence_zh: row.sentence_zh,
    sentence_en: row.sentence_en,
    settled: row.settled,
    money: { total: row.medfee_sumamt, pooled: row.fund_pay_sumamt, personal: row.acct_pay },
    evidence: evidencePath(row.flag_id)
  }
}

/** @param nameOf knows the institutions of `codesOf`. */
export function listedFlag (row: BriefSource, rulebook: Rulebook, nameOf: InstitutionName): ListedFlag {
  const flag = briefFlag(row, rulebook)
  return { ...flag, fixmedins_name: nameOf(row.fixmedins_code), told: withNames({ zh: flag.sentence_zh, en: flag.sentence_en }, nameOf) }
}

/** Codes of institutions that a flag names, as far as its row in a list tells. */
export function codesOf (row: BriefSource): string[] {
  return [row.fixmedins_code, ...codesIn(row.sentence_zh), ...codesIn(row.sentence_en)]
}

/** Whether the money of everything a flag is about is known: an item without settlement is a stay still to be settled. */
export function isSettled (items: readonly FlagItem[]): boolean {
  return items.every(item => item.role !== 'main' || item.setl_id !== '')
}

export function evidencePath (flagId: string): string {
  return `/v1/flags/${encodeURIComponent(flagId)}/evidence`
}
