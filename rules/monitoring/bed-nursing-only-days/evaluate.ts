/** Was the patient only kept, not treated? Letters are the clauses of definition.md. */
import { facts, stayFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { occupiedBeds } from '../../../engine/core/stays.ts'
import { type DayNumber, type Millis, startOfDay } from '../../../engine/core/time.ts'
import type { Stay, StayDay } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'nursing_only_days', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law }, report) {
    for (const { stay, at, limits } of occupiedBeds(stays, law, dischargeOrLastDay)) { // (c)
      const { from, days } = longestRun(stay.days)
      if (days < limits.nursing_only_days) continue // (b)

      report(stayFinding(stay, at, {
        severity: 3,
        values: { days, from: startOfDay(from), to: startOfDay(from + days - 1) },
        supports: facts({ no_treatment_at_all: !stay.days.some(day => day.substantive || day.external) })
      }))
    }
  }
})

/** The discharge, or the last day of the run of one who is still in hospital; null where there is neither. */
function dischargeOrLastDay (stay: Stay): Millis | null {
  if (stay.dscg_time !== null) return stay.dscg_time
  const { from, days } = longestRun(stay.days)
  return days === 0 ? null : startOfDay(from + days - 1)
}

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
