/** Was another medicine settled than the one whose box was scanned? Letters are the clauses of definition.md. */
import { chargesOf } from '../../../engine/core/charges.ts'
import type { Line } from '../../../engine/core/claim.ts'
import type { Reference } from '../../../engine/core/masterdata.ts'
import { claimRule } from '../../../engine/core/rule.ts'

const TCM_PIECES = '102'

/** A scanned code and the medicine that it belongs to. */
interface Scanned { readonly code: string, readonly product: string }

export default claimRule({
  evaluate (claim, { law, reference }, report) {
    const chargeOf = chargesOf(claim.feedetail)
    let first: Scanned & { readonly settled: string } | null = null
    let line_amount = 0
    const lines: string[] = []
    for (const line of claim.feedetail) {
      if (line.list_type === TCM_PIECES || line.trdn_flag) continue // (a)
      if (law.on(line.fee_ocur_time, claim.insuplc_admdvs) === null) continue
      const other = otherProduct(line, reference)
      if (other === null) continue
      const charge = chargeOf(line)
      if (charge === null) continue // (d)
      first ??= { ...other, settled: line.med_list_codg }
      lines.push(line.feedetl_sn)
      line_amount += charge.amount
    }
    if (first === null) return

    report({
      severity: 1,
      lines,
      line_amount,
      values: { lines: lines.length, first_code: first.code, settled: first.settled, product: first.product },
      supports: [],
      weakens: []
    })
  }
})

/** (a) (b) (c) The first of the line's codes, if it has any, that belongs to another medicine than was settled. */
function otherProduct (line: Line, reference: Reference): Scanned | null {
  for (const code of line.trace_codes) {
    const product = reference.traceProduct(code, line.fee_ocur_time)
    if (product !== null && product !== line.med_list_codg) return { code, product }
  }
  return null
}
