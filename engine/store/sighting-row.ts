/** A row of `sightings`: what one settlement shows of one shared subject, and what a rule wants to see again of it. */
import type { Settlement } from '../core/claim.ts'
import { eventTimeOf } from '../core/event-time.ts'
import type { Sighting } from '../core/shared.ts'
import type { RowWriter } from './row-binary.ts'

const NONE: readonly string[] = Object.freeze([])

/** @param received wall clock in milliseconds at which the engine took the claim in */
export function encodeSightingRow (row: RowWriter, rule_id: string, sighting: Sighting, claim: Settlement, received: number): void {
  const { setlinfo } = claim
  const { subject, marks = NONE, as = '', weight = 1, facts } = sighting
  row.text(rule_id)
  row.text(subject)
  row.text(claim.fixmedins_code)
  row.text(setlinfo.setl_id)
  row.text(setlinfo.psn_no)
  row.version(claim.version)
  row.text(setlinfo.mdtrt_id)
  row.text(claim.insuplc_admdvs)
  row.time(eventTimeOf(claim))
  row.time(setlinfo.setl_time)
  row.int64(setlinfo.medfee_sumamt)
  row.int64(setlinfo.fund_pay_sumamt)
  row.int64(setlinfo.acct_pay)
  row.texts(marks)
  row.text(as)
  row.int64(weight)
  row.text(JSON.stringify(facts))
  row.time(received)
  row.endRow()
}
