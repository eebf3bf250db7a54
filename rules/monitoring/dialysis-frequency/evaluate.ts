/** Was one person dialysed more often than anyone is? Letters are the clauses of definition.md. */
import { periodFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { type DayNumber, dayOf, formatDate, startOfDay } from '../../../engine/core/time.ts'
import { happenedInPerson, registrationOnly } from '../../../engine/core/visits.ts'
import type { Visit } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'per_day' | 'per_week' | 'session_cost_min', number>>

const WEEK = 7

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law }, report) {
    const counts = (visit: Visit): boolean => { // (a) (b)
      if (!visit.diag_groups.has('dialysis') || visit.pharmacy || registrationOnly(visit) || !happenedInPerson(visit)) return false
      const limits = law.on(visit.setl_time, visit.insuplc_admdvs)
      return limits !== null && visit.medfee_sumamt >= limits.session_cost_min
    }
    const sessions = visits.filter(counts)
    for (let start = 0; start < sessions.length;) { // (c)
      const day = dayOf(sessions[start]!.setl_time)
      const week = until(sessions, start, day + WEEK)
      const today = until(sessions, start, day + 1)
      const last = week.at(-1)!
      const limits = law.on(last.setl_time, last.insuplc_admdvs)! // (b) lets no session pass without
      const often = week.length > limits.per_week // (d)
      const main = often ? week : today
      start += main.length
      if (!often && today.length <= limits.per_day) continue // (e)

      const [institution = '', another] = new Set(main.map(session => session.fixmedins_code))
      report({
        ...periodFinding(formatDate(main[0]!.setl_time), main, main.at(-1)!, {
          severity: 2,
          values: { sessions: main.length, first_day: startOfDay(day), span: often ? WEEK : 1, most: mostOnADay(main) }
        }),
        fixmedins_code: another === undefined ? institution : ''
      })
    }
  }
})

/** The sessions from index `start` up to a day (excluded). */
function until (sessions: readonly Visit[], start: number, day: DayNumber): readonly Visit[] {
  const midnight = startOfDay(day)
  let end = start
  while (end < sessions.length && sessions[end]!.setl_time < midnight) end++
  return sessions.slice(start, end)
}

function mostOnADay (sessions: readonly Visit[]): number {
  const days = sessions.map(session => dayOf(session.setl_time))
  return Math.max(...days.map(day => days.filter(other => other === day).length))
}
