/** Windows of shared subjects made from plain claims, as the store makes them from its rows. */
import type { Reversal, Settlement } from '../core/claim.ts'
import { compareVersions } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import type { FlagRow } from '../core/flag.ts'
import type { SharedSettlement } from '../core/shared.ts'
import type { SharedSubject, Shown, StoredSubject } from '../evaluate/shared-rules.ts'
import { identityKey } from '../evaluate/sightings.ts'
import { compareText } from './oracle/person.ts'

/** What a settlement shows of shared subjects, by the rules. */
export type ShownBy = (claim: Settlement) => readonly Shown[]

/** Of each settlement of a person the newest version, unless a reversal of that person voids it. */
export function standingSettlements (claims: readonly (Settlement | Reversal)[]): Settlement[] {
  const voided = new Set(claims.flatMap(claim => claim.kind === 'reversal' ? [`${claim.psn_no} ${identityKey(claim.fixmedins_code, claim.setl_id)}`] : []))
  const newest = new Map<string, Settlement>()
  for (const claim of claims) {
    if (claim.kind !== 'settlement') continue
    const key = `${claim.setlinfo.psn_no} ${identityKey(claim.fixmedins_code, claim.setlinfo.setl_id)}`
    const known = newest.get(key)
    if (!voided.has(key) && (known === undefined || compareVersions(claim.version, known.version) > 0)) newest.set(key, claim)
  }
  return [...newest.values()]
}

export function storedSubject (subject: SharedSubject, standing: readonly Settlement[], shownBy: ShownBy, flags: Iterable<FlagRow>): StoredSubject {
  const settlements = standing.flatMap(claim => {
    const shown = shownBy(claim).find(one => one.rule_id === subject.rule_id && one.sighting.subject === subject.subject)
    return shown === undefined ? [] : [sharedSettlement(claim, shown)]
  })
  settlements.sort((a, b) => a.at - b.at || compareText(a.fixmedins_code, b.fixmedins_code) || compareText(a.setl_id, b.setl_id))
  const own = [...flags].filter(flag => flag.subject_kind !== 'person' && flag.rule_id === subject.rule_id && flag.subject === subject.subject)
  return { ...subject, window: { subject: subject.subject, settlements }, flags: own }
}

function sharedSettlement (claim: Settlement, { sighting }: Shown): SharedSettlement {
  const { setl_id, mdtrt_id, psn_no, setl_time, medfee_sumamt, fund_pay_sumamt, acct_pay } = claim.setlinfo
  const { fixmedins_code, insuplc_admdvs } = claim
  return { fixmedins_code, setl_id, mdtrt_id, psn_no, insuplc_admdvs, at: eventTimeOf(claim), setl_time, medfee_sumamt, fund_pay_sumamt, acct_pay, facts: sighting.facts }
}

/** Shared subjects whose flags stand and hold one of the settlements. */
export function holding (flags: Iterable<FlagRow>, keys: readonly string[]): SharedSubject[] {
  return [...flags].filter(flag => flag.subject_kind !== 'person' && flag.status === 'active' &&
    flag.items.some(item => keys.includes(identityKey(item.fixmedins_code, item.setl_id))))
    .map(({ rule_id, subject }) => ({ rule_id, subject }))
}
