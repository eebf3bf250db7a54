/** Was the bed empty for two days? Letters are the clauses of definition.md. */
import { facts, stayFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { dischargeOrAdmission, occupiedBeds } from '../../../engine/core/stays.ts'
import { calendarDays, HOUR, type Millis } from '../../../engine/core/time.ts'
import type { Stay } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'no_lines_hours' | 'upload_grace_hours', number>>

/** A moment at which the patient was seen to be there. */
interface Seen { readonly from: Millis, readonly to: Millis, readonly dateOnly: boolean }

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law, watermark, wakeAt }, report) {
    for (const { stay, at, limits } of occupiedBeds(stays, law, dischargeOrAdmission)) {
      if (stay.settlements.length > 0 && !stay.has_lines) continue // (d)
      const seen = seenTimes(stay) // (a)
      let hours = 0
      let since = stay.adm_time
      for (let i = 1; i < seen.length; i++) {
        const gap = hoursBetween(seen[i - 1]!, seen[i]!) // (b)
        if (gap > hours) [hours, since] = [gap, seen[i - 1]!.to]
      }
      if (stay.dscg_time === null) { // (c)
        const last = seen.at(-1)!.to
        const due = last + (limits.no_lines_hours + limits.upload_grace_hours) * HOUR
        if (watermark < due) wakeAt(due)
        else if (limits.no_lines_hours > hours) [hours, since] = [limits.no_lines_hours, last]
      }
      if (hours < limits.no_lines_hours) continue

      report(stayFinding(stay, at, {
        severity: 3,
        values: { gap_hours: Math.floor(hours), gap_from: since },
        supports: facts({ no_line_at_all: !stay.has_lines })
      }))
    }
  }
})

/** (a) Admission, each day with fees inside the stay, and discharge when known. */
function seenTimes (stay: Stay): Seen[] {
  const { adm_time, dscg_time } = stay
  const end = dscg_time ?? Infinity
  const inside = stay.days.filter(day => day.last >= adm_time && day.first <= end)
  return [
    { from: adm_time, to: adm_time, dateOnly: stay.adm_date_only },
    ...inside.map(({ first, last, dateOnly }) => ({ from: Math.max(first, adm_time), to: Math.min(last, end), dateOnly })),
    ...(dscg_time === null ? [] : [{ from: dscg_time, to: dscg_time, dateOnly: stay.dscg_date_only }])
  ]
}

/** (b) Hours between two sightings; where one is known only by its date, the whole empty calendar days between them. */
function hoursBetween (earlier: Seen, later: Seen): number {
  if (!earlier.dateOnly && !later.dateOnly) return (later.from - earlier.to) / HOUR
  return Math.max(0, calendarDays(earlier.to, later.from) - 1) * 24
}
