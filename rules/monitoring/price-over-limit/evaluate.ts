/** Was something charged above its price limit? Letters are the clauses of definition.md. */
import { chargesOf, partOf, priceText } from '../../../engine/core/charges.ts'
import type { Line } from '../../../engine/core/claim.ts'
import type { Reference } from '../../../engine/core/masterdata.ts'
import { claimRule } from '../../../engine/core/rule.ts'
import { serviceTime } from '../../../engine/core/settlements.ts'

type Limits = Readonly<Record<'min_excess', number>>

/** Price × 10^6 yuan times quantity × 10^4 is money in 分 × 10^8. */
const SCALE = 100_000_000

export default claimRule<Limits>({
  evaluate (claim, { law, reference }, report) {
    const limits = law.on(serviceTime(claim), claim.insuplc_admdvs)
    if (limits === null) return

    const charged = chargesOf(claim.feedetail)
    const lines: string[] = []
    let first: { readonly line: Line, readonly limit: number } | null = null
    let excess = 0
    for (const line of claim.feedetail) {
      if (line.chrgitm_lv === '03') continue // (c)
      const limit = limitOf(line, reference)
      if (limit === 0 || line.pric <= limit) continue // (b)
      const charge = charged(line) // (d)
      if (charge === null || law.on(line.fee_ocur_time, claim.insuplc_admdvs) === null) continue
      first ??= { line, limit }
      lines.push(line.feedetl_sn)
      excess += partOf(line.pric - limit, charge.cnt, SCALE)
    }
    if (first === null || excess < limits.min_excess) return // (e)

    const { line, limit } = first
    report({
      severity: 1,
      lines,
      line_amount: excess,
      values: { lines: lines.length, first_item: line.med_list_codg, price: priceText(line.pric), limit: priceText(limit), excess },
      supports: [],
      weakens: []
    })
  }
})

/** (a) The limit that came back with the line, else that of the catalogue on the day of the line; 0 for none. × 10^6 yuan. */
function limitOf (line: Line, reference: Reference): number {
  if (line.pric_uplmt_amt > 0) return line.pric_uplmt_amt
  return reference.catalogue(line.med_list_codg, line.fee_ocur_time)?.pric_uplmt_amt ?? 0
}
