/** Was one stay in hospital cut into several? Letters are the clauses of definition.md. */
import { facts, stayFinding } from '../../../engine/core/finding.ts'
import type { Severity } from '../../../engine/core/flag.ts'
import { personRule } from '../../../engine/core/rule.ts'
import {
  changedDepartment, readmissionExcused, readmissions, readmissionValues, selfDischarged, sharedDisease
} from '../../../engine/core/stays.ts'
import { calendarDays } from '../../../engine/core/time.ts'
import type { Stay } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'gap_days_core' | 'gap_days_watch' | 'same_diag_prefix' | 'chain_days' | 'chain_stays' |
  'transfer_gap_days' | 'long_stay_care_excluded', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law }, report) {
    for (const again of readmissions(stays, law)) { // (a)
      const { stay, previous, gap_days, limits } = again
      if (gap_days > limits.gap_days_watch) continue // (c)
      const disease = sharedDisease(stay, previous, limits.same_diag_prefix)
      if (disease === '') continue // (b)
      if (gap_days <= limits.transfer_gap_days && changedDepartment(previous, stay)) continue // (e)
      if (readmissionExcused(previous, stay, limits.long_stay_care_excluded === 1)) continue // (f)

      const chain_stays = chainLength(stays, stay, limits)
      const chained = chain_stays >= limits.chain_stays // (d)
      const byDate = stay.adm_date_only || previous.dscg_date_only
      report(stayFinding(stay, stay.adm_time, {
        severity: grade(gap_days <= limits.gap_days_core, chained, byDate),
        involved: [previous],
        values: readmissionValues(again, { chain_stays, disease }),
        supports: facts({ same_department: sameDepartment(previous, stay), chain: chained }),
        weakens: facts({ self_discharge: selfDischarged(previous) })
      }))
    }
  }
})

/** (c) core zone 中, watch zone 低; (d) a chain raises it one level, but nothing known only by date becomes 高. */
function grade (core: boolean, chained: boolean, byDate: boolean): Severity {
  if (!core) return chained ? 2 : 3
  return chained && !byDate ? 1 : 2
}

/** (d) Stays at the institution for this disease that began within the days before, this one included. */
function chainLength (stays: readonly Stay[], stay: Stay, limits: Limits): number {
  const earlier = stays.slice(0, stays.indexOf(stay)).filter(other => other.fixmedins_code === stay.fixmedins_code &&
    calendarDays(other.adm_time, stay.adm_time) <= limits.chain_days &&
    sharedDisease(stay, other, limits.same_diag_prefix) !== '')
  return earlier.length + 1
}

function sameDepartment (previous: Stay, stay: Stay): boolean {
  return previous.dscg_dept_codg !== '' && previous.dscg_dept_codg === stay.adm_dept_codg
}
