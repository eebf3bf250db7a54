/** Was one card in two places faster than a person can travel? Letters are the clauses of definition.md. */
import { distanceKm, FARTHEST_KM } from '../../../engine/core/distance.ts'
import { facts } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { MINUTE } from '../../../engine/core/time.ts'
import { happenedInPerson } from '../../../engine/core/visits.ts'
import type { Visit } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'min_km' | 'city_kmh' | 'max_kmh', number>>

const SHOWN_AT_MOST = 99_999 // km/h: no time at all between two visits is infinitely fast

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law, reference }, report) {
    let before: Visit | null = null
    for (const visit of visits) {
      if (!happenedInPerson(visit) || visit.setl_date_only || visit.external) continue // (a)
      const previous: Visit | null = before
      before = visit
      if (previous === null || previous.fixmedins_code === visit.fixmedins_code) continue // (b)
      const limits = law.on(visit.setl_time, visit.insuplc_admdvs)
      if (limits === null) continue

      const minutes = (visit.setl_time - previous.setl_time) / MINUTE
      const slowest = Math.min(limits.city_kmh, limits.max_kmh)
      if (slowest * minutes >= FARTHEST_KM * 60) continue // time enough to reach any place on Earth
      const from = reference.institution(previous.fixmedins_code, previous.setl_time)
      const to = reference.institution(visit.fixmedins_code, visit.setl_time)
      const km = from === null || to === null ? null : distanceKm(from, to) // (c)
      if (from === null || to === null || km === null || km < limits.min_km) continue // (d)

      const sameProvince = from.admdvs.slice(0, 2) === to.admdvs.slice(0, 2)
      const allowed = sameProvince ? slowest : limits.max_kmh
      if (km * 60 <= allowed * minutes) continue // (e)

      report({
        anchor: [previous.fixmedins_code, previous.setl_id, visit.fixmedins_code, visit.setl_id],
        at: visit.setl_time,
        area: visit.insuplc_admdvs,
        fixmedins_code: visit.fixmedins_code,
        severity: 2,
        main: [visit],
        involved: [previous],
        values: {
          km: Math.floor(km),
          minutes: Math.floor(minutes),
          kmh: minutes === 0 ? SHOWN_AT_MOST : Math.min(SHOWN_AT_MOST, Math.floor(km * 60 / minutes))
        },
        supports: facts({ different_certificates: previous.mdtrt_cert_type !== visit.mdtrt_cert_type }),
        weakens: facts({ electronic_certificate: electronic(previous) || electronic(visit) })
      })
    }
  }
})

function electronic (visit: Visit): boolean {
  return visit.mdtrt_cert_type === '01'
}
