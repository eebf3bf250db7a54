/** Was the patient only kept, not treated? Letters are the clauses of definition.md. */
import { personRule } from '../../../engine/core/rule.ts'
import { bedExcused } from '../../../engine/core/stays.ts'
import { type DayNumber, startOfDay } from '../../../engine/core/time.ts'
import type { StayDay } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'nursing_only_days', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law }, report) {
    for (const stay of stays) {
      if (bedExcused(stay)) continue // (c)
      const { from, days } = longestRun(stay.days)
      const to = from + days - 1
      const at = stay.dscg_time ?? startOfDay(to)
      const limits = law.on(at, stay.insuplc_admdvs)
      if (limits === null || days < limits.nursing_only_days) continue // (b)

      report({
        anchor: [stay.fixmedins_code, stay.mdtrt_id],
        at,
        area: stay.insuplc_admdvs,
        fixmedins_code: stay.fixmedins_code,
        severity: 3,
        main: [stay],
        involved: [],
        values: { days, from: startOfDay(from), to: startOfDay(to) },
        supports: stay.days.some(day => day.substantive || day.external) ? [] : ['no_treatment_at_all'],
        weakens: []
      })
    }
  }
})

/** (a) The longest run of adjacent days with fees that are bed, consultation and nursing only; the earliest of equals. */
function longestRun (all: readonly StayDay[]): { from: DayNumber, days: number } {
  let longest = { from: 0, days: 0 }
  let run = { from: 0, days: 0 }
  for (const { day, substantive, external } of all) {
    if (substantive || external) continue
    run = day === run.from + run.days ? { from: run.from, days: run.days + 1 } : { from: day, days: 1 }
    if (run.days > longest.days) longest = run
  }
  return longest
}
