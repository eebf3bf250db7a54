/** Was a change of ward made into a new stay? Letters are the clauses of definition.md. */
import { facts, stayFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import {
  changedDepartment, readmissionExcused, readmissions, readmissionValues, selfDischarged
} from '../../../engine/core/stays.ts'

type Limits = Readonly<Record<'transfer_gap_days' | 'long_stay_care_excluded', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law }, report) {
    for (const again of readmissions(stays, law)) { // (a)
      const { stay, previous, gap_days, limits } = again
      if (gap_days > limits.transfer_gap_days) continue // (b)
      if (!changedDepartment(previous, stay)) continue // (c)
      if (readmissionExcused(previous, stay, limits.long_stay_care_excluded === 1)) continue // (d)

      report(stayFinding(stay, stay.adm_time, {
        severity: 2,
        involved: [previous],
        values: readmissionValues(again, { from_dept: previous.dscg_dept_codg, to_dept: stay.adm_dept_codg }),
        supports: facts({ same_diagnosis: previous.main_diag !== '' && previous.main_diag === stay.main_diag }),
        weakens: facts({ self_discharge: selfDischarged(previous) })
      }))
    }
  }
})
