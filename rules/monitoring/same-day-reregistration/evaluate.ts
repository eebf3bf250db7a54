/** Was a change of ward made into a new stay? Letters are the clauses of definition.md. */
import { personRule } from '../../../engine/core/rule.ts'
import { changedDepartment, readmissionExcused, readmissionOf } from '../../../engine/core/stays.ts'

type Limits = Readonly<Record<'transfer_gap_days' | 'long_stay_care_excluded', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law }, report) {
    for (let i = 1; i < stays.length; i++) {
      const stay = stays[i]!
      const again = readmissionOf(stays, i) // (a)
      if (again === null) continue
      const { previous, previous_discharge, gap_days } = again
      const limits = law.on(stay.adm_time, stay.insuplc_admdvs)
      if (limits === null || gap_days > limits.transfer_gap_days) continue // (b)
      if (!changedDepartment(previous, stay)) continue // (c)
      if (readmissionExcused(previous, stay, limits.long_stay_care_excluded === 1)) continue // (d)

      report({
        anchor: [stay.fixmedins_code, stay.mdtrt_id],
        at: stay.adm_time,
        area: stay.insuplc_admdvs,
        fixmedins_code: stay.fixmedins_code,
        severity: 2,
        main: [stay],
        involved: [previous],
        values: {
          gap_days,
          from_dept: previous.dscg_dept_codg,
          to_dept: stay.adm_dept_codg,
          previous_discharge,
          admission: stay.adm_time,
          previous_mdtrt_id: previous.mdtrt_id
        },
        supports: previous.main_diag !== '' && previous.main_diag === stay.main_diag ? ['same_diagnosis'] : [],
        weakens: previous.dscg_way === '4' ? ['self_discharge'] : []
      })
    }
  }
})
