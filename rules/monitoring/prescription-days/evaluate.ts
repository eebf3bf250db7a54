/** Was more medicine dispensed at once than a prescription may be for? Letters are the clauses of definition.md. */
import { chargesOf } from '../../../engine/core/charges.ts'
import type { Line } from '../../../engine/core/claim.ts'
import { claimRule } from '../../../engine/core/rule.ts'

type Limits = Readonly<Record<'days_emergency' | 'days_long' | 'days_long_max', number>>

/** `prd_days` is days × 100. */
const HUNDREDTHS = 100

export default claimRule<Limits>({
  evaluate (claim, { law, reference }, report) {
    if (claim.infno === '2304') return // (a)
    const chargeOf = chargesOf(claim.feedetail)
    let longest: Line | null = null
    let limits: Limits | null = null
    let line_amount = 0
    const lines: string[] = []
    for (const line of claim.feedetail) {
      if (line.prd_days === 0) continue // (b)
      const inForce = law.on(line.fee_ocur_time, claim.insuplc_admdvs)
      if (inForce === null || line.prd_days <= limitOf(claim.setlinfo.med_type, inForce) * HUNDREDTHS) continue // (c)
      const charge = chargeOf(line)
      if (charge === null) continue // (d)
      if (longest === null || line.prd_days > longest.prd_days) {
        longest = line
        limits = inForce
      }
      lines.push(line.feedetl_sn)
      line_amount += charge.amount
    }
    if (longest === null || limits === null) return

    report({
      severity: longest.prd_days > limits.days_long_max * HUNDREDTHS ? 2 : 3, // (e)
      lines,
      line_amount,
      values: {
        lines: lines.length,
        first_item: reference.catalogue(longest.med_list_codg, longest.fee_ocur_time)?.name ?? longest.med_list_codg,
        days: longest.prd_days / HUNDREDTHS,
        limit: limitOf(claim.setlinfo.med_type, limits)
      },
      supports: [],
      weakens: []
    })
  }
})

/** (c) Days by the kind of visit: emergency; chronic disease, hypertension and diabetes; any other. */
function limitOf (med_type: string, limits: Limits): number {
  if (med_type.startsWith('13')) return limits.days_emergency
  return med_type.startsWith('14') || med_type.startsWith('9901') ? limits.days_long_max : limits.days_long
}
