/** Did an institution go on settling while its agreement was suspended or ended? Letters are the clauses of definition.md. */
import type { Settlement } from '../../../engine/core/claim.ts'
import { isStay } from '../../../engine/core/event-time.ts'
import type { Reference } from '../../../engine/core/masterdata.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { serviceTime } from '../../../engine/core/settlements.ts'
import type { Millis } from '../../../engine/core/time.ts'

export default claimRule({
  evaluate (claim, { law, reference }, report) {
    const service = serviceOf(claim) // (a)
    const state = reference.institution(claim.fixmedins_code, service)?.fix_onln_open_flag
    if ((state !== '0' && state !== '2') || law.on(service, claim.insuplc_admdvs) === null) return // (b)
    if (isEmergency(claim) || admittedBefore(claim, reference)) return // (c) (d)
    report({ severity: 1, values: { state, service }, supports: [], weakens: [] })
  }
})

/** (a) A visit's earliest fee, or its settlement when it has no lines; a stay's discharge or the end of what was settled. */
function serviceOf (claim: Settlement): Millis {
  if (isStay(claim)) return serviceTime(claim)
  let earliest = Infinity
  for (const line of claim.feedetail) earliest = Math.min(earliest, line.fee_ocur_time)
  return earliest === Infinity ? claim.setlinfo.setl_time : earliest
}

/** (c) Emergency and rescue: med_type 13, 24, or admitted through the emergency department (adm_way 1). */
function isEmergency ({ setlinfo: { med_type }, mdtrtinfo }: Settlement): boolean {
  return med_type.startsWith('13') || med_type.startsWith('24') || mdtrtinfo?.adm_way === '1'
}

/** (d) A stay that began while the institution was open: the patient could not know. */
function admittedBefore (claim: Settlement, reference: Reference): boolean {
  if (!isStay(claim)) return false
  const admission = claim.mdtrtinfo?.adm_time ?? claim.setlinfo.begndate
  return admission !== null && reference.institution(claim.fixmedins_code, admission)?.fix_onln_open_flag === '1'
}
