/** Event time of a claim: when it happened in the world, which expiry, lateness and watermarks go by. */
import type { PersonClaim, Settlement } from './claim.ts'
import type { Millis } from './time.ts'

/** Visits and reversals setl_time; stays discharge, else enddate, else setl_time; lines the latest fee. */
export function eventTimeOf (claim: PersonClaim): Millis {
  switch (claim.kind) {
    case 'settlement': return isStay(claim) ? stayEvent(claim) : claim.setlinfo.setl_time
    case 'reversal': return claim.setl_time
    case 'admission': return claim.mdtrtinfo.adm_time ?? claim.inf_time
    case 'discharge': return claim.mdtrtinfo.dscg_time ?? claim.inf_time
    case 'list': return claim.mdtrtinfo.dscg_time ?? claim.mdtrtinfo.adm_time ?? claim.inf_time
    case 'lines': {
      let latest = -Infinity
      for (const line of claim.feedetail) if (line.fee_ocur_time > latest) latest = line.fee_ocur_time
      return latest === -Infinity ? claim.inf_time : latest
    }
  }
}

/** Whether a settlement closes (part of) a stay in hospital. */
export function isStay (claim: Settlement): boolean {
  return claim.infno === '2304'
}

function stayEvent (claim: Settlement): Millis {
  return claim.mdtrtinfo?.dscg_time ?? claim.setlinfo.enddate ?? claim.setlinfo.setl_time
}
