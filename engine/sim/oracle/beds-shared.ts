/** Oracle of the beds of an institution: two patients in one bed, more inpatients than beds. */
import type { Settled } from './claims.ts'
import { inForce } from './found.ts'
import { dateText, dayStart } from './read.ts'
import type { When } from './read.ts'
import { worthOf } from './shared.ts'
import type { Shared, SharedOracleRule } from './shared.ts'

const HOURS = 3_600_000
const MONTH = 7

interface Stayed { adm: When, dscg: When, settled: number }
type Lying = Shared<Stayed>

/** A bed with all who lay in it in a month; what begins in the month is said there. */
export const bedCollision: SharedOracleRule<Stayed> = {
  rule: 'bed-collision',
  kind: 'bed',
  take: claim => {
    const beds = new Map<string, Stayed>()
    const stay = claim.stay
    if (stay === null || claim.mid || withoutBed(claim)) return beds
    if (stay.adm === null || stay.dscg === null || stay.adm.dateOnly || stay.dscg.dateOnly) return beds
    if (stay.adm_bed === '' || ![stay.adm_bed, ''].includes(stay.dscg_bed)) return beds
    const earliest = Math.max(stay.adm.day, dayOfMoment(stay.dscg.at - 400 * 24 * HOURS))
    for (let day = earliest; day <= stay.dscg.day; day++) {
      const name = [claim.fix, stay.ward, stay.adm_bed, dateText(day).slice(0, MONTH)].join('|')
      beds.set(name, { adm: stay.adm, dscg: stay.dscg, settled: claim.time.at })
    }
    return beds
  },
  judge: (name, pile, _, say) => {
    const stays = oncePerStay(pile)
    for (const one of stays) {
      for (const other of stays) {
        if (other.psn_no === one.psn_no || !isBefore(one, other)) continue
        const both = Math.min(one.took.dscg.at, other.took.dscg.at) - other.took.adm.at
        const begins = dateText(other.took.adm.day).slice(0, MONTH)
        if (both <= 2 * HOURS || name.slice(-MONTH) !== begins || !inForce(other.took.adm.at)) continue
        say({ anchor: [one.mdtrt_id, other.mdtrt_id], severity: 2, ...worthOf([whole(other)]) })
      }
    }
  }
}

/** A day of an institution with all who were there for the night. */
export const overCapacity: SharedOracleRule<Stayed> = {
  rule: 'over-capacity',
  kind: 'institution',
  take: claim => {
    const nights = new Map<string, Stayed>()
    const adm = claim.stay?.adm ?? claim.begin
    const dscg = claim.stay?.dscg ?? claim.end
    if (claim.stay === null || withoutBed(claim) || adm === null || dscg === null) return nights
    for (let day = adm.day; day < dscg.day; day++) {
      if (dscg.day - day <= 400) nights.set(`${claim.fix}|${dateText(day)}`, { adm, dscg, settled: claim.time.at })
    }
    return nights
  },
  judge: (name, pile, reference, say) => {
    const stays = oncePerStay(pile).sort((a, b) => isBefore(a, b) ? -1 : 1)
    const date = name.slice(-10)
    const night = dayStart(Date.parse(`${date}T00:00:00Z`) / (24 * HOURS))
    const beds = reference.place(pile[0]!.fix, night)?.beds ?? 0
    if (beds < 10 || stays.length <= beds || !inForce(night)) return
    say({ anchor: [date], severity: stays.length * 10 > beds * 12 ? 2 : 3, ...worthOf(stays.slice(beds).map(whole)) })
  }
}

/** Newborns lie with their mothers; day surgery goes home at night. */
function withoutBed (claim: Settled): boolean {
  return claim.psn_type === '1401' || claim.stay?.newborn === true || claim.stay?.ipt_med_type === '2'
}

/** The settlement of each stay after which none of it was settled. */
function oncePerStay (pile: readonly Lying[]): Lying[] {
  const after = (a: Lying, b: Lying): boolean =>
    a.took.settled > b.took.settled || (a.took.settled === b.took.settled && a.setl_id > b.setl_id)
  return pile.filter(one => !pile.some(other => other.mdtrt_id === one.mdtrt_id && after(other, one)))
}

function isBefore (a: Lying, b: Lying): boolean {
  return a.took.adm.at < b.took.adm.at || (a.took.adm.at === b.took.adm.at && a.mdtrt_id < b.mdtrt_id)
}

function whole (of: Lying): { of: Lying, amount: number } {
  return { of, amount: of.medfee }
}

/** The calendar day (UTC+8) of a moment. */
function dayOfMoment (at: number): number {
  return Math.floor((at + 8 * HOURS) / (24 * HOURS))
}
