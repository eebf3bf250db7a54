/** Was the card used after its holder had died? Letters are the clauses of definition.md. */
import { facts } from '../../../engine/core/finding.ts'
import type { Finding } from '../../../engine/core/flag.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { calendarDays, type DayNumber, dayOf, type Millis, startOfDay } from '../../../engine/core/time.ts'
import type { Stay, Visit } from '../../../engine/core/window.ts'

export default personRule({
  reads: ['stays', 'visits', 'death'],
  evaluate ({ stays, visits, death }, { law }, report) {
    if (death === null) return // (a)
    const { die_date } = death
    const lastDay = dayOf(die_date)

    for (const visit of visits) {
      if (dayOf(visit.service_time) <= lastDay) continue // (b)
      if (law.on(visit.service_time, visit.insuplc_admdvs) === null) continue
      report(finding(visit, visit.service_time, die_date))
    }

    for (const stay of stays) {
      const service = serviceAfter(stay, lastDay) // (c)
      if (service === null || law.on(service, stay.insuplc_admdvs) === null) continue
      report(finding(stay, service, die_date))
    }
  }
})

/** (c) The admission when it is after the last day, else the first such day with fees; null for neither. */
function serviceAfter (stay: Stay, lastDay: DayNumber): Millis | null {
  if (dayOf(stay.adm_time) > lastDay) return stay.adm_time
  const late = stay.days.find(({ day }) => day > lastDay)
  return late === undefined ? null : startOfDay(late.day)
}

function finding (of: Visit | Stay, service: Millis, die_date: Millis): Finding {
  return {
    anchor: [of.kind, of.fixmedins_code, of.kind === 'visit' ? of.setl_id : of.mdtrt_id],
    at: service,
    area: of.insuplc_admdvs,
    fixmedins_code: of.fixmedins_code,
    severity: 1,
    main: [of],
    involved: [],
    values: { die_date, service, days_after: calendarDays(die_date, service) },
    supports: [],
    weakens: facts({ admitted_before_death: of.kind === 'stay' && dayOf(of.adm_time) <= dayOf(die_date) })
  }
}
