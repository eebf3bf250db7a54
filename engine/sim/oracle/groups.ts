/** Oracle of the rules about many persons at one institution: admitted together, one basket, by night. */
import { fingerprintHex } from '../../core/fingerprint.ts'
import type { Settled } from './claims.ts'
import { inForce } from './found.ts'
import { diagnosisGroups, mainOf } from './person.ts'
import { dateText, dayStart } from './read.ts'
import { worthOf } from './shared.ts'
import type { Shared, SharedOracleRule } from './shared.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** What was taken is the moment of admission. A name is shown in its month and, of a month's first days, in the month before. */
export const groupAdmission: SharedOracleRule<number> = {
  rule: 'group-admission',
  kind: 'institution',
  take: claim => {
    const admitted = claim.stay === null ? null : claim.stay.adm ?? claim.begin
    const disease = mainOf(claim.diagnoses).slice(0, 3)
    if (admitted === null || disease === '' || needsNoReason(claim)) return new Map()
    return new Map([admitted.at, admitted.at - 2 * DAY].map(at => [`${claim.fix}|${claim.area}|${disease}|${dateOf(at).slice(0, 7)}`, admitted.at]))
  },
  judge: (name, pile, reference, say) => {
    const [fix, , , month] = name.split('|') as [string, string, string, string]
    let rest = [...pile].sort((a, b) => a.took - b.took || (a.mdtrt_id < b.mdtrt_id ? -1 : 1))
    while (rest.length > 0 && dateOf(rest[0]!.took).startsWith(month)) {
      const [first] = rest as [Shared<number>]
      const group = rest.filter(one => one.took - first.took <= 24 * HOUR)
      const people = peopleOf(group)
      const beds = reference.place(fix, first.took)?.beds ?? 0
      const found = inForce(first.took) && people.length >= 5 && people.length * 20 >= beds
      if (found) say({ anchor: [first.mdtrt_id], severity: alikeOf(group) >= 5 ? 2 : 3, ...whole(group) })
      rest = rest.slice(found ? group.length : 1)
    }
  }
}

/** A newborn, a birth, an emergency, a course of therapy or dialysis. */
function needsNoReason ({ psn_type, stay, med_type, diagnoses }: Settled): boolean {
  const groups = diagnosisGroups(diagnoses)
  return psn_type === '1401' || stay!.newborn || stay!.adm_way === '1' || /^(24|52)/.test(med_type) ||
    ['tumour_therapy', 'dialysis', 'obstetric'].some(group => groups.has(group))
}

/** Persons whose cost is within a fifth of the median. */
function alikeOf (group: ReadonlyArray<Shared<unknown>>): number {
  const costs = peopleOf(group).map(psn_no => group.filter(one => one.psn_no === psn_no).reduce((sum, one) => sum + one.medfee, 0))
    .sort((a, b) => a - b)
  const half = costs.length / 2
  const median = (costs[Math.ceil(half) - 1]! + costs[Math.floor(half)]!) / 2
  return costs.filter(cost => 5 * Math.abs(cost - median) <= median).length
}

/** Whether the time of day was sent. */
interface Bought { readonly timed: boolean, readonly items: number }

export const sameBasket: SharedOracleRule<Bought> = {
  rule: 'same-basket',
  kind: 'institution',
  take: claim => {
    const { fix, time, lines } = claim
    const counts = new Map<string, number>()
    for (const line of lines) {
      const left = [line, ...lines.filter(one => one.refunds === line.sn)].reduce((sum, one) => sum + one.cnt, 0)
      if (line.refunds === '' && left > 0) counts.set(line.code, (counts.get(line.code) ?? 0) + left)
    }
    const sameDay = lines.some(line => line.time.day === time.day)
    if (!soldInPerson(claim) || !sameDay || counts.size < 2) return new Map()
    const basket = [...counts.keys()].map(code => `${code}:${counts.get(code)}`).sort()
    return new Map([[`${fix}|${dateText(time.day)}|${fingerprintHex(...basket)}`, { timed: !time.dateOnly, items: counts.size }]])
  },
  judge: (name, pile, _, say) => {
    if (peopleOf(pile).length < 10 || !inForce(pile[0]!.at)) return
    const timed = pile.filter(one => one.took.timed)
    const close = timed.some(from => peopleOf(timed.filter(one => one.at >= from.at && one.at - from.at <= 120 * MINUTE)).length >= 10)
    say({ anchor: [name.split('|')[2]!], severity: close ? 2 : 3, ...whole(pile) })
  }
}

export const nightPharmacy: SharedOracleRule<number> = {
  rule: 'night-pharmacy',
  kind: 'institution',
  take: claim => {
    const { fix, time, lines } = claim
    const hour = (time.at - dayStart(time.day)) / HOUR
    const evening = hour >= 23 ? time.day : time.day - 1
    const sameNight = lines.length === 0 || lines.some(line => line.time.day === evening || line.time.day === evening + 1)
    const counts = soldInPerson(claim) && !time.dateOnly && (hour >= 23 || hour < 5) && inForce(time.at) && sameNight
    return new Map(counts ? [[`${fix}|${dateText(evening)}`, hour]] : [])
  },
  judge: (name, pile, _, say) => {
    if (pile.length >= 10 && peopleOf(pile).length >= 5) say({ anchor: [name.split('|')[1]!], severity: 3, ...whole(pile) })
  }
}

function soldInPerson ({ infno, pay_loc, refund }: Settled): boolean {
  return infno === '2102' && pay_loc !== '5' && !refund
}

function peopleOf (pile: ReadonlyArray<Shared<unknown>>): string[] {
  return [...new Set(pile.map(one => one.psn_no))]
}

function whole (pile: ReadonlyArray<Shared<unknown>>): ReturnType<typeof worthOf> {
  return worthOf(pile.map(of => ({ of, amount: of.medfee })))
}

function dateOf (at: number): string {
  return new Date(at + 8 * HOUR).toISOString().slice(0, 10)
}
