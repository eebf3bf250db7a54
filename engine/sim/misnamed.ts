/** Reversals that name somebody else than who has the settlement, as the store finds them. */
import type { MisnamedReversal } from '../core/ports.ts'
import { identityKey } from '../evaluate/sightings.ts'
import type { Sent } from './virtual-lane.ts'

/** @param keys settlements in doubt, as identityKey() names them */
export function misnamed (claims: readonly Sent[], keys: readonly string[]): MisnamedReversal[] {
  const asked = new Set(keys)
  const holders = new Map(claims.flatMap(({ held, psn_no }) => held !== null && asked.has(held.key) ? [[held.key, psn_no]] : []))
  const reversals = claims.flatMap(({ claim }) => claim?.kind === 'reversal' ? [claim] : [])
  const named = new Set(reversals.map(one => `${one.psn_no} ${identityKey(one.fixmedins_code, one.setl_id)}`))
  return reversals.flatMap(one => {
    const key = identityKey(one.fixmedins_code, one.setl_id)
    const holder = holders.get(key)
    if (holder === undefined || named.has(`${holder} ${key}`)) return []
    const {
      infno, msgid, mdtrtarea_admvs, insuplc_admdvs, dev_no, opter_type, opter,
      fixmedins_code, setl_id, mdtrt_id, refd_setl_id, inf_time, setl_time
    } = one
    return [{
      holder, infno, msgid, mdtrtarea_admvs, insuplc_admdvs, dev_no, opter_type, opter,
      fixmedins_code, setl_id, mdtrt_id, refd_setl_id, inf_time, setl_time
    }]
  })
}
