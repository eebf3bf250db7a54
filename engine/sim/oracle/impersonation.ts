/** Oracle of the rules about one person in two places, or after death. */
import { about, inForce } from './found.ts'
import type { OracleRule } from './found.ts'
import type { Stay } from './person.ts'
import type { Place } from './reference.ts'
import { dateText, dayStart } from './read.ts'

const HOUR = 3_600_000

export const overlappingStays: OracleRule = (person, _reference, _watermark, say) => {
  person.stays.forEach((first, i) => {
    for (const second of person.stays.slice(i + 1)) {
      if (first.fix === second.fix || !inForce(second.adm.at)) continue
      const severity = overlap(first, second)
      const anchor = [first.fix, first.mdtrt_id, second.fix, second.mdtrt_id]
      if (severity !== null) say(about('overlapping-stays', person, anchor, severity, [second]))
    }
  })
}

function overlap (a: Stay, b: Stay): 1 | 2 | null {
  if (a.dscg === null || b.dscg === null || a.newborn || b.newborn) return null
  const transfer = a.dscg_way === '2' || a.dscg_way === '3' || b.adm_way === '3' || b.med_type.startsWith('23')
  if ([a.adm, a.dscg, b.adm, b.dscg].some(moment => moment.dateOnly)) {
    let shared = 0
    for (let day = a.adm.day; day <= a.dscg.day; day++) {
      if (day > a.adm.day && day < a.dscg.day && day > b.adm.day && day < b.dscg.day) shared++
    }
    return shared < 1 || (transfer && shared <= 1) ? null : 2
  }
  const hours = (Math.min(a.dscg.at, b.dscg.at) - Math.max(a.adm.at, b.adm.at)) / HOUR
  return hours <= 2 || (transfer && hours <= 24) ? null : 1
}

export const impossibleTravel: OracleRule = (person, reference, _watermark, say) => {
  const visits = person.visits.filter(one => one.inPerson && !one.retroactive && !one.time.dateOnly && !one.external)
  visits.slice(1).forEach((to, i) => {
    const from = visits[i]!
    const here = reference.place(from.fix, from.time.at)
    const there = reference.place(to.fix, to.time.at)
    if (from.fix === to.fix || here === null || there === null || !inForce(to.time.at)) return
    const km = distance(here, there)
    if (km === null || km < 50) return
    const hours = (to.time.at - from.time.at) / HOUR
    const speed = hours === 0 ? Infinity : km / hours
    const sameProvince = here.admdvs.slice(0, 2) === there.admdvs.slice(0, 2)
    if (speed > 800 || (sameProvince && speed > 120)) {
      say(about('impossible-travel', person, [from.fix, from.setl_id, to.fix, to.setl_id], 2, [to]))
    }
  })
}

/** Great-circle distance in km (haversine, mean radius 6371.0088 km); null when either is not located. */
export function distance (a: Place, b: Place): number | null {
  if (a.lng === null || a.lat === null || b.lng === null || b.lat === null) return null
  const rad = Math.PI / 180
  const h = Math.sin((b.lat - a.lat) * rad / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin((b.lng - a.lng) * rad / 2) ** 2
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(h)))
}

export const manyInstitutionsADay: OracleRule = (person, _reference, _watermark, say) => {
  const counted = person.visits.filter(one => one.inPerson && !one.pharmacy && !one.retroactive && !one.med_type.startsWith('12'))
  for (const day of new Set(counted.map(one => one.time.day))) {
    const that = counted.filter(one => one.time.day === day)
    if (new Set(that.map(one => one.fix)).size < 4 || !inForce(that[that.length - 1]!.time.at)) continue
    say(about('many-institutions-a-day', person, [dateText(day)], 2, that))
  }
}

export const useAfterDeath: OracleRule = (person, _reference, _watermark, say) => {
  const died = person.died
  if (died === null) return
  for (const visit of person.visits) {
    if (visit.service.day <= died.day || !inForce(visit.service.at)) continue
    say(about('use-after-death', person, ['visit', visit.fix, visit.setl_id], 1, [visit]))
  }
  for (const stay of person.stays) {
    const fees = stay.days.find(day => day.day > died.day)
    const at = stay.adm.day > died.day ? stay.adm.at : fees === undefined ? null : dayStart(fees.day)
    if (at !== null && inForce(at)) say(about('use-after-death', person, ['stay', stay.fix, stay.mdtrt_id], 1, [stay]))
  }
}
