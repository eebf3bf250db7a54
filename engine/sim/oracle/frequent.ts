/** Oracle of the rules that count outpatient visits in a month or a year. Shanghai's numbers, used everywhere. */
import { about, inForce } from './found.ts'
import type { OracleRule } from './found.ts'
import type { Person, Visit } from './person.ts'
import { dateText } from './read.ts'

/** Outpatient visits that count: no pharmacy, no mere registration, no chronic treatment of tumours or by dialysis. */
function counted (person: Person): Visit[] {
  return person.visits.filter(visit => !visit.pharmacy && !visit.med_type.startsWith('12') &&
    !(visit.med_type.startsWith('14') && ['dialysis', 'tumour_therapy', 'tumour'].some(name => visit.groups.has(name))))
}

function groupBy (visits: readonly Visit[], nameOf: (visit: Visit) => string): Map<string, Visit[]> {
  const groups = new Map<string, Visit[]>()
  for (const visit of visits) groups.set(nameOf(visit), [...groups.get(nameOf(visit)) ?? [], visit])
  return groups
}

function isEmergency (visit: Visit): boolean {
  return visit.med_type.startsWith('13')
}

function costOf (visits: readonly Visit[]): number {
  return visits.reduce((sum, visit) => sum + visit.claim.medfee, 0)
}

export const frequentVisitsMonth: OracleRule = (person, _reference, _watermark, say) => {
  for (const [month, visits] of groupBy(counted(person), visit => dateText(visit.time.day).slice(0, 7))) {
    const op = visits.filter(visit => !isEmergency(visit))
    const many = op.length >= 15 || visits.length >= 20
    const costly = costOf(op) >= 500_000
    if ((!many && !costly) || !inForce(visits[visits.length - 1]!.time.at)) continue
    say(about('frequent-visits-month', person, [month], many && costly ? 2 : 3, visits))
  }
}

export const frequentVisitsYear: OracleRule = (person, _reference, _watermark, say) => {
  for (const [year, visits] of groupBy(counted(person), visit => dateText(visit.time.day).slice(0, 4))) {
    const op = visits.filter(visit => !isEmergency(visit))
    const many = op.length >= 100
    const costly = costOf(op) >= 2_000_000 || costOf(visits) >= 2_500_000
    if ((!many && !costly) || !inForce(visits[visits.length - 1]!.time.at)) continue
    say(about('frequent-visits-year', person, [year], many && costly ? 2 : 3, visits))
  }
}

export const frequentVisitDays: OracleRule = (person, _reference, _watermark, say) => {
  for (const [month, visits] of groupBy(counted(person), visit => dateText(visit.time.day).slice(0, 7))) {
    const days = [...groupBy(visits, visit => dateText(visit.time.day)).values()]
    const busy = days.filter(day => day.length > 4)
    const spread = days.filter(day => new Set(day.map(visit => visit.fix)).size > 3)
    if (busy.length < 3 && spread.length < 3) continue
    const main = visits.filter(visit => [...busy, ...spread].some(day => day.includes(visit)))
    if (!inForce(main[main.length - 1]!.time.at)) continue
    say(about('frequent-visit-days', person, [month], busy.length >= 3 && spread.length >= 3 ? 2 : 3, main))
  }
}
