/** Was anything of a stay dated before the admission or after the discharge? Letters are the clauses of definition.md. */
import { chargesOf } from '../../../engine/core/charges.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { serviceTime } from '../../../engine/core/settlements.ts'
import { dayOf } from '../../../engine/core/time.ts'

type Limits = Readonly<Record<'pre_admission_days', number>>

export default claimRule<Limits>({
  evaluate (claim, { law }, report) {
    const { mdtrtinfo: stay, setlinfo: { mid_setl_flag } } = claim
    if (stay === null || stay.adm_time === null) return // (a)
    const discharge = mid_setl_flag ? null : stay.dscg_time // (b)
    if (discharge === null && !mid_setl_flag) return
    const limits = law.on(serviceTime(claim), claim.insuplc_admdvs)
    if (limits === null) return

    const from = dayOf(stay.adm_time) - limits.pre_admission_days // (c)
    const to = discharge === null ? Infinity : dayOf(discharge) // (d)
    const charged = chargesOf(claim.feedetail)
    const lines: string[] = []
    let line_amount = 0
    let first_fee = Infinity
    for (const line of claim.feedetail) {
      const day = dayOf(line.fee_ocur_time)
      if ((day >= from && day <= to) || line.dscg_tkdrug_flag || line.etip_flag) continue // (e)
      const charge = charged(line) // (f)
      if (charge === null) continue
      lines.push(line.feedetl_sn)
      line_amount += charge.amount
      first_fee = Math.min(first_fee, line.fee_ocur_time)
    }
    if (lines.length === 0) return

    report({
      severity: 1,
      lines,
      line_amount,
      values: { lines: lines.length, admission: stay.adm_time, discharge: discharge ?? 0, first_fee },
      supports: [],
      weakens: []
    })
  }
})
