/** Were a card and the electronic credential used in two far places at about the same time? Letters are the clauses of definition.md. */
import { distanceKm } from '../../../engine/core/distance.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { MINUTE } from '../../../engine/core/time.ts'
import { happenedInPerson } from '../../../engine/core/visits.ts'
import type { Visit } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<'min_km' | 'minutes_max', number>>

const ELECTRONIC = '01'
const CARD = '03'

export default personRule<Limits>({
  reads: ['visits'],
  evaluate ({ visits }, { law, reference }, report) {
    let before: Visit | null = null
    for (const visit of visits) {
      if (!happenedInPerson(visit) || visit.setl_date_only || visit.external) continue // (a)
      const previous: Visit | null = before
      before = visit
      if (previous === null || previous.fixmedins_code === visit.fixmedins_code || !mixed(previous, visit)) continue // (b) (c)
      const limits = law.on(visit.setl_time, visit.insuplc_admdvs)
      if (limits === null || visit.setl_time - previous.setl_time > limits.minutes_max * MINUTE) continue // (d)

      const from = reference.institution(previous.fixmedins_code, previous.setl_time)
      const to = reference.institution(visit.fixmedins_code, visit.setl_time)
      const km = from === null || to === null ? null : distanceKm(from, to) // (e)
      if (km === null || km < limits.min_km) continue // (f)

      report({
        anchor: [previous.fixmedins_code, previous.setl_id, visit.fixmedins_code, visit.setl_id],
        at: visit.setl_time,
        area: visit.insuplc_admdvs,
        fixmedins_code: visit.fixmedins_code,
        severity: 2,
        main: [visit],
        involved: [previous],
        values: {
          minutes: Math.floor((visit.setl_time - previous.setl_time) / MINUTE),
          km: Math.floor(km),
          first_credential: previous.mdtrt_cert_type,
          second_credential: visit.mdtrt_cert_type
        },
        supports: [],
        weakens: []
      })
    }
  }
})

/** (c) One by the card, the other by the electronic credential. */
function mixed ({ mdtrt_cert_type: first }: Visit, { mdtrt_cert_type: second }: Visit): boolean {
  return (first === CARD && second === ELECTRONIC) || (first === ELECTRONIC && second === CARD)
}
