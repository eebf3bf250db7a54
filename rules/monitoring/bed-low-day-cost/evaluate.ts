/** Did a day in this bed cost a fraction of what it costs elsewhere? Letters are the clauses of definition.md. */
import { personRule } from '../../../engine/core/rule.ts'
import { bedExcused } from '../../../engine/core/stays.ts'
import { calendarDays } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'day_cost_percent' | 'min_los_days' | 'peer_sample_min', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law, reference }, report) {
    for (const stay of stays) {
      const at = stay.dscg_time
      if (at === null || stay.settlements.length === 0 || bedExcused(stay)) continue // (a) (d)
      const limits = law.on(at, stay.insuplc_admdvs)
      if (limits === null) continue
      const los_days = calendarDays(stay.adm_time, at)
      if (los_days < limits.min_los_days) continue // (a)

      const institution = reference.institution(stay.fixmedins_code, at)
      if (institution === null) continue
      const department = stay.dscg_dept_codg || stay.adm_dept_codg
      const peer = reference.peerMedian(institution.hosp_lv, department, stay.main_diag.slice(0, 3), at) // (b)
      if (peer === null || peer.sample < limits.peer_sample_min) continue
      const usual = peer.day_cost * los_days
      if (stay.medfee_sumamt * 100 >= limits.day_cost_percent * usual) continue // (c)

      report({
        anchor: [stay.fixmedins_code, stay.mdtrt_id],
        at,
        area: stay.insuplc_admdvs,
        fixmedins_code: stay.fixmedins_code,
        severity: 3,
        main: [stay],
        involved: [],
        values: {
          los_days,
          day_cost: Math.floor(stay.medfee_sumamt / los_days),
          peer_day_cost: peer.day_cost,
          percent: Math.floor(stay.medfee_sumamt * 100 / usual)
        },
        supports: [],
        weakens: stay.dscg_way === '4' ? ['self_discharge'] : []
      })
    }
  }
})
