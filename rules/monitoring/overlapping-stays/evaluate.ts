/** Was one person in two hospitals at once? Letters are the clauses of definition.md. */
import { facts } from '../../../engine/core/finding.ts'
import { personRule } from '../../../engine/core/rule.ts'
import { transferred } from '../../../engine/core/stays.ts'
import { dayOf, HOUR } from '../../../engine/core/time.ts'
import type { Stay } from '../../../engine/core/window.ts'

type Limits = Readonly<Record<
  'overlap_hours' | 'shared_days' | 'transfer_grace_hours' | 'transfer_grace_days', number>>

export default personRule<Limits>({
  reads: ['stays'],
  evaluate ({ stays }, { law }, report) {
    let first = 0 // stays before it are over, or open, for every later stay
    for (let i = 1; i < stays.length; i++) {
      const later = stays[i]!
      while (first < i && !lastsBeyond(stays[first]!, later)) first++
      if (later.dscg_time === null) continue // (a)

      for (let j = first; j < i; j++) {
        const earlier = stays[j]!
        if (!lastsBeyond(earlier, later) || earlier.dscg_time === null) continue
        if (earlier.fixmedins_code === later.fixmedins_code) continue // (b)
        const limits = law.on(later.adm_time, later.insuplc_admdvs)
        if (limits === null) break

        const end = Math.min(earlier.dscg_time, later.dscg_time)
        const overlap = end - later.adm_time // canonical order: the later stay's admission is the later one
        const overlap_days = Math.max(0, dayOf(end) - dayOf(later.adm_time) - 1)
        const byDate = knownByDate(earlier) || knownByDate(later)
        const little = byDate ? overlap_days < limits.shared_days : overlap <= limits.overlap_hours * HOUR
        if (little) continue // (c) (d)

        const brief = byDate
          ? overlap_days <= limits.transfer_grace_days
          : overlap <= limits.transfer_grace_hours * HOUR
        if (brief && transferred(earlier, later)) continue // (e)
        if (earlier.nwb_flag || later.nwb_flag) continue // (f)

        report({
          anchor: [earlier.fixmedins_code, earlier.mdtrt_id, later.fixmedins_code, later.mdtrt_id],
          at: later.adm_time,
          area: later.insuplc_admdvs,
          fixmedins_code: later.fixmedins_code,
          severity: byDate ? 2 : 1,
          main: [later],
          involved: [earlier],
          values: {
            overlap_hours: byDate ? 0 : Math.floor(overlap / HOUR),
            overlap_days,
            first_institution: earlier.fixmedins_code,
            second_institution: later.fixmedins_code
          },
          supports: facts({ different_certificates: earlier.mdtrt_cert_type !== later.mdtrt_cert_type }),
          weakens: facts({ known_by_date: byDate })
        })
      }
    }
  }
})

function knownByDate (stay: Stay): boolean {
  return stay.adm_date_only || stay.dscg_date_only
}

/** Discharged, and after the later stay began. */
function lastsBeyond (stay: Stay, later: Stay): boolean {
  return stay.dscg_time !== null && stay.dscg_time > later.adm_time
}
