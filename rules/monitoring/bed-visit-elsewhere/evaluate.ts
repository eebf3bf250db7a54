/** Was the patient seen elsewhere while in hospital? Letters are the clauses of definition.md. */
import { facts, stayFinding } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { dischargeOrAdmission, occupiedBeds, visitInsideStay } from '../../../engine/core/stays.ts'

/** Visits that a flag names; more add nothing to the suspicion. */
const INVOLVED = 20

export default personRule<Readonly<Record<'visits_min', number>>>({
  reads: ['stays', 'visits'],
  evaluate ({ stays, visits }, { law, watermark }, report) {
    for (const { stay, at, limits } of occupiedBeds(stays, law, dischargeOrAdmission)) { // (c)
      const elsewhere = visits.filter(visit => visitInsideStay(visit, stay, watermark)) // (a) (b) (c)
      const first = elsewhere[0]
      if (first === undefined || elsewhere.length < limits.visits_min) continue // (d)

      const onlyPharmacies = elsewhere.every(visit => visit.pharmacy)
      report(stayFinding(stay, at, {
        severity: 3,
        involved: elsewhere.slice(0, INVOLVED),
        values: { visits: elsewhere.length, first_visit: first.setl_time, first_institution: first.fixmedins_code },
        supports: facts({ treated_elsewhere: !onlyPharmacies }),
        weakens: facts({ pharmacy_only: onlyPharmacies })
      }))
    }
  }
})
