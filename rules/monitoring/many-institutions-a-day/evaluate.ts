/** Was one card used at many institutions on one day? Letters are the clauses of definition.md. */
import { facts, periodFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { dayOf, formatDate, startOfDay } from '../../../engine/core/time.ts'
import { happenedInPerson, institutionsOf, registrationOnly } from '../../../engine/core/visits.ts'
import type { Visit } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'institutions_per_day', number>>

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law }, report) {
    for (let start = 0, end = 0; start < visits.length; start = end) {
      const midnight = startOfDay(dayOf(visits[start]!.setl_time) + 1)
      let counted = 0
      let last = visits[start]!
      for (end = start; end < visits.length && visits[end]!.setl_time < midnight; end++) {
        if (!counts(visits[end]!)) continue // (a)
        counted++
        last = visits[end]!
      }
      if (counted === 0) continue
      const limits = law.on(last.setl_time, last.insuplc_admdvs)
      if (limits === null || counted < limits.institutions_per_day) continue

      const today = visits.slice(start, end).filter(counts)
      const institutions = institutionsOf(today) // (b)
      if (institutions < limits.institutions_per_day) continue // (c)

      const date = formatDate(last.setl_time)
      report(periodFinding(date, today, last, {
        severity: 2,
        values: { institutions, visits: today.length, date },
        supports: facts({ different_certificates: !alike(today) })
      }))
    }
  }
})

function alike (visits: readonly Visit[]): boolean {
  return visits.every(visit => visit.mdtrt_cert_type === visits[0]!.mdtrt_cert_type)
}

/** (a) In person, recorded as it happened, at a hospital, more than a registration. */
function counts (visit: Visit): boolean {
  return !visit.pharmacy && happenedInPerson(visit) && !registrationOnly(visit)
}
