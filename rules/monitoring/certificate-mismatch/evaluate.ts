/**
 * Does the identity number say another sex or birth date than the claim?
 * Letters are the clauses of definition.md.
 */
import { certificateBirthDay, certificateGend } from '../../../engine/core/certificate.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { isNewborn, serviceTime } from '../../../engine/core/settlements.ts'
import { dayOf } from '../../../engine/core/time.ts'

export default claimRule({
  evaluate (claim, { law }, report) {
    const { psn_cert_type, certno, gend, brdy } = claim.setlinfo
    if (psn_cert_type !== '01' || isNewborn(claim)) return // (a) (e)
    const born = certificateBirthDay(certno)
    if (born === null) return // (b)

    const sexDiffers = (gend === '1' || gend === '2') && certificateGend(certno) !== gend // (c)
    const birthDiffers = brdy !== null && dayOf(brdy) !== born // (d)
    if (!sexDiffers && !birthDiffers) return
    if (law.on(serviceTime(claim), claim.insuplc_admdvs) === null) return

    report({
      severity: 3,
      values: { differs: sexDiffers && birthDiffers ? 'gend,brdy' : sexDiffers ? 'gend' : 'brdy' },
      supports: [],
      weakens: []
    })
  }
})
