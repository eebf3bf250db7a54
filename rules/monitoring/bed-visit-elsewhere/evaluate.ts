/** Was the patient seen elsewhere while in hospital? Letters are the clauses of definition.md. */
import { personRule } from '../../../engine/core/rule.ts'
import { visitInsideStay } from '../../../engine/core/stays.ts'

/** Visits that a flag names; more add nothing to the suspicion. */
const INVOLVED = 20

export default personRule<Readonly<Record<'visits_min', number>>>({
  reads: ['stays', 'visits'],
  evaluate ({ stays, visits }, { law, watermark }, report) {
    for (const stay of stays) {
      const at = stay.dscg_time ?? stay.adm_time
      const limits = law.on(at, stay.insuplc_admdvs)
      if (limits === null) continue
      const elsewhere = visits.filter(visit => visitInsideStay(visit, stay, watermark)) // (a) (b) (c)
      const first = elsewhere[0]
      if (first === undefined || elsewhere.length < limits.visits_min) continue // (d)

      report({
        anchor: [stay.fixmedins_code, stay.mdtrt_id],
        at,
        area: stay.insuplc_admdvs,
        fixmedins_code: stay.fixmedins_code,
        severity: 3,
        main: [stay],
        involved: elsewhere.slice(0, INVOLVED),
        values: { visits: elsewhere.length, first_visit: first.setl_time, first_institution: first.fixmedins_code },
        supports: elsewhere.some(visit => !visit.pharmacy) ? ['treated_elsewhere'] : [],
        weakens: elsewhere.every(visit => visit.pharmacy) ? ['pharmacy_only'] : []
      })
    }
  }
})
