/** Scores flags against the labels of a generated workload: what was planted, what was missed, what nobody planted. */
import type { FlagRow } from '../../engine/core/flag.ts'
import { labelId } from '../workload/label.ts'
import type { Confuser, Label } from '../workload/types.ts'

/** One rule's line of the table. */
export interface RuleScore {
  readonly rule: string
  planted: number
  found: number
  flags: number
  confusers: number
  confused: number
}

export interface Scores {
  readonly rules: RuleScore[]
  /** In words, one a mistake. */
  readonly mistakes: string[]
}

/**
 * @param rules ids of all rules, so that one without plants is seen too
 * @param active flags that stand, by flag_id
 */
export function scoreLabels (
  rules: readonly string[], labels: readonly Label[], confusers: readonly Confuser[], active: ReadonlyMap<string, FlagRow>
): Scores {
  const scores = new Map(rules.map(rule => [rule, { rule, planted: 0, found: 0, flags: 0, confusers: 0, confused: 0 }]))
  const of = (rule: string): RuleScore => {
    const score = scores.get(rule) ?? { rule, planted: 0, found: 0, flags: 0, confusers: 0, confused: 0 }
    scores.set(rule, score)
    return score
  }
  const mistakes: string[] = []
  const labelled = new Map(labels.map(label => [labelId(label), label]))
  for (const [flag_id, label] of labelled) {
    of(label.rule).planted++
    const row = active.get(flag_id)
    const what = `${label.rule} of ${label.psn_no} [${label.anchor.join(' ')}], scenario ${label.scenario}`
    if (row === undefined) mistakes.push(`missing: ${what}`)
    else if (row.severity !== label.severity) mistakes.push(`severity ${row.severity} instead of ${label.severity}: ${what}`)
    else of(label.rule).found++
  }
  const tempted = new Map(confusers.map(one => [`${one.rule}|${one.psn_no}`, one]))
  for (const one of tempted.values()) of(one.rule).confusers++
  for (const [flag_id, row] of active) {
    of(row.rule_id).flags++
    if (labelled.has(flag_id)) continue
    const confuser = [row.subject, ...row.persons].map(psn_no => tempted.get(`${row.rule_id}|${psn_no}`)).find(one => one !== undefined)
    if (confuser !== undefined) of(row.rule_id).confused++
    const whose = confuser === undefined ? 'nobody planted' : `confuser ${confuser.scenario} flagged`
    mistakes.push(`${whose}: ${row.rule_id} severity ${row.severity} of ${row.subject} [${row.anchor.join(' ')}]`)
  }
  return { rules: [...scores.values()], mistakes }
}
