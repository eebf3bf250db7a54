/** The naive model's word on a case: which flags of the rule stand, how grave, with how much money. */
import type { FlagRow } from '../../core/flag.ts'
import type { LoadedRule } from '../../core/rulebook.ts'
import { oracle } from '../oracle/oracle.ts'
import type { Sending } from './build.ts'

/** Flags as the oracle names them: flag_id, severity, medical fee in 分; sorted. */
export function oracleOf (rule: LoadedRule, sendings: readonly Sending[]): string[] {
  const found = [...oracle(sendings.map(each => each.record))].filter(([, each]) => each.rule === rule.id)
  return found.map(([flag_id, { severity, medfee }]) => `${flag_id} S${severity} ${medfee}`).sort()
}

/** Flags that stand, named as oracleOf() names them. */
export function namesOf (flags: readonly FlagRow[]): string[] {
  return flags.filter(flag => flag.status === 'active')
    .map(({ flag_id, severity, medfee_sumamt }) => `${flag_id} S${severity} ${medfee_sumamt}`).sort()
}
