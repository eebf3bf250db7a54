/** Did two patients lie in one bed? Letters are the clauses of definition.md. */
import { DAYS_SHOWN_MAX, hasOwnBed, staysByAdmission } from '../../../engine/core/beds.ts'
import type { Settlement } from '../../../engine/core/claim.ts'
import { facts } from '../../../engine/core/finding.ts'
import type { Finding } from '../../../engine/core/flag.ts'
import { groupBy } from '../../../engine/core/group-by.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { SharedSettlement, Sighting } from '../../../engine/core/shared.ts'
import { DAY, dayOf, HOUR, monthOf, startOfDay } from '../../../engine/core/time.ts'
import type { Millis } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'bed_overlap_hours', number>>
/** The bed, and from when to when. */
interface Lying extends Record<string, string | number> { ward: string, bed: string, adm: Millis, dscg: Millis }
type Stay = SharedSettlement<Lying>

/** Two who lie in one bed at a time share a mark. */
const MARK = 6 * HOUR

export default sharedRule<Limits, Lying>({
  of: 'bed',
  sight: bedOf,
  evaluate ({ subject, settlements }, { law }, report) {
    const stays = staysByAdmission(settlements)
    for (const [i, later] of stays.entries()) {
      const { adm, dscg } = later.facts
      const limits = law.on(adm, later.insuplc_admdvs)
      if (limits === null || !subject.endsWith(monthOf(adm))) continue // (d)
      for (const earlier of stays.slice(0, i)) {
        const overlap = Math.min(earlier.facts.dscg, dscg) - adm // (c)
        if (earlier.psn_no !== later.psn_no && overlap > limits.bed_overlap_hours * HOUR) report(collision(earlier, later, overlap))
      }
    }
  }
})

function collision (earlier: Stay, later: Stay, overlap: Millis): Finding {
  const { fixmedins_code, insuplc_admdvs: area, facts: { ward, bed, adm, dscg } } = later
  return {
    anchor: [earlier.mdtrt_id, later.mdtrt_id], at: adm, area, fixmedins_code, severity: 2, main: [later], involved: [earlier],
    values: {
      ward, bed, overlap_hours: Math.floor(overlap / HOUR), first_admission: earlier.facts.adm, first_discharge: earlier.facts.dscg,
      admission: adm, discharge: dscg
    },
    supports: facts({ whole_stay: dscg <= earlier.facts.dscg }),
    weakens: facts({ ward_unknown: ward === '' })
  }
}

/** (a) (b) The bed of a stay, for each month of it. */
function bedOf (claim: Settlement): Array<Sighting<Lying>> {
  const { fixmedins_code, setlinfo, mdtrtinfo } = claim
  if (mdtrtinfo === null || setlinfo.mid_setl_flag || !hasOwnBed(claim)) return []
  const { adm_time: adm, dscg_time: dscg, adm_date_only, dscg_date_only, wardarea_codg: ward, adm_bed: bed, dscg_bed } = mdtrtinfo
  if (adm === null || dscg === null || adm_date_only || dscg_date_only) return []
  if (bed === '' || (dscg_bed !== '' && dscg_bed !== bed)) return []
  const place = `${fixmedins_code}|${ward}|${bed}`
  return [...groupBy(marksOf(Math.max(adm, dscg - DAYS_SHOWN_MAX * DAY), dscg), monthOf)].map(([month, times]) => ({
    subject: `${place}|${month}`, marks: times.map(at => `${place}|${at}`), as: setlinfo.psn_no, facts: { ward, bed, adm, dscg }
  }))
}

/** Every sixth hour, from the one before `from` to the last before `to`. */
function marksOf (from: Millis, to: Millis): Millis[] {
  const times: Millis[] = []
  const midnight = startOfDay(dayOf(from))
  for (let at = midnight + Math.floor((from - midnight) / MARK) * MARK; at <= to; at += MARK) times.push(at)
  return times
}
