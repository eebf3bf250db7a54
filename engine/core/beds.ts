/**
 * What rules about the beds of an institution have in common: who lies in a bed of its own, how far back a long stay is
 * looked at, and which settlement speaks for a stay that was settled several times. All functions are pure.
 */
import type { Settlement } from './claim.ts'
import { isNewborn } from './settlements.ts'
import type { Facts, SharedSettlement } from './shared.ts'
import type { Millis } from './time.ts'

/** Of a longer stay the last so many days are looked at: as long as memory reaches, and one wrong date must not make thousands of rows. */
export const DAYS_SHOWN_MAX = 400

const DAY_SURGERY = '2'

/** Not a newborn, who lies with its mother, nor day surgery (ipt_med_type 2), which needs no bed at night. */
export function hasOwnBed (claim: Settlement): boolean {
  return !isNewborn(claim) && claim.mdtrtinfo?.ipt_med_type !== DAY_SURGERY
}

/**
 * One settlement for each stay (mdtrt_id), the one settled last (of a tie the greater setl_id); by admission, then by mdtrt_id.
 * @param settlements of one institution
 */
export function staysByAdmission<F extends Facts & { readonly adm: Millis }> (
  settlements: ReadonlyArray<SharedSettlement<F>>
): Array<SharedSettlement<F>> {
  const last = new Map<string, SharedSettlement<F>>()
  for (const one of settlements) {
    const known = last.get(one.mdtrt_id)
    if (known === undefined || isLater(one, known)) last.set(one.mdtrt_id, one)
  }
  return [...last.values()].sort((a, b) => a.facts.adm - b.facts.adm || (a.mdtrt_id < b.mdtrt_id ? -1 : 1))
}

function isLater (one: SharedSettlement, other: SharedSettlement): boolean {
  return one.setl_time === other.setl_time ? one.setl_id > other.setl_id : one.setl_time > other.setl_time
}
