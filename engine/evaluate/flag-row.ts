/** A finding as a row of the flags table. Equal knowledge gives an equal row. */
import { isDeepStrictEqual } from 'node:util'
import { fingerprintHex } from '../core/fingerprint.ts'
import type { Finding, FlagItem, FlagRow, Subject } from '../core/flag.ts'
import type { LoadedRule } from '../core/rulebook.ts'
import type { Limits } from '../core/rule.ts'
import { personsOf } from './flag-items.ts'

const NO_LIMITS: Limits = Object.freeze({})

/** flag_id is for ever: rule, subject and anchor, never what was found. */
export function flagIdOf (rule: LoadedRule, subject: Subject, anchor: readonly string[]): string {
  return fingerprintHex(rule.id, subject.kind, subject.key, ...anchor)
}

export function person (psn_no: string): Subject {
  return { kind: 'person', key: psn_no }
}

/** @param revision of the subject (of a person: memory/revision.ts), even; a row that stands takes the odd number above it. */
export function activeRow (rule: LoadedRule, subject: Subject, finding: Finding, items: readonly FlagItem[], revision: number): FlagRow {
  const limits = rule.law.on(finding.at, finding.area) ?? NO_LIMITS
  const sentence = rule.sentence(finding.values, limits)
  const cleared = rule.cleared(finding.values, limits)
  let medfee_sumamt = 0
  let fund_pay_sumamt = 0
  let acct_pay = 0
  for (const item of items) {
    if (item.role !== 'main') continue
    medfee_sumamt += item.medfee_sumamt
    fund_pay_sumamt += item.fund_pay_sumamt
    acct_pay += item.acct_pay
  }
  return {
    flag_id: flagIdOf(rule, subject, finding.anchor),
    revision: revision + 1,
    status: 'active',
    rule_id: rule.id,
    rule_version: rule.version,
    severity: finding.severity,
    subject_kind: subject.kind,
    subject: subject.key,
    anchor: finding.anchor,
    fixmedins_code: finding.fixmedins_code,
    area: finding.area,
    service_time: finding.at,
    medfee_sumamt,
    fund_pay_sumamt,
    acct_pay,
    items,
    persons: personsOf(finding),
    values: finding.values,
    thresholds: limits,
    exclusions: [...rule.exclusions.keys()],
    supports: finding.supports,
    weakens: finding.weakens,
    sentence_zh: sentence.zh,
    sentence_en: sentence.en,
    cleared_zh: cleared.zh,
    cleared_en: cleared.en
  }
}

/** A flag that no longer stands: no money, no items; its last words stay readable. */
export function retractedRow (rule: LoadedRule, subject: Subject, finding: Finding, items: readonly FlagItem[], revision: number): FlagRow {
  return takenBack(activeRow(rule, subject, finding, items, 0), revision)
}

/** A flag as the store shows it, no longer standing. */
export function takenBack (flag: FlagRow, revision: number): FlagRow {
  return { ...flag, revision, status: 'retracted', medfee_sumamt: 0, fund_pay_sumamt: 0, acct_pay: 0, items: [], persons: [] }
}

/** Whether two rows differ in nothing but their revision. */
export function saysTheSame (stored: FlagRow, row: FlagRow): boolean {
  return (Object.keys(row) as Array<keyof FlagRow>).every(column => column === 'revision' || isDeepStrictEqual(stored[column], row[column]))
}
