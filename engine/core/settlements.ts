/**
 * What several rules about one settlement ask: which date decides the law, whether the person is a newborn,
 * and what is left of a fee line after its refunds. All functions are pure.
 */
import { certificateGend } from './certificate.ts'
import type { Line, Settlement } from './claim.ts'
import type { Fen } from './money.ts'
import type { Millis } from './time.ts'

/** Date of service: a visit's settlement; a stay's (2304) discharge, else the end of the span settled. */
export function serviceTime (claim: Settlement): Millis {
  const { setl_time, enddate } = claim.setlinfo
  return claim.infno === '2304' ? claim.mdtrtinfo?.dscg_time ?? enddate ?? setl_time : setl_time
}

/** Exclusion `newborn`: a newborn's claims may carry the mother's data (nwb_flag, or psn_type 1401). */
export function isNewborn (claim: Settlement): boolean {
  return claim.setlinfo.psn_type === '1401' || claim.mdtrtinfo?.nwb_flag === true
}

/** Fact `registered_sex_doubtful`: the person's identity number says another sex than gend does. */
export function sexDoubtful (claim: Settlement): boolean {
  const { psn_cert_type, certno, gend } = claim.setlinfo
  const said = psn_cert_type === '01' ? certificateGend(certno) : ''
  return said !== '' && said !== gend
}

/** Quantity × 10^4 and money in 分. */
export interface Refund { readonly cnt: number, readonly amount: Fen }

/**
 * Adds up the refunds within a claim (init_feedetl_sn), by feedetl_sn of the line they refund. Quantities and
 * amounts are as sent, so negative: a line's net is the line plus its refund.
 */
export function refundsOf (lines: readonly Line[]): ReadonlyMap<string, Refund> {
  const refunds = new Map<string, Refund>()
  for (const line of lines) {
    if (line.init_feedetl_sn === '') continue
    const { cnt, amount } = refunds.get(line.init_feedetl_sn) ?? { cnt: 0, amount: 0 }
    refunds.set(line.init_feedetl_sn, { cnt: cnt + line.cnt, amount: amount + line.det_item_fee_sumamt })
  }
  return refunds
}
