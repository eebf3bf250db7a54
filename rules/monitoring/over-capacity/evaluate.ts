/** Were there more inpatients than beds? Letters are the clauses of definition.md. */
import { DAYS_SHOWN_MAX, hasOwnBed, staysByAdmission } from '../../../engine/core/beds.ts'
import type { Settlement } from '../../../engine/core/claim.ts'
import { sharedRule } from '../../../engine/core/rule.ts'
import type { Sighting } from '../../../engine/core/shared.ts'
import { dayOf, formatDate, parseMoment, startOfDay } from '../../../engine/core/time.ts'
import type { Millis } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'capacity_percent' | 'serious_percent' | 'beds_min', number>>
interface Admitted extends Record<string, number> { adm: Millis }

/** One more than beds_min is at least, by its range: fewer stays are never too many. */
const QUORUM = 11

export default sharedRule<Limits, Admitted>({
  of: 'institution',
  asksInstitutions: true,
  quorum: QUORUM,
  sight: nightsOf,
  evaluate ({ subject, settlements }, { law, reference, enough }, report) {
    const stays = staysByAdmission(settlements) // (b)
    const [first] = stays
    if (first === undefined) return
    const { fixmedins_code, insuplc_admdvs: area } = first
    const date = subject.slice(fixmedins_code.length + 1)
    const at = parseMoment(date)!.at
    const limits = law.on(at, area)
    const beds = reference.institution(fixmedins_code, at)?.aprv_bed_cnt ?? 0 // (c)
    if (limits === null || beds < limits.beds_min) return
    const allowed = Math.floor(beds * limits.capacity_percent / 100)
    if (stays.length <= allowed) return enough(allowed + 1 - stays.length) // (d)
    report({
      anchor: [date], at, area, fixmedins_code,
      severity: stays.length * 100 > beds * limits.serious_percent ? 2 : 3,
      main: stays.slice(allowed),
      involved: stays.slice(0, allowed),
      values: { date, inpatients: stays.length, beds, percent: Math.floor(stays.length * 100 / beds) },
      supports: [],
      weakens: []
    })
  }
})

/** (a) The nights of a settled stay: from the day of admission to the day before discharge, those of a long stay from the end. */
function nightsOf (claim: Settlement): Array<Sighting<Admitted>> {
  const { fixmedins_code, setlinfo, mdtrtinfo } = claim
  const adm = mdtrtinfo?.adm_time ?? setlinfo.begndate
  const until = mdtrtinfo?.dscg_time ?? setlinfo.enddate
  if (mdtrtinfo === null || adm === null || until === null || !hasOwnBed(claim)) return []
  const nights: Array<Sighting<Admitted>> = []
  for (let day = Math.max(dayOf(adm), dayOf(until) - DAYS_SHOWN_MAX); day < dayOf(until); day++) {
    nights.push({ subject: `${fixmedins_code}|${formatDate(startOfDay(day))}`, facts: { adm } })
  }
  return nights
}
