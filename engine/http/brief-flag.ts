/** A flag as lists show it. */
import type { FlagRow } from '../core/flag.ts'
import type { Bilingual, Rulebook } from '../core/rulebook.ts'
import { formatTime } from '../core/time.ts'
import { SEVERITIES } from './words.ts'

export type BriefSource = Pick<FlagRow, 'flag_id' | 'revision' | 'status' | 'rule_id' | 'severity' | 'subject' | 'fixmedins_code' | 'area' |
  'service_time' | 'sentence_zh' | 'sentence_en' | 'medfee_sumamt' | 'fund_pay_sumamt' | 'acct_pay'>

export type BriefFlag = ReturnType<typeof briefFlag>

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
    psn_no: row.subject,
    fixmedins_code: row.fixmedins_code,
    area: row.area,
    service_time: formatTime(row.service_time),
    sentence_zh: row.sentence_zh,
    sentence_en: row.sentence_en,
    money: { total: row.medfee_sumamt, pooled: row.fund_pay_sumamt, personal: row.acct_pay },
    evidence: evidencePath(row.flag_id)
  }
}

export function evidencePath (flagId: string): string {
  return `/v1/flags/${encodeURIComponent(flagId)}/evidence`
}
