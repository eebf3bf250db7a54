/**
 * Did one person see doctors unusually often on several days of a month?
 * Letters are the clauses of definition.md.
 */
import { nextMonth } from '../../../engine/core/calendar.ts'
import { facts, periodFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { dayOf, monthOf } from '../../../engine/core/time.ts'
import { countedPeriods, countedVisits, institutionsOf } from '../../../engine/core/visits.ts'
import type { Visit } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'day_visits' | 'day_hospitals' | 'days_in_month', number>>

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law }, report) {
    for (const counted of countedPeriods(visits, nextMonth, law)) { // (a)
      const { op, er, last, limits } = counted
      const fewest = limits.days_in_month * (Math.min(limits.day_visits, limits.day_hospitals) + 1)
      if (op + er < fewest) continue // too few for any such days at all

      let busy_days = 0
      let spread_days = 0
      const meant: Visit[] = []
      for (const today of daysOf(countedVisits(visits, counted))) {
        const busy = today.length > limits.day_visits // (b)
        const spread = institutionsOf(today) > limits.day_hospitals // (c)
        if (busy) busy_days++
        if (spread) spread_days++
        if (busy || spread) meant.push(...today)
      }
      const often = busy_days >= limits.days_in_month
      const scattered = spread_days >= limits.days_in_month
      if (!often && !scattered) continue // (d)

      const month = monthOf(last.setl_time)
      report(periodFinding(month, meant, last, {
        severity: often && scattered ? 2 : 3, // (e)
        values: { month, busy_days, spread_days },
        supports: facts({ by_visits: often, by_hospitals: scattered })
      }))
    }
  }
})

/** Visits in canonical order, cut where the day (UTC+8) changes. */
function daysOf (visits: readonly Visit[]): Visit[][] {
  const days: Visit[][] = []
  for (const visit of visits) {
    const today = days.at(-1)
    if (today !== undefined && dayOf(today[0]!.setl_time) === dayOf(visit.setl_time)) today.push(visit)
    else days.push([visit])
  }
  return days
}
