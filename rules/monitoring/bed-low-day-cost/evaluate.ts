/** Did a day in this bed cost a fraction of what it costs elsewhere? Letters are the clauses of definition.md. */
import { facts, stayFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { occupiedBeds, selfDischarged } from '../../../engine/core/stays.ts'
import { calendarDays, type Millis } from '../../../engine/core/time.ts'
import type { Stay } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'day_cost_percent' | 'min_los_days' | 'peer_sample_min', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law, reference }, report) {
    for (const { stay, at, limits } of occupiedBeds(stays, law, settledAndDischarged)) { // (a) (d)
      const los_days = calendarDays(stay.adm_time, at)
      if (los_days < limits.min_los_days) continue // (a)

      const institution = reference.institution(stay.fixmedins_code, at)
      if (institution === null) continue
      const department = stay.dscg_dept_codg || stay.adm_dept_codg
      const peer = reference.peerMedian(institution.hosp_lv, department, stay.main_diag.slice(0, 3), at) // (b)
      if (peer === null || peer.sample < limits.peer_sample_min) continue
      const usual = peer.day_cost * los_days
      if (stay.medfee_sumamt * 100 >= limits.day_cost_percent * usual) continue // (c)

      report(stayFinding(stay, at, {
        severity: 3,
        values: {
          los_days,
          day_cost: Math.floor(stay.medfee_sumamt / los_days),
          peer_day_cost: peer.day_cost,
          percent: Math.floor(stay.medfee_sumamt * 100 / usual)
        },
        weakens: facts({ self_discharge: selfDischarged(stay) })
      }))
    }
  }
})

/** (a) The discharge of a settled stay; null while one of the two is missing. */
function settledAndDischarged (stay: Stay): Millis | null {
  return stay.settlements.length === 0 ? null : stay.dscg_time
}
