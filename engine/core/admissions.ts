/**
 * What a rule about the stays of several persons asks of one settlement: when the person was admitted, for what, and whether
 * the admission explains itself. All functions are pure.
 */
import type { Diagnosis, Settlement } from './claim.ts'
import { isNewborn } from './settlements.ts'
import type { Millis } from './time.ts'
import { DIAGNOSIS_GROUPS, type DiagnosisGroup } from './window.ts'

/** Chemo- and radiotherapy, dialysis and births come when they come, whoever admits. */
const EXPECTED: readonly DiagnosisGroup[] = ['tumour_therapy', 'dialysis', 'obstetric']

/** When the person was admitted; begndate where the stay's own time was not sent. null when neither was. */
export function admissionOf ({ mdtrtinfo, setlinfo }: Settlement): Millis | null {
  return mdtrtinfo?.adm_time ?? setlinfo.begndate
}

/** Code of the diagnosis marked as main; of several the first by number, then by code, as stays have it. '' when none is. */
export function mainDiagnosis (diagnoses: readonly Diagnosis[]): string {
  const main = diagnoses.filter(one => one.maindiag_flag)
  const first = Math.min(...main.map(one => one.diag_srt_no))
  return main.filter(one => one.diag_srt_no === first).map(one => one.diag_code).sort()[0] ?? ''
}

/**
 * Admitted for a reason that needs no explanation: exclusions `newborn`, `obstetric` (med_type 52 or by diagnosis), `emergency`
 * (adm_way 1 or med_type 24), `planned_therapy` (Z51) and `dialysis` (Z49, N18).
 */
export function admittedWithReason (claim: Settlement): boolean {
  const { setlinfo: { med_type }, mdtrtinfo, diseinfo } = claim
  return isNewborn(claim) || mdtrtinfo?.adm_way === '1' || med_type.startsWith('24') || med_type.startsWith('52') ||
    diseinfo.some(({ diag_code }) => EXPECTED.some(group => DIAGNOSIS_GROUPS[group].test(diag_code)))
}
