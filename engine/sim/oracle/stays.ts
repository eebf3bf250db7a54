/** Oracle of the rules about two stays one after the other: split-hospitalisation, same-day-reregistration. */
import { about, inForce } from './found.ts'
import type { OracleRule } from './found.ts'
import { byAdmission, compareText } from './person.ts'
import type { Person, Stay } from './person.ts'

export const splitHospitalisation: OracleRule = (person, _reference, _watermark, say) => {
  for (const stay of person.stays) {
    const previous = previousStay(person, stay)
    if (previous === null || !inForce(stay.adm.at) || excluded(stay, previous)) continue
    const gap = stay.adm.day - previous.dscg!.day
    if (movedDepartment(stay, previous) || gap > 15 || !sameDisease(stay, previous)) continue
    const base = gap <= 7 ? 2 : 3
    const chained = chainOf(person, stay) >= 3
    const dated = stay.adm.dateOnly || previous.dscg!.dateOnly
    const severity = chained && (base === 3 || !dated) ? base - 1 : base
    say(about('split-hospitalisation', person, [stay.fix, stay.mdtrt_id], severity as 1 | 2 | 3, [stay]))
  }
}

export const sameDayReregistration: OracleRule = (person, _reference, _watermark, say) => {
  for (const stay of person.stays) {
    const previous = previousStay(person, stay)
    if (previous === null || !inForce(stay.adm.at) || excluded(stay, previous)) continue
    if (movedDepartment(stay, previous)) say(about('same-day-reregistration', person, [stay.fix, stay.mdtrt_id], 2, [stay]))
  }
}

/** The stay at the same institution that ended last before this one began. */
function previousStay (person: Person, stay: Stay): Stay | null {
  return person.stays
    .filter(other => other !== stay && other.fix === stay.fix && other.dscg !== null && byAdmission(other, stay) < 0)
    .filter(other => other.dscg!.dateOnly || stay.adm.dateOnly ? other.dscg!.day <= stay.adm.day : other.dscg!.at <= stay.adm.at)
    .sort((a, b) => b.dscg!.at - a.dscg!.at || b.adm.at - a.adm.at || compareText(b.mdtrt_id, a.mdtrt_id))[0] ?? null
}

function movedDepartment (stay: Stay, previous: Stay): boolean {
  return stay.adm.day - previous.dscg!.day <= 1 &&
    stay.adm_dept !== '' && previous.dscg_dept !== '' && stay.adm_dept !== previous.dscg_dept
}

function sameDisease (a: Stay, b: Stay): boolean {
  const prefix = a.main_diag.slice(0, 3)
  return (prefix !== '' && prefix === b.main_diag.slice(0, 3)) || (a.disease !== '' && a.disease === b.disease)
}

function chainOf (person: Person, stay: Stay): number {
  return person.stays.filter(other => other === stay || (
    other.fix === stay.fix && sameDisease(other, stay) && byAdmission(other, stay) <= 0 && stay.adm.day - other.adm.day <= 60
  )).length
}

function excluded (stay: Stay, previous: Stay): boolean {
  const group = (name: string): boolean => stay.groups.has(name)
  return group('tumour_therapy') || group('dialysis') ||
    stay.adm_way === '1' || stay.med_type.startsWith('24') ||
    previous.dscg_way === '2' || previous.dscg_way === '3' || stay.adm_way === '3' || stay.med_type.startsWith('23') ||
    stay.med_type.startsWith('52') || group('obstetric') ||
    stay.planned ||
    group('psychiatric') || group('rehabilitation')
}
