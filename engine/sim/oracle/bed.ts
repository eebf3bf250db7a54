/** Oracle of the bed rules, each about one stay, and of the visit that falls inside a stay. */
import { about, inForce } from './found.ts'
import type { OracleRule } from './found.ts'
import type { Stay, Visit } from './person.ts'
import { dayStart } from './read.ts'

const HOUR = 3_600_000

function excused (stay: Stay): boolean {
  return stay.ipt_med_type === '2' || stay.newborn
}

interface Point { at: number, day: number, dateOnly: boolean }

export const bedNoLines: OracleRule = (person, _reference, watermark, say) => {
  for (const stay of person.stays) {
    if (excused(stay) || (stay.settlements.length > 0 && !stay.hasLines)) continue
    if (!inForce((stay.dscg ?? stay.adm).at)) continue
    const points = pointsOf(stay)
    const hours = points.slice(1).map((point, i) => silence(points[i]!, point))
    const last = points[points.length - 1]!
    if (stay.dscg === null && watermark >= last.at + (48 + 24) * HOUR) hours.push(48)
    if (Math.max(0, ...hours) >= 48) say(about('bed-no-lines', person, [stay.fix, stay.mdtrt_id], 3, [stay]))
  }
}

/** Admission, first and last fee of every day within the stay, discharge; in order. */
function pointsOf (stay: Stay): Point[] {
  const fees = stay.days.flatMap(day => [day.first, day.last].map(at => ({ at, day: day.day, dateOnly: day.dateOnly })))
  const within = fees.filter(fee => fee.at >= stay.adm.at && (stay.dscg === null || fee.at <= stay.dscg.at))
  return [stay.adm, ...within, ...(stay.dscg === null ? [] : [stay.dscg])]
}

/** Hours without lines between two moments; where one is only a date, whole empty days between them. */
function silence (from: Point, to: Point): number {
  if (from.dateOnly || to.dateOnly) return Math.max(0, to.day - from.day - 1) * 24
  return (to.at - from.at) / HOUR
}

export const bedNursingOnlyDays: OracleRule = (person, _reference, _watermark, say) => {
  for (const stay of person.stays) {
    if (excused(stay)) continue
    const idle = stay.days.filter(day => !day.substantive && !day.external).map(day => day.day)
    let best: number[] = []
    for (const start of idle) {
      const run = [start]
      while (idle.includes(run[run.length - 1]! + 1)) run.push(run[run.length - 1]! + 1)
      if (run.length > best.length) best = run
    }
    if (best.length < 3 || !inForce(stay.dscg?.at ?? dayStart(best[best.length - 1]!))) continue
    say(about('bed-nursing-only-days', person, [stay.fix, stay.mdtrt_id], 3, [stay]))
  }
}

export const bedLowDayCost: OracleRule = (person, reference, _watermark, say) => {
  for (const stay of person.stays) {
    if (excused(stay) || stay.settlements.length === 0 || stay.dscg === null || !inForce(stay.dscg.at)) continue
    const days = stay.dscg.day - stay.adm.day
    const place = reference.place(stay.fix, stay.dscg.at)
    const peer = reference.peer(place?.hosp_lv ?? '?', stay.dscg_dept || stay.adm_dept, stay.main_diag.slice(0, 3), stay.dscg.at)
    if (days < 3 || place === null || peer === null || peer.sample < 30) continue
    const medfee = stay.settlements.reduce((sum, one) => sum + one.medfee, 0)
    if (medfee * 100 < 30 * peer.dayCost * days) say(about('bed-low-day-cost', person, [stay.fix, stay.mdtrt_id], 3, [stay]))
  }
}

/** In person at another institution strictly inside the stay's days. */
function during (visit: Visit, stay: Stay, watermark: number): boolean {
  if (excused(stay) || visit.fix === stay.fix || !visit.inPerson || visit.retroactive || visit.external) return false
  if (visit.time.day <= stay.adm.day) return false
  if (stay.dscg === null ? visit.time.day > dayOfMillis(watermark) : visit.time.day >= stay.dscg.day) return false
  return !stay.days.some(day => day.day === visit.time.day && day.external)
}

function dayOfMillis (at: number): number {
  return Math.floor((at + 8 * HOUR) / (24 * HOUR))
}

export const bedVisitElsewhere: OracleRule = (person, _reference, watermark, say) => {
  for (const stay of person.stays) {
    if (!inForce((stay.dscg ?? stay.adm).at)) continue
    if (person.visits.some(visit => during(visit, stay, watermark))) {
      say(about('bed-visit-elsewhere', person, [stay.fix, stay.mdtrt_id], 3, [stay]))
    }
  }
}

export const visitWhileInpatient: OracleRule = (person, _reference, watermark, say) => {
  for (const visit of person.visits) {
    if (!inForce(visit.time.at)) continue
    if (person.stays.some(stay => during(visit, stay, watermark))) {
      say(about('visit-while-inpatient', person, [visit.fix, visit.setl_id], 2, [visit]))
    }
  }
}
