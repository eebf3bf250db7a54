/** Was one stay in hospital cut into several? Letters are the clauses of definition.md. */
import type { Severity } from '../../../engine/core/flag.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { changedDepartment, readmissionExcused, readmissionOf, sharedDisease } from '../../../engine/core/stays.ts'
import { calendarDays } from '../../../engine/core/time.ts'
import type { Stay } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'gap_days_core' | 'gap_days_watch' | 'same_diag_prefix' | 'chain_days' | 'chain_stays' |
  'transfer_gap_days' | 'long_stay_care_excluded', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law }, report) {
    for (let i = 1; i < stays.length; i++) {
      const stay = stays[i]!
      const again = readmissionOf(stays, i) // (a)
      if (again === null) continue
      const { previous, previous_discharge, gap_days } = again
      const limits = law.on(stay.adm_time, stay.insuplc_admdvs)
      if (limits === null || gap_days > limits.gap_days_watch) continue // (c)

      const disease = sharedDisease(stay, previous, limits.same_diag_prefix) // (b)
      if (disease === '') continue
      if (gap_days <= limits.transfer_gap_days && changedDepartment(previous, stay)) continue // (e)
      if (readmissionExcused(previous, stay, limits.long_stay_care_excluded === 1)) continue // (f)

      const chain_stays = chainLength(stays, i, limits) // (d)
      const chained = chain_stays >= limits.chain_stays
      const byDate = stay.adm_date_only || previous.dscg_date_only
      report({
        anchor: [stay.fixmedins_code, stay.mdtrt_id],
        at: stay.adm_time,
        area: stay.insuplc_admdvs,
        fixmedins_code: stay.fixmedins_code,
        severity: grade(gap_days <= limits.gap_days_core, chained, byDate),
        main: [stay],
        involved: [previous],
        values: {
          gap_days,
          chain_stays,
          disease,
          previous_discharge,
          admission: stay.adm_time,
          previous_mdtrt_id: previous.mdtrt_id
        },
        supports: [
          ...(previous.dscg_dept_codg !== '' && previous.dscg_dept_codg === stay.adm_dept_codg ? ['same_department'] : []),
          ...(chained ? ['chain'] : [])
        ],
        weakens: previous.dscg_way === '4' ? ['self_discharge'] : []
      })
    }
  }
})

/** (c) core zone 中, watch zone 低; (d) a chain raises it one level, but nothing known only by date becomes 高. */
function grade (core: boolean, chained: boolean, byDate: boolean): Severity {
  if (!core) return chained ? 2 : 3
  return chained && !byDate ? 1 : 2
}

/** (d) Stays at the institution for this disease that began within the days before, this one included. */
function chainLength (stays: readonly Stay[], index: number, limits: Limits): number {
  const stay = stays[index]!
  return stays.filter((other, i) => i <= index && other.fixmedins_code === stay.fixmedins_code &&
    calendarDays(other.adm_time, stay.adm_time) <= limits.chain_days &&
    (i === index || sharedDisease(stay, other, limits.same_diag_prefix) !== '')).length
}
