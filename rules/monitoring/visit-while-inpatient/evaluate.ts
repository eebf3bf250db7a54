/** Was the card used elsewhere while its holder lay in hospital? Letters are the clauses of definition.md. */
import { facts } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { visitInsideStay } from '../../../engine/core/stays.ts'
import type { Millis } from '../../../engine/core/time.ts'
import type { Stay, Visit } from '../../../engine/core/window.ts'

export default personRule({
  reads: ['stays', 'visits'],
  evaluate ({ stays, visits }, { law, watermark }, report) {
    if (stays.length === 0) return
    let first = 0 // stays before it are over for this visit and all later ones
    for (const visit of visits) {
      while (first < stays.length && isOver(stays[first]!, visit.setl_time)) first++
      const stay = firstAround(stays, first, visit, watermark)
      if (stay === null) continue
      if (law.on(visit.setl_time, visit.insuplc_admdvs) === null) continue

      report({
        anchor: [visit.fixmedins_code, visit.setl_id],
        at: visit.setl_time,
        area: visit.insuplc_admdvs,
        fixmedins_code: visit.fixmedins_code,
        severity: 2,
        main: [visit],
        involved: [stay],
        values: {
          stay_institution: stay.fixmedins_code,
          admission: stay.adm_time,
          discharge: stay.dscg_time ?? 0
        },
        supports: facts({ physical_card: visit.mdtrt_cert_type === '03' }),
        weakens: facts({ pharmacy_purchase: visit.pharmacy, discharge_unknown: stay.dscg_time === null })
      })
    }
  }
})

function isOver (stay: Stay, at: Millis): boolean {
  return stay.dscg_time !== null && stay.dscg_time <= at
}

/** (e) Of several stays around the visit the first in canonical order is named. */
function firstAround (stays: readonly Stay[], from: number, visit: Visit, watermark: Millis): Stay | null {
  for (let i = from; i < stays.length && stays[i]!.adm_time <= visit.setl_time; i++) {
    if (visitInsideStay(visit, stays[i]!, watermark)) return stays[i]! // (a) (b) (c) (d)
  }
  return null
}
