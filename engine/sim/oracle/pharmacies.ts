/** Oracle of the rules about how one person uses pharmacies, credentials and dialysis. */
import { about, inForce } from './found.ts'
import type { OracleRule } from './found.ts'
import { distance } from './impersonation.ts'
import type { Visit } from './person.ts'
import { dateText } from './read.ts'

const MINUTE = 60_000

export const pharmacySameDayRepeats: OracleRule = (person, _reference, _watermark, say) => {
  const sales = person.visits.filter(one => one.pharmacy && one.inPerson && !one.retroactive)
  for (const key of new Set(sales.map(one => `${one.fix} ${dateText(one.time.day)}`))) {
    const [fix, date] = key.split(' ') as [string, string]
    const that = sales.filter(one => one.fix === fix && dateText(one.time.day) === date)
    if (that.length < 3 || !inForce(that[that.length - 1]!.time.at)) continue
    say(about('pharmacy-same-day-repeats', person, [fix, date], 3, that))
  }
}

export const credentialMix: OracleRule = (person, reference, _watermark, say) => {
  const visits = person.visits.filter(one => one.inPerson && !one.retroactive && !one.time.dateOnly && !one.external)
  visits.slice(1).forEach((to, i) => {
    const from = visits[i]!
    if (from.fix === to.fix || to.time.at - from.time.at > 60 * MINUTE || !inForce(to.time.at)) return
    if ([from.claim.credential, to.claim.credential].sort().join() !== '01,03') return
    const here = reference.place(from.fix, from.time.at)
    const there = reference.place(to.fix, to.time.at)
    const km = here === null || there === null ? null : distance(here, there)
    if (km === null || km < 50) return
    say(about('credential-mix', person, [from.fix, from.setl_id, to.fix, to.setl_id], 2, [to]))
  })
}

/** From the earliest on: seven days with more than four sessions, else a day with more than one; then what comes after those days. */
export const dialysisFrequency: OracleRule = (person, _reference, _watermark, say) => {
  let rest = person.visits.filter(isSession)
  while (rest.length > 0) {
    const first = rest[0]!.time.day
    const week = rest.filter(one => one.time.day < first + 7)
    const today = rest.filter(one => one.time.day === first)
    const found = week.length > 4 ? week : today.length > 1 ? today : null
    if (found !== null) say(about('dialysis-frequency', person, [dateText(first)], 2, found))
    rest = rest.filter(one => !(found === week ? week : today).includes(one))
  }
}

/** In person, on the day, no pharmacy and no mere registration, for chronic kidney disease or dialysis, 300 yuan or more. */
function isSession (visit: Visit): boolean {
  return inForce(visit.time.at) && visit.inPerson && !visit.retroactive && !visit.pharmacy && !visit.med_type.startsWith('12') &&
    visit.groups.has('dialysis') && visit.claim.medfee >= 30_000
}
