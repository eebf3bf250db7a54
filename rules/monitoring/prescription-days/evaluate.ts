/** Was more medicine dispensed at once than a prescription may be for? Letters are the clauses of definition.md. */
import { chargesOf } from '../../../engine/core/charges.ts'
import type { Line } from '../../../engine/core/claim.ts'
import { claimRule } from '../../../engine/core/rule.ts'

type Limits = Readonly<Record<'days_emergency' | 'days_long' | 'days_long_max', number>>

/** `prd_days` is days × 100; 0 where none are stated, which no limit is below. */
const HUNDREDTHS = 100

export default claimRule<Limits>({
  evaluate (claim, { law, reference }, report) {
    if (claim.infno === '2304') return // (a)
    const chargeOf = chargesOf(claim.feedetail)
    let longest: { readonly line: Line, readonly limits: Limits } | null = null
    let line_amount = 0
    const lines: string[] = []
    for (const line of claim.feedetail) {
      const limits = law.on(line.fee_ocur_time, claim.insuplc_admdvs)
      if (limits === null || line.prd_days <= limitOf(claim.setlinfo.med_type, limits) * HUNDREDTHS) continue // (b) (c)
      const charge = chargeOf(line)
      if (charge === null) continue // (d)
      if (longest === null || line.prd_days > longest.line.prd_days) longest = { line, limits }
      lines.push(line.feedetl_sn)
      line_amount += charge.amount
    }
    if (longest === null) return

    const { line: { prd_days, med_list_codg, fee_ocur_time }, limits } = longest
    report({
      severity: prd_days > limits.days_long_max * HUNDREDTHS ? 2 : 3, // (e)
      lines,
      line_amount,
      values: {
        lines: lines.length,
        first_item: reference.catalogue(med_list_codg, fee_ocur_time)?.name ?? med_list_codg,
        days: prd_days / HUNDREDTHS,
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
